import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Regrade } from '../analysis/types.ts';
import type { QuestionText } from '../trainer/types.ts';
import { actionsFor, canUndo, movedOptions, sameKey, standing, toMend } from './rekey.ts';
import { Running } from './running.svelte.ts';

function ruling(id: string, more: Partial<Regrade> = {}): Regrade {
	return {
		id, state: 'done', question: 'q', version: 'v', action: 'rekey', reason: 'wrong', attempts: 10, open: 0, kept: 0, seen: 0, changes: { changed: 0, higher: 0, lower: 0, gained: 0, lost: 0 },
		cohorts: [], rows: [], ...more
	};
}

const QUESTION: QuestionText = { kind: 'single', stem: 'Who?', options: [{ text: 'a', correct: true, feedback: 'Yes.' }, { text: 'b', misconception: 'm', feedback: 'No.' }] };

describe('rulings', () => {
	it('gives the newest on each version of the question', () => {
		const all = [ruling('3'), ruling('2', { version: 'w' }), ruling('1'), ruling('0', { question: 'other', version: 'x' })];
		expect([...standing(all, 'q').values()].map(({ id }) => id)).toEqual(['3', '2']);
	});

	it('undoes only what is carried out, stands and changed something', () => {
		const all = [ruling('3'), ruling('2'), ruling('1', { version: 'w', state: 'running' }), ruling('0', { version: 'x', action: 'restore' })];
		expect(all.map((one) => canUndo(all, one))).toEqual([true, false, false, false]);
	});

	it('offers to restore only where something stands', () => {
		expect(actionsFor(undefined)).toEqual(['rekey', 'void']);
		expect(actionsFor(ruling('1'))).toEqual(['restore', 'rekey', 'void']);
		expect(actionsFor(ruling('1', { action: 'void' }))).toEqual(['restore', 'rekey']);
		expect(actionsFor(ruling('1', { action: 'restore' }))).toEqual(['rekey', 'void']);
	});

	it('offers no other key for an essay, which has none', () => {
		expect(actionsFor(undefined, 'essay')).toEqual(['void']);
		expect(actionsFor(ruling('1', { action: 'void' }), 'essay')).toEqual(['restore']);
	});
});

describe('another key', () => {
	it('knows the options whose place changes, and what is only told', () => {
		const now = toMend(QUESTION);
		expect(sameKey(QUESTION, now)).toBe(true);
		now.explanation = 'Because.';
		expect(sameKey(QUESTION, now)).toBe(true);
		const [a, b] = now.options ?? [];
		if (!a || !b) throw new Error('no options');
		a.correct = false;
		b.correct = true;
		expect(movedOptions(QUESTION, now)).toEqual([0, 1]);
		expect(sameKey(QUESTION, now)).toBe(false);
		expect(QUESTION.options?.[0]?.correct).toBe(true);
	});

	it('sees another number and another statement', () => {
		const numeric: QuestionText = { kind: 'numeric', stem: 'How many?', answer: { value: 3 } };
		expect(sameKey(numeric, { ...numeric, answer: { value: 4 } })).toBe(false);
		const judged: QuestionText = { kind: 'true_false', stem: 'It is.', truth: true };
		expect(sameKey(judged, { ...judged, truth: false })).toBe(false);
	});
});

describe('Running', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('looks until it is done, also past a link that fails', async () => {
		const answers = [Promise.resolve(ruling('1', { state: 'running', seen: 4 })), Promise.reject(new Error('offline')), Promise.resolve(ruling('1', { seen: 10 }))];
		answers[1]?.catch(() => undefined);
		const read = vi.fn(() => answers.shift() ?? Promise.reject(new Error('too often')));
		const running = new Running(read, ruling('1', { state: 'running' }));
		const stop = running.follow(10);
		await vi.advanceTimersByTimeAsync(11);
		expect(running.now.seen).toBe(4);
		await vi.advanceTimersByTimeAsync(25);
		expect(running.now.state).toBe('done');
		await vi.advanceTimersByTimeAsync(50);
		expect(read).toHaveBeenCalledTimes(3);
		stop();
	});

	it('stops when told', async () => {
		const read = vi.fn(() => Promise.resolve(ruling('1', { state: 'running' })));
		const stop = new Running(read, ruling('1', { state: 'running' })).follow(10);
		stop();
		await vi.advanceTimersByTimeAsync(50);
		expect(read).not.toHaveBeenCalled();
	});
});
