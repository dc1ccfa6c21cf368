/// <reference types="@sveltejs/kit" />
import { assets, immutable } from '$app/manifest';
import { version } from '$app/env';
import { self } from '$app/service-worker';

/**
 * Keeps the shell: versioned files and the one page that opens every address, so that a reload on a dead link
 * still opens the app. It never touches /api: answers are kept by the API client, which knows whose they are.
 */
const SHELL = `muster-shell-${version}`;
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

function late(ms: number): Promise<never> {
	return new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms));
}
