import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error.ts';
import type { DraftQuestion } from '../library/types.ts';
import type { BankQuestion } from '../trainer/types.ts';
import { DraftQueue } from './queue.svelte.ts';

function draft(id: string, paragraph: number): DraftQuestion {
	const anchors = [{ document: 'd', edition: 1, section: 's', paragraph, start: 0, end: 3, quote: 'abc', hash: '' }];
	return { id, rule: 'definition', score: 0.5, why: 'because', question: { kind: 'single', stem: id, anchors } };
}

const drafts = [draft('a', 1), draft('b', 1), draft('c', 4)];
const question = (id: string) => ({ id: `q-${id}`, version: 'v1' }) as BankQuestion;

function make() {
	const calls = {
		drafts: vi.fn(async () => drafts),
		accept: vi.fn(async (id: string) => question(id)),
		reject: vi.fn(async () => undefined),
		reopen: vi.fn(async () => undefined)
	};
	const queue = new DraftQueue(calls, 'd');
	queue.onchange = vi.fn();
	return { queue, calls };
}

const ids = (queue: DraftQueue) => queue.drafts?.map(({ id }) => id).join('');

describe('the queue of drafts', () => {
	it('goes to and fro and stays inside', async () => {
		const { queue } = make();
		await queue.load('s');
		queue.previous();
		expect(queue.current?.id).toBe('a');
		for (let i = 0; i < 5; i++) queue.next();
		expect(queue.current?.id).toBe('c');
		expect(queue.show(1)).toBe(true);
		expect(queue.current?.id).toBe('a');
		expect(queue.show(2)).toBe(false);
	});

	it('accepts with what the page gives, shows the next, and takes it back', async () => {
		const { queue, calls } = make();
		queue.give = (text) => ({ ...text, pool: 'exam' });
		await queue.load('s');
		queue.next();
		expect(await queue.accept()).toBe(true);
		expect(calls.accept).toHaveBeenCalledWith('b', { question: { ...draft('b', 1).question, pool: 'exam' }, tags: [] });
		expect(ids(queue)).toBe('ac');
		expect(queue.current?.id).toBe('c');
		expect(queue.onchange).toHaveBeenCalledTimes(1);
		await queue.undo();
		expect(calls.reopen).toHaveBeenCalledWith('b');
		expect(ids(queue)).toBe('abc');
		expect(queue.current?.id).toBe('b');
		expect(queue.onchange).toHaveBeenCalledTimes(2);
		expect(queue.last).toMatchObject({ kind: 'undone', was: 'accepted' });
		expect(queue.undoable).toBe(false);
	});

	it('rejects at once, and takes that back', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		queue.next();
		queue.next();
		expect(await queue.reject('twice the same')).toBe(true);
		expect(calls.reject).toHaveBeenCalledWith('c', 'twice the same');
		expect(queue.current?.id).toBe('b');
		await queue.undo();
		expect(calls.reopen).toHaveBeenCalledWith('c');
		expect(queue.current?.id).toBe('c');
		expect(queue.onchange).not.toHaveBeenCalled();
	});

	it('stays as it is where undoing is refused, and where another section was opened meanwhile', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		await queue.accept();
		calls.reopen.mockRejectedValueOnce(new ApiError('used', 409));
		await queue.undo();
		expect(queue.error?.code).toBe('used');
		expect(ids(queue)).toBe('bc');
		expect(queue.undoable).toBe(true);
		await queue.load('t');
		expect(queue.undoable).toBe(false);
	});

	it('does one deed after the other', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		await Promise.all([queue.accept(), queue.reject(), queue.undo()]);
		expect([calls.accept, calls.reject, calls.reopen].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0]);
	});

	it('keeps a draft whose rejection did not arrive', async () => {
		const { queue, calls } = make();
		calls.reject.mockRejectedValueOnce(new ApiError('offline'));
		await queue.load('s');
		expect(await queue.reject()).toBe(false);
		expect(ids(queue)).toBe('abc');
		expect(queue.error?.code).toBe('offline');
	});

	it('drops a draft on which somebody else has decided, and keeps it after other errors', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		calls.accept.mockRejectedValueOnce(new ApiError('offline'));
		expect(await queue.accept()).toBe(false);
		expect(ids(queue)).toBe('abc');
		calls.accept.mockRejectedValueOnce(new ApiError('decided', 409));
		expect(await queue.accept()).toBe(false);
		expect(ids(queue)).toBe('bc');
	});

	it('accepts what the trainer made of a draft', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		const edited = { question: { kind: 'single' as const, stem: 'Better?' }, tags: ['x'] };
		await queue.take(draft('c', 4), edited);
		expect(calls.accept).toHaveBeenCalledWith('c', edited);
		expect(queue.last?.kind).toBe('edited');
		expect(ids(queue)).toBe('ab');
		calls.accept.mockRejectedValueOnce(new ApiError('offline'));
		await expect(queue.take(draft('a', 1), edited)).rejects.toThrow();
		expect(ids(queue)).toBe('ab');
	});
});
