import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QuestionFeedback } from '#lib/api/types.ts';
import type { App } from '#lib/app.svelte.ts';
import { AttemptClock, type Ticks } from './clock.ts';
import { applied, beyond, standingOf } from './fold.ts';
import type { Row } from './box.ts';
import { outboxOf } from './outbox.svelte.ts';
import { AttemptSession } from './session.svelte.ts';
import { testApp, TestServer } from './testserver.ts';

let server: TestServer;
let stops: (() => void)[];
let n = 0;
let id = '';

/** The page of the attempt, opened (again) in this browser: nothing but the database is shared. */
function open(): { session: AttemptSession; app: App; leave: () => void } {
	const { app } = testApp(server);
	const session = new AttemptSession(app, id);
	const leave = session.start();
	stops.push(leave, () => void outboxOf(app).box.close());
	return { session, app, leave };
}

const ready = (session: AttemptSession) => vi.waitFor(() => expect(session.phase).not.toBe('loading'));
const sent = (session: AttemptSession) => vi.waitFor(() => expect(session.unsent).toBe(0));

beforeEach(() => {
	server = new TestServer();
	stops = [];
	id = `attempt-${++n}`;
	vi.stubGlobal('BroadcastChannel', undefined);
	Reflect.deleteProperty(globalThis, 'BroadcastChannel');
});

