import { createHash } from 'node:crypto';
import { createApi } from '#lib/api/client.ts';
import type { Attempt, AttemptEvent, QuestionFeedback } from '#lib/api/types.ts';
import type { App } from '#lib/app.svelte.ts';
import { Saved } from '#lib/saved.svelte.ts';

/** What the next requests meet. `lost`: the server stores, and its answer never arrives. */
export type Weather = 'fine' | 'dead' | 'lost' | 'busy' | 'signed-out' | 'refused';

const ORIGIN = '0'.repeat(64);

/** For specs: a server of one page that keeps the rules of assessment/append.go: nothing twice, no gaps, chains hold. */
export class TestServer {
	weather: Weather = 'fine';
	status = 'open';
	/** Everything stored, by attempt. */
	logs: Record<string, AttemptEvent[]> = {};
	batches: string[][] = [];
	feedback: Record<string, QuestionFeedback> = {};
	startedAt = Date.now();
	limitMs: number | undefined;
	attempts: Record<string, Partial<Attempt>> = {};

	answer = async (request: Request): Promise<Response> => {
		if (this.weather === 'dead') throw new TypeError('Failed to fetch');
		if (this.weather === 'busy') return reply(503, { code: 'unavailable' });
		if (this.weather === 'signed-out') return reply(401, { code: 'unauthenticated' });
		const [, attempt = '', what] = /attempts\/([^/]+)(\/events)?$/.exec(new URL(request.url).pathname) ?? [];
		if (!what) return reply(200, this.paper(attempt));
		const body = (await request.json()) as { device: string; events: AttemptEvent[] };
		if (this.weather === 'refused') return reply(422, { code: 'invalid' });
		const response = this.append(attempt, body.device, body.events);
		if (this.weather === 'lost') throw new TypeError('Failed to fetch');
		return response;
	};

	paper(id: string): Attempt {
		const deadline = this.limitMs === undefined ? {} : { deadline: new Date(this.startedAt + this.limitMs).toISOString() };
		return {
			id,
			quiz: { id: 'legal.check', title: 'Check', module: 'legal', pass_mark: 0.8 },
			status: this.status,
			number: 1,
			started_at: new Date(this.startedAt).toISOString(),
			server_now: new Date().toISOString(),
			questions: ['q1', 'q2'].map((q) => ({ id: q, kind: 'single', stem_html: q, options: [{ id: 'a', html: 'A' }, { id: 'b', html: 'B' }] })),
			answers: {},
			flags: [],
			feedback: {},
			receipt: { head: '', events: 0, devices: 0 },
			...deadline,
			...this.attempts[id]
		} as unknown as Attempt;
	}

	private append(attempt: string, device: string, events: AttemptEvent[]): Response {
		const log = (this.logs[attempt] ??= []);
		const fresh: AttemptEvent[] = [];
		this.batches.push(events.map(({ id }) => id));
		for (const event of events) {
			const known = log.find(({ id }) => id === event.id);
			if (known && JSON.stringify(body(known)) !== JSON.stringify(body(event))) return reply(409, { code: 'event_conflict' });
			if (known) continue;
			const last = fresh.at(-1) ?? log.at(-1);
			const expected = (last?.seq ?? 0) + 1;
			if (event.seq !== expected) return reply(409, { code: 'sequence_gap', expected_seq: expected });
			const prev = last ? last.hash : ORIGIN;
			const hash = sum(prev ?? '', attempt, device, event);
			if (event.hash && (event.prev_hash !== prev || event.hash !== hash)) return reply(409, { code: 'chain_broken' });
			fresh.push({ ...event, prev_hash: prev, hash });
		}
		log.push(...fresh);
		if (fresh.some(({ kind }) => kind === 'submit')) this.status = 'submitted';
		const told = events.filter(({ kind, question }) => kind === 'answer' && this.feedback[question ?? '']).map(({ question = '' }) => [question, this.feedback[question]]);
		const state = { status: this.status, server_now: new Date().toISOString(), answered: 0 };
		return reply(200, { acknowledged: events.map(({ id }) => id), state, receipt: { head: '', events: log.length, devices: 1 }, feedback: Object.fromEntries(told) });
	}
}

/** As much of an App as the outbox and sessions use. */
export function testApp(server: TestServer, user = 'u1') {
	const back: (() => void)[] = [];
	const network = { online: true, onBack: (fn: () => void) => (back.push(fn), () => undefined), report: (reached: boolean) => (network.online = reached) };
	const session = { user: { id: user } as { id: string } | null, status: 'in' };
	const auth = { token: async () => undefined, renew: async () => undefined, owner: () => session.user?.id };
	const api = createApi(auth, network, 'http://muster.test/api/v1', server.answer);
	const app = { api, network, session, saved: new Saved() };
	return { app: app as unknown as App, session, saved: app.saved, online: () => back.forEach((fn) => fn()) };
}

function body({ id, seq, kind, question, response, client_at, elapsed_ms }: AttemptEvent): unknown {
	return [id, seq, kind, question, response, client_at, elapsed_ms];
}

function sum(prev: string, attempt: string, device: string, e: AttemptEvent): string {
	const response = e.response === undefined ? '' : JSON.stringify(e.response);
	const fields = [prev, e.id, attempt, device, e.seq, e.kind, e.question ?? '', e.client_at, e.elapsed_ms, response];
	return createHash('sha256').update(fields.join('\n')).digest('hex');
}

function reply(status: number, value: unknown): Response {
	return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
}
