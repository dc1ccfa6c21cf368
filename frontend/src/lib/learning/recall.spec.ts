import { describe, expect, it } from 'vitest';
import type { AttemptSummary } from '../api/types.ts';
import { recall } from '../messages/en/recall.ts';
import { byModule, paceOf, reviewsOf } from './recall.ts';

function attempt(id: string, over: Partial<AttemptSummary> = {}): AttemptSummary {
	return { id, quiz: 'review', quiz_title: 'Review', purpose: 'review', module: '', status: 'submitted', started_at: '2026-11-01T10:00:00Z', pass_mark: 0, ...over };
}

describe('byModule', () => {
	it('keeps the order of the modules and leaves out those with nothing due', () => {
		const due = [
			{ outcome: 'b1', text: 'B1', module: 'b' },
			{ outcome: 'a1', text: 'A1', module: 'a' },
			{ outcome: 'b2', text: 'B2', module: 'b' }
		];
		const modules = ['a', 'b', 'c'].map((module) => ({ module, title: module.toUpperCase() }));
		expect(byModule(due, modules).map(({ title, items }) => [title, items.length])).toEqual([
			['A', 1],
			['B', 2]
		]);
	});
});

describe('reviewsOf', () => {
	it('finds the open review and lists the others, newest first, without other attempts', () => {
		const { open, done } = reviewsOf([
			attempt('old'),
			attempt('check', { purpose: 'check' }),
			attempt('now', { status: 'open', started_at: '2026-11-20T10:00:00Z' }),
			attempt('new', { started_at: '2026-11-10T10:00:00Z' })
		]);
		expect(open).toBe('now');
		expect(done.map(({ id }) => id)).toEqual(['new', 'old']);
	});
});

describe('paceOf', () => {
	const cram = { outcomes: 120, cards: 8, days: 60, paces: [{ every: 1, held: 120 }, { every: 7, held: 64 }, { every: 0, held: 0 }] };

	it('says what the model says', () => {
		const pace = paceOf(cram);
		expect(pace).toEqual({ outcomes: 120, cards: 8, days: 60, daily: 120, weekly: 64, none: 0 });
		expect(pace && recall.pace(pace)).toContain('each day 120, with one each week 64, with none 0');
	});

	it('says nothing where one a week is enough', () => {
		expect(paceOf({ ...cram, outcomes: 8, paces: [{ every: 1, held: 8 }, { every: 7, held: 8 }] })).toBeUndefined();
	});
});