afterEach(() => {
	stops.forEach((stop) => stop());
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('AttemptSession', () => {
	it('shows a choice only once it is written down', async () => {
		const { session } = open();
		await ready(session);
		const choosing = session.choose('q1', { choice: 'a' });
		expect(session.answer('q1')).toBeUndefined();
		await choosing;
		expect(session.answer('q1')).toEqual({ choice: 'a' });
	});

	it('shows no choice that could not be written down, and says so', async () => {
		const { session, app } = open();
		await ready(session);
		vi.spyOn(outboxOf(app).box, 'append').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		await session.choose('q1', { choice: 'a' });
		expect([session.answer('q1'), session.unwritten]).toEqual([undefined, true]);
	});

	it('lays unsent answers of this device over those of the server', async () => {
		const first = open();
		await ready(first.session);
		server.weather = 'dead';
		await first.session.choose('q1', { choice: 'b' });
		await first.session.flag('q2', true);
		first.leave();

		server.weather = 'fine';
		server.attempts[id] = { answers: { q1: { choice: 'a' }, q2: { choice: 'a' } }, flags: [] };
		const { session } = open();
		await ready(session);
		expect([session.answer('q1'), session.answer('q2'), session.flagged('q2')]).toEqual([{ choice: 'b' }, { choice: 'a' }, true]);
	});

	it('goes on after a reload on a dead link, with what was acknowledged since, and sends it all later', async () => {
		const first = open();
		await ready(first.session);
		await first.session.choose('q1', { choice: 'a' });
		await sent(first.session);
		server.weather = 'dead';
		await first.session.choose('q2', { choice: 'b' });
		first.leave();

		const { session, app } = open();
		await ready(session);
		expect(session.error).toBeUndefined();
		expect([session.answer('q1'), session.answer('q2')]).toEqual([{ choice: 'a' }, { choice: 'b' }]);
		await session.submit();
		expect(session.phase).toBe('over');

		server.weather = 'fine';
		outboxOf(app).wake();
		await vi.waitFor(() => expect(session.closed).toBe(true));
		expect(server.logs[id]?.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'submit']);
	});

	it('cannot be opened for the first time without a link, and says so', async () => {
		server.weather = 'dead';
		const { session } = open();
		await vi.waitFor(() => expect(session.error?.code).toBe('offline'));
		expect(session.phase).toBe('loading');
	});

	it('gathers what is typed and writes it once, at the latest when the page is left', async () => {
		const { session } = open();
		await ready(session);
		for (const text of ['s', 'se', 'sec']) void session.choose('q1', { blanks: [text] }, true);
		expect(session.answer('q1')).toEqual({ blanks: ['sec'] });
		await session.settle();
		await sent(session);
		expect(server.logs[id]?.map(({ response }) => response)).toEqual([{ blanks: ['sec'] }]);
	});

	it('shows feedback only for the answer that stands', async () => {
		server.feedback.q1 = { fraction: 1, correct: true } as unknown as QuestionFeedback;
		const { session } = open();
		await ready(session);
		await session.choose('q1', { choice: 'a' });
		await vi.waitFor(() => expect(session.feedback('q1')?.correct).toBe(true));
		server.weather = 'dead';
		await session.choose('q1', { choice: 'b' });
		expect(session.feedback('q1')).toBeUndefined();
	});

	it('ends by itself when the time is up, with what was being typed', async () => {
		server.limitMs = 3600;
		const { session } = open();
		await ready(session);
		void session.choose('q1', { blanks: ['half'] }, true);
		await vi.waitFor(() => expect(session.timedOut).toBe(true), { timeout: 6000 });
		await sent(session);
		expect(server.logs[id]?.map(({ kind }) => kind)).toEqual(['answer', 'submit']);
		await session.choose('q2', { choice: 'a' });
		expect(session.answer('q2')).toBeUndefined();
	}, 10_000);

	it('notices an end on another device', async () => {
		const { session } = open();
		await ready(session);
		server.status = 'submitted';
		await session.choose('q1', { choice: 'a' });
		await vi.waitFor(() => expect(session.phase).toBe('ended'));
	});

	it('stays closed when an older answer of the server arrives after its end', async () => {
		const { session } = open();
		await ready(session);
		const before = server.paper(id);
		await session.submit();
		await vi.waitFor(() => expect(session.closed).toBe(true));
		await session.adopt(before, 'u1', Date.now() - 1000);
		expect([session.closed, session.phase]).toEqual([true, 'over']);
	});

	it('looks whether it is closed when only another tab was told', async () => {
		const { session, app } = open();
		await ready(session);
		server.weather = 'lost';
		await session.submit();
		await vi.waitFor(() => expect(server.status).toBe('submitted'));
		const [row] = await outboxOf(app).box.unsent('u1');
		vi.spyOn(outboxOf(app), 'flush').mockResolvedValue();
		vi.spyOn(outboxOf(app), 'unsent').mockReturnValue(0);
		server.weather = 'fine';
		app.network.report(true);
		expect(row?.kind).toBe('submit');
		await vi.waitFor(() => expect(session.closed).toBe(true), 3000);
	});

	it('writes the same answer only once', async () => {
		const { session } = open();
		await ready(session);
		await session.choose('q1', { choice: 'a' });
		await session.choose('q1', { choice: 'a' });
		await sent(session);
		expect(server.logs[id]).toHaveLength(1);
	});
});

describe('an essay', () => {
	const type = (session: AttemptSession, text: string) => session.choose('q1', { text }, true);
	const texts = () => (server.logs[id] ?? []).filter(({ kind }) => kind === 'answer').map(({ response }) => (response as { text: string }).text);

	/** Time stands still but for what the test lets pass; the database goes on by setImmediate. */
	async function quiet() {
		const { session, app } = open();
		await ready(session);
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const turns = async () => {
			for (let i = 0; i < 60; i++) await new Promise((done) => setImmediate(done));
		};
		return { session, box: outboxOf(app).box, turns };
	}

	it('is on this device at each letter and becomes an event after a pause', async () => {
		const { session, box, turns } = await quiet();
		for (const text of ['T', 'Th', 'Thi']) {
			await type(session, text);
			vi.advanceTimersByTime(3_900);
			await turns();
			expect(session.answer('q1')).toEqual({ text });
			expect((await box.typed('u1', id)).map(({ response }) => response)).toEqual([JSON.stringify({ text })]);
			expect(texts()).toEqual([]);
		}
		vi.advanceTimersByTime(100);
		for (let i = 0; i < 50 && texts().length === 0; i++) await turns();
		expect(texts()).toEqual(['Thi']);
		expect(await box.typed('u1', id)).toEqual([]);
	});

	it('is written down every minute when its writer never pauses', async () => {
		const { session, turns } = await quiet();
		for (let second = 0; second < 125; second++) {
			await type(session, 'x'.repeat(second + 1));
			vi.advanceTimersByTime(1_000);
			await turns();
		}
		for (let i = 0; i < 50 && texts().length < 2; i++) await turns();
		expect(texts().map(({ length }) => length)).toEqual([60, 120]);
	});

	it('says that it is on this device alone until it is sent', async () => {
		const { session, app } = open();
		await ready(session);
		await type(session, 'half');
		expect(app.saved.state).toBe('device');
		await session.settle();
		await vi.waitFor(() => expect(app.saved.state).toBe('saved'));
	});

	it('is handed in whole when the end follows at once', async () => {
		const { session } = open();
		await ready(session);
		void type(session, 'The whole');
		void type(session, 'The whole text.');
		expect(await session.submit()).toBe(true);
		await sent(session);
		expect(server.logs[id]?.map(({ kind, response }) => [kind, response])).toEqual([['answer', { text: 'The whole text.' }], ['submit', undefined]]);
	});

	it('takes letters along that come while the end is being written', async () => {
		const { session } = open();
		await ready(session);
		void type(session, 'a');
		const ending = session.submit();
		void type(session, 'ab');
		await ending;
		await sent(session);
		expect(server.logs[id]?.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'submit']);
		expect(texts().at(-1)).toBe('ab');
	});

	it('is not lost with a page that is gone a moment later: it is there again and is sent', async () => {
		const first = open();
		await ready(first.session);
		await type(first.session, 'Not lost');
		// The page is killed: nothing of it runs any more.
		vi.spyOn(outboxOf(first.app), 'append').mockImplementation(() => new Promise(() => undefined));
		const { session } = open();
		await ready(session);
		expect(session.answer('q1')).toEqual({ text: 'Not lost' });
		await vi.waitFor(() => expect(texts()).toEqual(['Not lost']));
	});

	it('is left as it is where another tab opens the same attempt in the middle of it', async () => {
		const first = open();
		await ready(first.session);
		await type(first.session, 'one');
		const second = open();
		await ready(second.session);
		await type(first.session, 'one two');
		await first.session.settle();
		await sent(first.session);
		outboxOf(second.app).wake();
		await vi.waitFor(() => expect(texts()).toEqual(['one', 'one two']));
		server.attempts[id] = { answers: { q1: { text: 'one two' } } };
		await second.session.load();
		expect(second.session.answer('q1')).toEqual({ text: 'one two' });
	});

	it('stays on the page when it cannot be written down, is tried again, and the attempt does not end without it', async () => {
		const { session, app } = open();
		await ready(session);
		const { box } = outboxOf(app);
		const full = vi.spyOn(box, 'append').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		vi.spyOn(box, 'keepTyped').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		await type(session, 'precious');
		expect(outboxOf(app).broken).toBe(true);
		expect(await session.submit()).toBe(false);
		expect([session.answer('q1'), session.unwritten, session.phase]).toEqual([{ text: 'precious' }, true, 'open']);
		full.mockRestore();
		await session.settle();
		await sent(session);
		expect(texts()).toEqual(['precious']);
	});

	it('counts as made when its last letter was typed, not when it was written down', async () => {
		server.limitMs = 2_500;
		const { session } = open();
		await ready(session);
		await new Promise((done) => setTimeout(done, 1_000));
		let n = 0;
		const typing = setInterval(() => void type(session, 'x'.repeat(++n)), 50);
		await vi.waitFor(() => expect(session.timedOut).toBe(true), { timeout: 6000 });
		clearInterval(typing);
		await sent(session);
		const answers = server.logs[id]?.filter(({ kind }) => kind === 'answer') ?? [];
		expect(answers.length).toBeGreaterThan(0);
		// Nothing typed after the end stands over what was typed before it.
		expect(answers.at(-1)?.elapsed_ms).toBeLessThanOrEqual(2_500);
		expect(answers.at(-1)?.elapsed_ms).toBeGreaterThan(2_200);
		expect(server.logs[id]?.at(-1)?.kind).toBe('submit');
	}, 10_000);

	it('is kept as a draft without being sent where a button gives it', async () => {
		const { session } = open();
		await ready(session);
		await session.draft('q1', { text: 'draft' });
		expect(await session.drafts()).toEqual({ q1: { text: 'draft' } });
		const { session: again } = open();
		await ready(again);
		expect([again.answer('q1'), await again.drafts()]).toEqual([undefined, { q1: { text: 'draft' } }]);
		await again.choose('q1', { text: 'draft' });
		await sent(again);
		expect([texts(), await again.drafts()]).toEqual([['draft'], {}]);
	});
});

