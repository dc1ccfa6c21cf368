/// <reference types="@sveltejs/kit" />
import { assets, immutable } from '$app/manifest';
import { version } from '$app/env';
import { self } from '$app/service-worker';

/**
 * Keeps the shell: versioned files and the one page that opens every address, so that a reload on a dead link
 * still opens the app. Of /api it keeps the pictures alone, which never change: all else is kept by the API client,
 * which knows whose it is.
 */
const SHELL = `muster-shell-${version}`;
/** Begins as the caches that signing out empties, see lib/api/kept.ts. */
const PICTURES = 'muster-answers-pictures';
const MOST_PICTURES = 200;
const FILES = ['/', ...[...immutable, ...assets].map(({ path }) => new URL(path, self.location.origin).pathname)];

self.addEventListener('install', (event) => {
	event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
	event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== self.location.origin) return;
	if (request.mode === 'navigate' && !url.pathname.startsWith('/api/')) event.respondWith(page(request));
	else if (FILES.includes(url.pathname)) event.respondWith(file(request));
	else if (url.pathname.startsWith('/api/v1/pictures/')) event.respondWith(picture(request));
});

async function install(): Promise<void> {
	const cache = await caches.open(SHELL);
	await cache.addAll(FILES.map((path) => new Request(path, path === '/' ? { cache: 'reload' } : {})));
	await self.skipWaiting();
}

async function dropOld(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(names.filter((name) => name.startsWith('muster-shell-') && name !== SHELL).map((name) => caches.delete(name)));
}

/** Fresh where the link allows it within a moment, else the kept shell. */
async function page(request: Request): Promise<Response> {
	const kept = await caches.match('/', { cacheName: SHELL });
	if (!kept) return fetch(request);
	try {
		const fresh = await Promise.race([fetch(request), late(3_000)]);
		return fresh.status < 500 ? fresh : kept;
	} catch {
		return kept;
	}
}

async function file(request: Request): Promise<Response> {
	return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request);
}

/** Kept once it was seen, the oldest making room. */
async function picture(request: Request): Promise<Response> {
	const cache = await caches.open(PICTURES).catch(() => undefined);
	const kept = await cache?.match(request.url);
	if (kept) return kept;
	const fresh = await fetch(request);
	if (fresh.ok && cache) await keep(cache, request.url, fresh.clone()).catch(() => undefined);
	return fresh;
}

async function keep(cache: Cache, url: string, response: Response): Promise<void> {
	await cache.put(url, response);
	const [oldest] = await cache.keys();
	if (oldest && (await cache.keys()).length > MOST_PICTURES) await cache.delete(oldest);
}

function late(ms: number): Promise<never> {
	return new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms));
}
