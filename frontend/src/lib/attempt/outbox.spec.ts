import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Box, type Entry, type Typed } from './box.ts';
import { Outbox } from './outbox.svelte.ts';
import { testApp, TestServer } from './testserver.ts';

const answer = (question: string, choice: string, attempt = 't1'): Entry => ({
	user: 'u1',
	attempt,
	kind: 'answer',
	question,
	response: { choice },
	elapsed_ms: 1000
});

let server: TestServer;
let name: string;
let boxes: Box[];
let n = 0;

/** A tab of the same browser: another page, the same database. */
function tab(user = 'u1') {
	const box = new Box(name);
	boxes.push(box);
	const made = testApp(server, user);
	return { ...made, box, outbox: new Outbox(made.app, box) };
}

const stored = (attempt = 't1') => (server.logs[attempt] ?? []).map(({ question, response }) => [question, response]);
const settled = (outbox: Outbox, count: number, attempt = 't1') => vi.waitFor(() => expect(outbox.unsent(attempt)).toBe(count));

/** Lets everything that is under way, but for timers, come to its end: the database answers by setImmediate. */
async function turns() {
	for (let i = 0; i < 50; i++) await new Promise((done) => setImmediate(done));
}

beforeEach(() => {
	server = new TestServer();
	name = `box-${++n}`;
	boxes = [];
	vi.stubGlobal('BroadcastChannel', undefined);
	Reflect.deleteProperty(globalThis, 'BroadcastChannel');
});

afterEach(async () => {
	vi.unstubAllGlobals();
	await Promise.all(boxes.map((box) => box.close()));
});

describe('Box', () => {
	it('numbers without gaps and links each event to the one before', async () => {
		const { box } = tab();
		const rows = await Promise.all(['a', 'b', 'a'].map((choice) => box.append(answer('q1', choice))));
		expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
		expect(rows.map(({ prev_hash }) => prev_hash)).toEqual(['0'.repeat(64), rows[0]?.hash, rows[1]?.hash]);
		expect(new Set(rows.map(({ device }) => device)).size).toBe(1);
	});

	it('gives two tabs that write at once different numbers and one chain', async () => {
		const [a, b] = [tab().box, tab().box];
		const rows = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? a : b).append(answer('q1', 'a'))));
		const ordered = rows.sort((x, y) => x.seq - y.seq);
		expect(ordered.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
		for (const [i, row] of ordered.entries()) if (i > 0) expect(row.prev_hash).toBe(ordered[i - 1]?.hash);
		expect(new Set(rows.map(({ device }) => device)).size).toBe(1);
	});

	it('counts each attempt and each user for themselves', async () => {
		const { box } = tab();
		await box.append(answer('q1', 'a'));
		const other = await box.append(answer('q1', 'a', 't2'));
		const others = await box.append({ ...answer('q1', 'a'), user: 'u2' });
		expect([other.seq, others.seq]).toEqual([1, 1]);
		expect(await box.unsent('u1')).toHaveLength(2);
	});

	it('never lets the time run back within a device', async () => {
		const { box } = tab();
		await box.append({ ...answer('q1', 'a'), elapsed_ms: 90_000.4 });
		const later = await box.append({ ...answer('q1', 'b'), elapsed_ms: 60_000 });
		expect(later.elapsed_ms).toBe(90_000);
	});

	it('keeps no chain where the browser cannot hash', async () => {
		vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
		const { box } = tab();
		const row = await box.append(answer('q1', 'a'));
		expect([row.seq, row.hash, row.prev_hash]).toEqual([1, undefined, undefined]);
	});
});