describe('AttemptClock', () => {
	const at = (wall: number, monotonic: number) => ({ wall, monotonic });
	function clockAt(times: { wall: number; monotonic: number }) {
		const ticks: Ticks = { wall: () => times.wall, monotonic: () => times.monotonic };
		return new AttemptClock(ticks);
	}

	it('counts from the server by the monotonic clock, whatever the wall clock is set to', () => {
		const times = at(5_000_000, 100);
		const clock = clockAt(times);
		clock.sync('2027-01-01T00:00:00Z', '2027-01-01T00:01:00Z');
		Object.assign(times, at(4_000_000, 30_100));
		expect(clock.elapsed()).toBe(90_000);
	});

	it('counts the time that the phone slept', () => {
		const times = at(1000, 0);
		const clock = clockAt(times);
		clock.sync('2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
		Object.assign(times, at(601_000, 5_000));
		expect(clock.elapsed()).toBe(600_000);
		Object.assign(times, at(602_000, 6_000));
		expect(clock.elapsed()).toBe(601_000);
	});

	it('goes on from the kept mark after a reload, and not back when the clock was set back', () => {
		const clock = clockAt(at(10_000, 0));
		clock.resume({ elapsed_ms: 40_000, wall: 4_000 });
		expect(clock.elapsed()).toBe(46_000);
		clock.resume({ elapsed_ms: 40_000, wall: 90_000 });
		expect(clock.elapsed()).toBe(40_000);
	});
});

describe('the fold', () => {
	const row = (seq: number, kind: string, question: string, response: unknown, acked_at?: number) =>
		({ seq, kind, question, response: response === undefined ? '' : JSON.stringify(response), acked_at }) as Row;

	it('takes the last event of each question', () => {
		const rows = [row(1, 'answer', 'q1', { choice: 'a' }), row(2, 'flag', 'q1', { on: true }), row(3, 'answer', 'q1', { choice: 'b' }), row(4, 'flag', 'q1', { on: false })];
		expect(standingOf({ answers: { q1: { choice: 'c' } }, flags: [] }, rows)).toEqual({
			answers: { q1: { choice: 'b' } },
			flags: { q1: false },
			submitted: false
		});
	});

	it('leaves out what the copy of the server holds already', () => {
		const sentRows = [row(1, 'answer', 'q1', {}, 100), row(2, 'answer', 'q2', {}, 300)];
		expect(beyond(200, sentRows, [row(3, 'submit', '', undefined)]).map(({ seq }) => seq)).toEqual([2, 3]);
	});

	it('marks a submit', () => {
		expect(applied({ answers: {}, flags: {}, submitted: false }, row(1, 'submit', '', undefined)).submitted).toBe(true);
	});
});
