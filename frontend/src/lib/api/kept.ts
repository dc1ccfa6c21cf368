/**
 * The last good answers of reading calls, kept on the device for the time without a link. One cache per person,
 * read only when the server is not reached, emptied at sign-out. Where the browser has no cache (plain http,
 * private window) nothing is kept.
 */
export class Kept {
	#owner: () => string | undefined;

	constructor(owner: () => string | undefined) {
		this.#owner = owner;
	}

	async find(request: Request): Promise<Response | undefined> {
		const cache = await this.#open(request);
		return cache?.match(request.url).catch(() => undefined);
	}

	async keep(request: Request, response: Response): Promise<void> {
		const cache = await this.#open(request);
		// A full device keeps nothing new; reading online goes on.
		await cache?.put(request.url, response).catch(() => undefined);
	}

	async #open(request: Request): Promise<Cache | undefined> {
		const owner = this.#owner();
		if (!owner || request.method !== 'GET' || !KEPT.test(new URL(request.url).pathname)) return undefined;
		if (typeof caches === 'undefined') return undefined;
		return caches.open(PREFIX + owner).catch(() => undefined);
	}
}

const PREFIX = 'muster-answers-';

/** What a trainee reads; never attempts, whose answers the outbox keeps. */
const KEPT = /\/v1\/(modules|sources|glossary|corrections|search|quizzes|me\/(next|progress|review|readiness|messages|credentials))(\/|$)/;

/** Empties it for everybody: at sign-out, and when another person signs in on the same phone. */
export async function forgetKept(): Promise<void> {
	if (typeof caches === 'undefined') return;
	const names = await caches.keys().catch(() => []);
	await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
}