describe('what is being typed', () => {
	const typed = (text: string, elapsed_ms: number, more: Partial<Typed> = {}): Typed => ({
		user: 'u1',
		attempt: 't1',
		question: 'q1',
		response: JSON.stringify({ text }),
		client_at: new Date(Date.now() - 3_600_000).toISOString(),
		elapsed_ms,
		...more
	});

	it('is kept over what was kept before, by person, attempt and question', async () => {
		const { box } = tab();
		for (const [text, at] of [['a', 1], ['ab', 2]] as const) await box.keepTyped(typed(text, at));
		await box.keepTyped(typed('c', 1, { question: 'q2' }));
		await box.keepTyped(typed('d', 1, { attempt: 't2' }));
		await box.keepTyped(typed('e', 1, { user: 'u2' }));
		expect((await box.typed('u1', 't1')).map(({ response }) => response)).toEqual(['{"text":"ab"}', '{"text":"c"}']);
		expect(await box.typed('u1')).toHaveLength(3);
	});

	it('goes with the answer that it became, and stays when more was typed meanwhile', async () => {
		const { box } = tab();
		const given: Entry = { ...answer('q1', ''), response: { text: 'ab' }, elapsed_ms: 5 };
		await box.keepTyped(typed('ab', 5));
		await box.append(given);
		expect(await box.typed('u1')).toEqual([]);
		await box.keepTyped(typed('abc', 9));
		await box.append({ ...given, response: { text: 'abx' } });
		expect(await box.typed('u1')).toHaveLength(1);
		await box.append({ ...given, response: { text: 'later' }, elapsed_ms: 10 });
		expect(await box.typed('u1')).toEqual([]);
	});

	it('becomes an event once, whichever tab is first, with the time of its last letter', async () => {
		const [a, b] = [tab().box, tab().box];
		const last = typed('ab', 77);
		await a.keepTyped(last);
		const rows = (await Promise.all([a.adopt(last), b.adopt(last)])).filter((row) => row !== undefined);
		expect(rows).toMatchObject([{ response: '{"text":"ab"}', elapsed_ms: 77, client_at: last.client_at }]);
		expect(await a.unsent('u1')).toHaveLength(1);
	});

	it('becomes no event where more was typed since it was read', async () => {
		const { box } = tab();
		await box.keepTyped(typed('ab', 1));
		const [read] = await box.typed('u1');
		await box.keepTyped(typed('abc', 2));
		expect(read && (await box.adopt(read))).toBeUndefined();
		expect(await box.typed('u1')).toMatchObject([{ elapsed_ms: 2 }]);
	});

	it('is sent later by any page when its own is gone, but not a draft, nor what is just being typed', async () => {
		const { box, outbox } = tab();
		await box.keepTyped(typed('left', 5));
		await box.keepTyped(typed('draft', 5, { question: 'q2', draft: true }));
		await box.keepTyped(typed('now', 5, { question: 'q3', client_at: new Date().toISOString() }));
		outbox.wake();
		await vi.waitFor(() => expect(stored()).toEqual([['q1', { text: 'left' }]]));
		expect((await box.typed('u1')).map(({ question }) => question)).toEqual(['q2', 'q3']);
	});

	it('goes with an attempt that is over', async () => {
		const { box } = tab();
		await box.keepTyped(typed('draft', 5, { draft: true }));
		await box.forget('u1', 't1');
		expect(await box.typed('u1')).toEqual([]);
	});
});

