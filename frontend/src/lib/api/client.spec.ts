import { describe, expect, it } from 'vitest';
import { createApi, type Auth } from './client.ts';
import { ApiError, take } from './error.ts';

const BASE = 'http://muster.test/api/v1';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
	return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** A client whose server gives these answers in turn; what was sent is noted. */
function setup(answers: (Response | Error)[], tokens: (string | undefined)[] = ['first', 'second']) {
	const sent: { path: string; bearer: string | null; body: string }[] = [];
	const reached: boolean[] = [];
	const auth: Auth = {
		token: async () => tokens[0],
		renew: async () => tokens[1],
		owner: () => 'u1'
	};
	const api = createApi(auth, { report: (ok) => reached.push(ok) }, BASE, async (request) => {
		const path = new URL(request.url).pathname;
		sent.push({ path, bearer: request.headers.get('Authorization'), body: await request.clone().text() });
		const next = answers.shift();
		if (!next || next instanceof Error) throw next ?? new Error('no more answers');
		return next;
	});
	return { api, sent, reached };
}

async function failure(call: Promise<unknown>): Promise<ApiError> {
	try {
		await call;
	} catch (thrown) {
		if (thrown instanceof ApiError) return thrown;
	}
	throw new Error('did not fail with an ApiError');
}

describe('createApi', () => {
	it('sends the bearer token', async () => {
		const { api, sent } = setup([answer(200, { items: [] })]);
		await take(api.GET('/modules'));
		expect(sent).toEqual([{ path: '/api/v1/modules', bearer: 'Bearer first', body: '' }]);
	});

	it('renews once after a 401 and sends the same body again', async () => {
		const { api, sent } = setup([answer(401, { code: 'unauthenticated' }), answer(200, { read_share: 1, read: true })]);
		const path = { module: 'm', lesson: 'l' };
		await take(api.PUT('/me/lessons/{module}/{lesson}', { params: { path }, body: { read_share: 1, read: true } }));
		expect(sent.map(({ bearer }) => bearer)).toEqual(['Bearer first', 'Bearer second']);
		expect(sent[1]?.body).toBe(sent[0]?.body);
	});

	it('does not renew a second time', async () => {
		const { api, sent } = setup([answer(401, { code: 'unauthenticated' }), answer(401, { code: 'unauthenticated' })]);
		expect((await failure(take(api.GET('/modules')))).code).toBe('unauthenticated');
		expect(sent).toHaveLength(2);
	});

	it('gives the 401 when the session is over', async () => {
		const { api, sent } = setup([answer(401, { code: 'session_expired' })], ['first', undefined]);
		expect((await failure(take(api.GET('/modules')))).status).toBe(401);
		expect(sent).toHaveLength(1);
	});

	it('asks for sign-in without a token and without renewal', async () => {
		const { api, sent } = setup([answer(401, { code: 'wrong_credentials' })]);
		const error = await failure(take(api.POST('/auth/login', { body: { username: 'a', password: 'b' } })));
		expect(error.code).toBe('wrong_credentials');
		expect(sent.map(({ bearer }) => bearer)).toEqual([null]);
	});

	it('calls a network failure offline, and says so', async () => {
		const { api, reached } = setup([new TypeError('Failed to fetch'), answer(200, { items: [] })]);
		expect((await failure(take(api.GET('/modules')))).code).toBe('offline');
		await take(api.GET('/modules'));
		expect(reached).toEqual([false, true]);
	});

	it('carries what the problem says', async () => {
		const problem = { code: 'sequence_gap', detail: 'gap', expected_seq: 7, request_id: 'r1', errors: [{ location: 'body.password', message: 'short' }] };
		const { api } = setup([answer(409, problem, { 'Retry-After': '12' })]);
		const error = await failure(take(api.GET('/me/next')));
		expect([error.code, error.expectedSeq, error.requestId, error.retryAfter]).toEqual(['sequence_gap', 7, 'r1', 12]);
		expect(error.fields).toEqual({ password: 'short' });
	});

	it("calls a proxy's 502 unavailable", async () => {
		const { api } = setup([new Response('<h1>Bad gateway</h1>', { status: 502 })]);
		expect((await failure(take(api.GET('/me/next')))).code).toBe('unavailable');
	});
});
