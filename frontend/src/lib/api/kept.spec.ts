import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKept, Kept } from './kept.ts';

/** The browser's cache as far as Kept uses it. */
function fakeCaches() {
	const stores = new Map<string, Map<string, Response>>();
	return {
		open: async (name: string) => {
			const store = stores.get(name) ?? new Map<string, Response>();
			stores.set(name, store);
			return {
				match: async (url: string) => store.get(url)?.clone(),
				put: async (url: string, response: Response) => void store.set(url, response)
			};
		},
		keys: async () => [...stores.keys()],
		delete: async (name: string) => stores.delete(name)
	};
}

const lesson = new Request('http://muster.test/api/v1/modules/m/lessons/l');

describe('Kept', () => {
	let owner: string | undefined;
	let kept: Kept;

	beforeEach(() => {
		vi.stubGlobal('caches', fakeCaches());
		owner = 'u1';
		kept = new Kept(() => owner);
	});

	it('finds what was kept', async () => {
		await kept.keep(lesson, new Response('text'));
		expect(await (await kept.find(lesson))?.text()).toBe('text');
	});

	it("does not show one person's answers to another", async () => {
		await kept.keep(lesson, new Response('text'));
		owner = 'u2';
		expect(await kept.find(lesson)).toBeUndefined();
	});

	it.each([
		['an attempt', new Request('http://muster.test/api/v1/attempts/a')],
		['a write', new Request('http://muster.test/api/v1/me/lessons/m/l', { method: 'PUT', body: '{}' })],
		['the session', new Request('http://muster.test/api/v1/auth/refresh')]
	])('never keeps %s', async (_, request) => {
		await kept.keep(request, new Response('secret'));
		expect(await kept.find(request)).toBeUndefined();
	});

	it('keeps nothing while nobody is signed in', async () => {
		owner = undefined;
		await kept.keep(lesson, new Response('text'));
		owner = 'u1';
		expect(await kept.find(lesson)).toBeUndefined();
	});

	it('is empty after sign-out; the shell stays', async () => {
		await caches.open('muster-shell-1');
		await kept.keep(lesson, new Response('text'));
		await forgetKept();
		expect(await kept.find(lesson)).toBeUndefined();
		expect(await caches.keys()).toContain('muster-shell-1');
	});
});