describe('Outbox', () => {
	it('sends in order and says Saved only once all is acknowledged', async () => {
		const { outbox, saved } = tab();
		server.weather = 'dead';
		await outbox.append(answer('q1', 'a'));
		await outbox.append(answer('q2', 'b'));
		await settled(outbox, 2);
		expect([saved.state, saved.unsent]).toEqual(['device', 2]);
		server.weather = 'fine';
		outbox.wake();
		await settled(outbox, 0);
		expect(saved.state).toBe('saved');
		expect(stored()).toEqual([['q1', { choice: 'a' }], ['q2', { choice: 'b' }]]);
	});

	it('loses nothing and doubles nothing when the answer to a send is lost and the page dies', async () => {
		const first = tab();
		server.weather = 'lost';
		await first.outbox.append(answer('q1', 'a'));
		await vi.waitFor(() => expect(stored()).toHaveLength(1));
		await first.box.append(answer('q2', 'b'));
		await first.box.close();

		server.weather = 'fine';
		const second = tab();
		second.outbox.wake();
		await vi.waitFor(async () => expect(await second.box.unsent('u1')).toEqual([]));
		expect(stored()).toEqual([['q1', { choice: 'a' }], ['q2', { choice: 'b' }]]);
		expect(server.logs.t1?.map(({ seq }) => seq)).toEqual([1, 2]);
	});

	it('removes only what the acknowledgement names', async () => {
		const { box } = tab();
		const [one, two] = [await box.append(answer('q1', 'a')), await box.append(answer('q2', 'a'))];
		await box.acknowledge('u1', 't1', [one.id, 'somebody else']);
		expect((await box.unsent('u1')).map(({ id }) => id)).toEqual([two.id]);
	});

	it('sends at most 100 at a time', async () => {
		const { outbox, box } = tab();
		for (let i = 0; i < 230; i++) await box.append(answer('q1', 'a'));
		outbox.wake();
		await vi.waitFor(() => expect(stored()).toHaveLength(230));
		expect(server.batches.map((ids) => ids.length)).toEqual([100, 100, 30]);
	});

	it('sends no more than a bad link carries at a time', async () => {
		const { outbox, box } = tab();
		// Each is 24 kB of JSON: line breaks are two bytes of it.
		const essays = Array.from({ length: 20 }, (_, i) => ({ ...answer(`q${i}`, ''), response: { text: '\n'.repeat(12_000) } }));
		for (const essay of essays) await box.append(essay);
		const sizes: number[] = [];
		const take = server.answer;
		server.answer = async (request) => {
			sizes.push((await request.clone().arrayBuffer()).byteLength);
			return take(request);
		};
		outbox.wake();
		await vi.waitFor(() => expect(stored()).toHaveLength(20));
		// In the minute that the server waits, 2 KB a second are enough.
		expect(Math.max(...sizes)).toBeLessThan(60 * 2 * 1024);
		expect(server.batches.map((ids) => ids.length)).toEqual(Array.from({ length: 10 }, () => 2));
	});

	it('sends alone what is too long for a batch', async () => {
		const { outbox, box } = tab();
		await box.append({ ...answer('q1', ''), response: { text: 'x'.repeat(300_000) } });
		await box.append(answer('q2', 'a'));
		outbox.wake();
		await vi.waitFor(() => expect(stored()).toHaveLength(2));
		expect(server.batches.map((ids) => ids.length)).toEqual([1, 1]);
	});

	it('sends again from where a restored server stands', async () => {
		const { outbox, saved } = tab();
		for (const choice of ['a', 'b', 'a']) await outbox.append(answer('q1', choice));
		await settled(outbox, 0);
		server.logs.t1?.splice(1);
		await outbox.append(answer('q2', 'b'));
		await vi.waitFor(() => expect(stored()).toHaveLength(4));
		expect(server.logs.t1?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
		await vi.waitFor(() => expect(saved.state).toBe('saved'));
	});

	it('numbers anew behind a server that is ahead of a device with an older copy', async () => {
		const old = tab();
		await old.outbox.append(answer('q1', 'a'));
		await settled(old.outbox, 0);
		const device = (await old.box.sent('u1', 't1'))[0];
		server.logs.t1?.push({ id: 'x', seq: 2, kind: 'answer', question: 'q1', client_at: '', elapsed_ms: 5, hash: 'ab'.repeat(32) });
		await old.outbox.append(answer('q2', 'b'));
		await settled(old.outbox, 0);
		await old.outbox.append(answer('q2', 'a'));
		await settled(old.outbox, 0);
		expect(server.logs.t1?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
		expect(stored().slice(2)).toEqual([['q2', { choice: 'b' }], ['q2', { choice: 'a' }]]);
		expect((await old.box.sent('u1', 't1')).every((row) => row.device === device?.device)).toBe(true);
	});

	it('waits for sign-in and keeps everything', async () => {
		const { outbox, saved, session } = tab();
		server.weather = 'signed-out';
		await outbox.append(answer('q1', 'a'));
		await outbox.flush();
		expect(saved.state).toBe('device');
		session.status = 'out';
		server.weather = 'fine';
		outbox.wake();
		await outbox.flush();
		expect(stored()).toEqual([]);
		session.status = 'in';
		outbox.wake();
		await settled(outbox, 0);
		expect(stored()).toHaveLength(1);
	});

	it('keeps what the server refuses for good, says so, and sends the other attempts', async () => {
		const { outbox, box, saved } = tab();
		server.weather = 'refused';
		await outbox.append(answer('q1', 'a'));
		await vi.waitFor(() => expect(saved.state).toBe('attention'));
		expect(outbox.stuck('t1')).toBe('invalid');
		server.weather = 'fine';
		await outbox.append(answer('q1', 'a', 't2'));
		await settled(outbox, 0, 't2');
		expect((await box.unsent('u1')).map(({ attempt }) => attempt)).toEqual(['t1']);
		expect(saved.state).toBe('attention');
		outbox.wake();
		await settled(outbox, 0);
		expect(saved.state).toBe('saved');
	});

	it('sends what other attempts left, of this user only', async () => {
		const { box, outbox } = tab();
		await box.append(answer('q1', 'a', 'old'));
		await box.append({ ...answer('q1', 'b', 'other'), user: 'u2' });
		const stop = outbox.start();
		outbox.wake();
		await vi.waitFor(() => expect(stored('old')).toHaveLength(1));
		expect(stored('other')).toEqual([]);
		stop();
	});

	it('tries again by itself, ever less often', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
		const { outbox } = tab();
		server.weather = 'busy';
		const times: number[] = [];
		const answerOf = server.answer;
		server.answer = (request) => (times.push(Date.now()), answerOf(request));
		const { app } = testApp(server);
		const patient = new Outbox(app, outbox.box);
		await patient.append(answer('q1', 'a'));
		for (let i = 0; i < 800 && times.length < 6; i++) {
			await turns();
			await vi.advanceTimersByTimeAsync(250);
		}
		const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
		expect(gaps).toHaveLength(5);
		for (const [i, gap] of gaps.entries()) {
			expect(gap).toBeGreaterThanOrEqual(500 * 2 ** i);
			expect(gap).toBeLessThanOrEqual(1000 * 2 ** i + 500);
		}
		vi.useRealTimers();
	});

	it('reports attention when the device can keep nothing', async () => {
		const { outbox, box, saved } = tab();
		vi.spyOn(box, 'append').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		await expect(outbox.append(answer('q1', 'a'))).rejects.toThrow();
		expect([outbox.broken, saved.state]).toEqual([true, 'attention']);
	});

	it('wakes when the link is back', async () => {
		const { outbox, online } = tab();
		const stop = outbox.start();
		server.weather = 'dead';
		await outbox.append(answer('q1', 'a'));
		await settled(outbox, 1);
		server.weather = 'fine';
		online();
		await settled(outbox, 0);
		stop();
	});
});
