import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from './api/error.ts';
import { further, ReadingProgress } from './reading.svelte.ts';
import { Saved } from './saved.svelte.ts';
import type { Session } from './session.svelte.ts';

describe('further', () => {
	const half = { read_share: 0.5, read: false, sent: true };

	it.each([
		['more', 0.7, false, { read_share: 0.7, read: false, sent: false }],
		['less', 0.2, false, null],
		['a hair more', 0.51, false, null],
		['the last hair', 1, false, { read_share: 1, read: false, sent: false }],
		['the end', 0.4, true, { read_share: 0.5, read: true, sent: false }],
		['beyond the end', 1.4, true, { read_share: 1, read: true, sent: false }]
	])('after half, %s', (_, share, read, want) => {
		expect(further(half, share, read)).toEqual(want);
	});

	it('is never unread again', () => {
		expect(further({ read_share: 0.9, read: true, sent: true }, 1, false)?.read).toBe(true);
	});
});

describe('ReadingProgress', () => {
	let sent: unknown[];
	let fail: ApiError | undefined;
	let saved: Saved;
	let reading: ReadingProgress;

	beforeEach(() => {
		localStorage.clear();
		sent = [];
		fail = undefined;
		saved = new Saved();
		const api = {
			PUT: async (_: string, { body }: { body: unknown }) => {
				if (fail) throw fail;
				sent.push(body);
				return { data: body, response: new Response('{}') };
			}
		};
		reading = new ReadingProgress({ user: { id: 'u1' }, api } as unknown as Session, saved);
	});

	it('keeps on the device without a link and sends when it is back', async () => {
		fail = new ApiError('offline');
		reading.note('m', 'l', 0.6, false);
		await reading.flush();
		expect([saved.state, sent]).toEqual(['device', []]);

		fail = undefined;
		await reading.flush();
		expect([saved.state, sent]).toEqual(['saved', [{ read_share: 0.6, read: false }]]);
	});

	it('sends each step once', async () => {
		reading.note('m', 'l', 0.6, false);
		await reading.flush();
		await reading.flush();
		expect(sent).toHaveLength(1);
	});

	it('does not try again what the server will never take', async () => {
		fail = new ApiError('not_found', 404);
		reading.note('m', 'gone', 0.6, false);
		await reading.flush();
		expect(saved.state).toBe('saved');
	});

	it('tries again after an expired session', async () => {
		fail = new ApiError('unauthenticated', 401);
		reading.note('m', 'l', 0.6, false);
		await reading.flush();
		expect(saved.state).toBe('device');
	});
});
