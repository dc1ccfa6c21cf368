import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QuestionFeedback } from '#lib/api/types.ts';
import { outboxOf } from './outbox.svelte.ts';
import { PracticeSession } from './practice.svelte.ts';
import { testApp, TestServer } from './testserver.ts';

let server: TestServer;
let stops: (() => void)[];
let n = 0;

/** The practice of a lesson, opened (again) in this browser. */
async function open(): Promise<PracticeSession> {
	const { app } = testApp(server);
	const session = new PracticeSession(app, `quiz-${n}`);
	stops.push(() => session.close(), () => void outboxOf(app).box.close());
	await session.load();
	return session;
}

beforeEach(() => {
	server = new TestServer();
	stops = [];
	n++;
	const essay = { id: 'q1', kind: 'essay' as const, stem_html: 'Tell.' };
	const single = { id: 'q2', kind: 'single' as const, stem_html: 'Which?', options: [{ id: 'a', html: 'A' }] };
	const take = server.answer;
	server.attempts[`practice-${n}`] = { questions: [essay, single] };
	server.answer = async (request) => {
		if (!new URL(request.url).pathname.endsWith('/attempts')) return take(request);
		return Response.json(server.paper(`practice-${n}`));
	};
	vi.stubGlobal('BroadcastChannel', undefined);
	Reflect.deleteProperty(globalThis, 'BroadcastChannel');
});

afterEach(() => {
	stops.forEach((stop) => stop());
	vi.unstubAllGlobals();
});

const told = (more: Partial<QuestionFeedback>) => ({ fraction: 0, correct: false, parts: [], ...more }) as unknown as QuestionFeedback;

describe('an essay in practice', () => {
	it('is kept before it is checked, and gone on with after a reload', async () => {
		const first = await open();
		first.choose('q1', { text: 'Half a' });
		first.choose('q1', { text: 'Half a thought' });
		await vi.waitFor(async () => expect(await (await open()).answer('q1')).toEqual({ text: 'Half a thought' }), { timeout: 5000 });
		expect(server.logs[`practice-${n}`]).toBeUndefined();
	});

	it('is gone on with, and not overwritten by what was checked before', async () => {
		server.feedback.q1 = told({ awaiting: true });
		const first = await open();
		first.choose('q1', { text: 'checked' });
		await first.check('q1');
		await vi.waitFor(() => expect(first.feedback('q1')).toBeDefined());
		first.again('q1');
		expect(first.answer('q1')).toEqual({ text: 'checked' });
		first.choose('q1', { text: 'better' });
		await vi.waitFor(async () => {
			const second = await open();
			expect([second.answer('q1'), second.feedback('q1')]).toEqual([{ text: 'better' }, undefined]);
		}, { timeout: 5000 });
	});

	it('lets the practice be handed in where its mark may still be enough', async () => {
		server.feedback.q1 = told({ awaiting: true });
		server.feedback.q2 = told({ fraction: 1, correct: true });
		const session = await open();
		session.choose('q1', { text: 'text' });
		await session.check('q1');
		expect(session.ready).toBe(false);
		session.choose('q2', { choice: 'a' });
		await session.check('q2');
		await vi.waitFor(() => expect(session.checked).toBe(2));
		expect([session.awaiting, session.share, session.ready]).toEqual([1, 0.5, true]);
	});

	it('does not where even full points for it would not do', async () => {
		server.feedback.q1 = told({ awaiting: true });
		server.feedback.q2 = told({});
		const session = await open();
		session.choose('q1', { text: 'text' });
		await session.check('q1');
		session.choose('q2', { choice: 'a' });
		await session.check('q2');
		await vi.waitFor(() => expect(session.checked).toBe(2));
		expect(session.ready).toBe(false);
	});
});
