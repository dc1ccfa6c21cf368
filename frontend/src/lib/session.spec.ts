import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Network } from './api/network.svelte.ts';
import type { User } from './api/types.ts';
import { Session } from './session.svelte.ts';

const amina: User = { id: 'u1', username: 'amina', name: 'Amina Okello', role: 'trainee', locale: 'en', cohorts: [] };

/** A server of a few lines: what it answers by path, and what it was asked. */
class Server {
	asked: string[] = [];
	down = false;
	cookie = true;
	tokens = 0;

	answer = async (input: RequestInfo | URL): Promise<Response> => {
		const request = new Request(input);
		const path = new URL(request.url).pathname.replace('/api/v1', '');
		this.asked.push(path);
		if (this.down) throw new TypeError('Failed to fetch');
		if (path === '/auth/logout') {
			this.cookie = false;
			return new Response(null, { status: 204 });
		}
		if (path === '/auth/login') this.cookie = true;
		if (path.startsWith('/auth/')) return this.cookie ? this.session() : problem(401, 'session_expired');
		return request.headers.has('Authorization') ? json(200, { items: [] }) : problem(401, 'unauthenticated');
	};

	session(): Response {
		return json(200, { access_token: `t${++this.tokens}`, expires_in: 600, user: amina });
	}
}

function json(status: number, body: unknown): Response {
	return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

function problem(status: number, code: string): Response {
	return json(status, { code, status });
}

let server: Server;

function open(): Session {
	return new Session(new Network(), 'http://muster.test/api/v1');
}

beforeEach(() => {
	localStorage.clear();
	server = new Server();
	vi.stubGlobal('fetch', server.answer);
	vi.stubGlobal('BroadcastChannel', undefined);
	Reflect.deleteProperty(window, 'BroadcastChannel');
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe('Session', () => {
	it('keeps name, locale and role on the device, and neither token nor unit', async () => {
		await open().signIn('amina', 'secret');
		const stored = JSON.stringify({ ...localStorage });
		expect(JSON.parse(localStorage.getItem('muster.user') ?? '')).toEqual({ id: 'u1', name: 'Amina Okello', locale: 'en', role: 'trainee' });
		expect(stored).not.toMatch(/t1|cohorts|amina"/);
	});

	it('opens the shell at once after a reload without a link, and stays in', async () => {
		await open().signIn('amina', 'secret');
		server.down = true;
		const again = open();
		expect([again.status, again.user?.name]).toEqual(['in', 'Amina Okello']);
		await expect(again.token()).rejects.toMatchObject({ code: 'offline' });
		expect(again.status).toBe('in');
	});

	it('is out when the server says that the session is over', async () => {
		await open().signIn('amina', 'secret');
		server.cookie = false;
		const again = open();
		expect(await again.token()).toBeUndefined();
		expect([again.status, again.reason]).toEqual(['out', 'expired']);
		expect(localStorage.getItem('muster.user')).toBeNull();
	});

	it('renews once for many calls at the same time', async () => {
		await open().signIn('amina', 'secret');
		const again = open();
		server.asked = [];
		await Promise.all([again.api.GET('/modules'), again.api.GET('/sources'), again.api.GET('/glossary')]);
		expect(server.asked.filter((path) => path === '/auth/refresh')).toHaveLength(1);
		expect(server.asked).toHaveLength(4);
	});

	it('renews before the token ends', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const session = open();
		await session.signIn('amina', 'secret');
		expect(await session.token()).toBe('t1');
		vi.setSystemTime(Date.now() + 580_000);
		expect(await session.token()).toBe('t2');
	});

	it('signs out also without a link, and tells the server at the next start', async () => {
		const session = open();
		await session.signIn('amina', 'secret');
		server.down = true;
		await session.signOut();
		expect([session.status, session.reason]).toEqual(['out', 'left']);

		server.down = false;
		const stop = open().start();
		await vi.waitFor(() => expect(server.cookie).toBe(false));
		await vi.waitFor(() => expect(localStorage.getItem('muster.leaving')).toBeNull());
		stop();
	});

	it('asks the server once where nobody is known, and is out when it knows nobody either', async () => {
		server.cookie = false;
		const session = open();
		expect(session.status).toBe('starting');
		const stop = session.start();
		await vi.waitFor(() => expect(session.status).toBe('out'));
		expect([session.reason, server.asked]).toEqual(['none', ['/auth/refresh']]);
		stop();
	});
});
