import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error.ts';
import type { DraftQuestion } from '../library/types.ts';
import type { BankQuestion } from '../trainer/types.ts';
import { DraftQueue, HOLD_MS } from './queue.svelte.ts';

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
		reject: vi.fn(async () => undefined)
	};
	const move = vi.fn(async (id: string) => question(id));
	const queue = new DraftQueue(calls, { move }, 'd');
	queue.onchange = vi.fn();
	return { queue, calls, move };
}

const ids = (queue: DraftQueue) => queue.drafts?.map(({ id }) => id).join('');

describe('the queue of drafts', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

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

	it('accepts, shows the next and can retire the question again', async () => {
		const { queue, calls, move } = make();
		await queue.load('s');
		expect(await queue.accept()).toBe(true);
		expect(calls.accept).toHaveBeenCalledWith('a', undefined);
		expect(ids(queue)).toBe('bc');
		expect(queue.current?.id).toBe('b');
		expect(queue.onchange).toHaveBeenCalledTimes(1);
		await queue.undo();
		expect(move).toHaveBeenCalledWith('q-a', { state: 'retired', version: 'v1', note: '' });
		expect(queue.last?.kind).toBe('undone');
		expect(queue.undoable).toBe(false);
	});

	it('tells the server of a rejection only when it can no longer be taken back', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		queue.next();
		await queue.reject();
		expect(ids(queue)).toBe('ac');
		await queue.undo();
		expect(ids(queue)).toBe('abc');
		expect(queue.current?.id).toBe('b');
		await vi.advanceTimersByTimeAsync(2 * HOLD_MS);
		expect(calls.reject).not.toHaveBeenCalled();
		await queue.reject('twice the same');
		await vi.advanceTimersByTimeAsync(HOLD_MS);
		expect(calls.reject).toHaveBeenCalledWith('b', 'twice the same');
		expect(queue.undoable).toBe(false);
	});

	it('sends a rejection at once when another decision follows', async () => {
		const { queue, calls } = make();
		await queue.load('s');
		await queue.reject();
		await queue.reject();
		expect(calls.reject.mock.calls).toEqual([['a', '']]);
		await queue.accept();
		expect(calls.reject.mock.calls).toEqual([['a', ''], ['b', '']]);
		expect(queue.drafts).toEqual([]);
		expect(queue.current).toBeUndefined();
	});

	it('keeps a draft whose rejection did not arrive', async () => {
		const { queue, calls } = make();
		calls.reject.mockRejectedValueOnce(new ApiError('offline'));
		await queue.load('s');
		await queue.reject();
		await queue.settle();
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
