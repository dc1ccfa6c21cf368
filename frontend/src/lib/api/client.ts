import createClient, { type Client } from 'openapi-fetch';
import { ApiError } from './error.ts';
import { Kept } from './kept.ts';
import type { paths } from './schema.d.ts';

/** The description's paths without the prefix that all of them share: calls name "/modules", not "/api/v1/modules". */
type Short<Paths> = { [Path in keyof Paths as Path extends `/api/v1${infer Rest}` ? Rest : Path]: Paths[Path] };

export type Api = Client<Short<paths>, 'application/json'>;

/** Who knows the access token. The session; a fake in tests. */
export interface Auth {
	/** The token to send, renewed first if it is about to end; undefined when nobody is signed in. */
	token(): Promise<string | undefined>;
	/** A newer token than `stale`, which the server refused; undefined when the session is over. */
	renew(stale: string): Promise<string | undefined>;
	/** Whose answers may be kept on the device. */
	owner(): string | undefined;
}

/** Who is told whether the server was reached. */
export interface Reach {
	report(reached: boolean): void;
}

type Fetch = (request: Request) => Promise<Response>;

/** A dead link often answers nothing at all: stop waiting, sooner where an older answer is at hand. */
const PATIENCE_MS = 30_000;
const PATIENCE_WITH_KEPT_MS = 8_000;

/** These are asked with the cookie or with nothing; all others with the bearer token. */
const OPEN = /\/(auth\/(login|join|code|refresh|logout)|verify\/[^/]+)$/;

/**
 * The only caller of fetch (with Network.check): bearer token, one silent renewal per 401, network failures as
 * `offline`, and the last kept answer where the server is not reached.
 */
export function createApi(auth: Auth, reach: Reach, base = '/api/v1', send: Fetch = (r) => fetch(r)): Api {
	const kept = new Kept(() => auth.owner());

	async function attempt(request: Request, patience: number, token?: string): Promise<Response> {
		if (token) request.headers.set('Authorization', `Bearer ${token}`);
		const stop = new AbortController();
		const timer = setTimeout(() => stop.abort(), patience);
		try {
			const response = await whole(await send(new Request(request, { signal: stop.signal })));
			reach.report(true);
			return response;
		} catch {
			reach.report(false);
			throw new ApiError('offline');
		} finally {
			clearTimeout(timer);
		}
	}

	async function authorised(request: Request, patience: number): Promise<Response> {
		const again = request.clone();
		const token = await auth.token();
		const response = await attempt(request, patience, token);
		if (response.status !== 401 || !token) return response;
		const renewed = await auth.renew(token);
		return renewed ? attempt(again, patience, renewed) : response;
	}

	async function answer(request: Request): Promise<Response> {
		if (OPEN.test(new URL(request.url).pathname)) return attempt(request, PATIENCE_MS);
		const old = await kept.find(request);
		try {
			const response = await authorised(request.clone(), old ? PATIENCE_WITH_KEPT_MS : PATIENCE_MS);
			if (response.ok) void kept.keep(request, response.clone());
			return response;
		} catch (thrown) {
			if (old) return old;
			throw thrown;
		}
	}

	return createClient<Short<paths>>({ baseUrl: base, fetch: answer });
}

/** The answer with its body read to the end, so that a link that dies half-way is a failure here and not in a page. */
async function whole(response: Response): Promise<Response> {
	const { status, statusText, headers } = response;
	const bodiless = status === 204 || status === 304;
	return new Response(bodiless ? null : await response.arrayBuffer(), { status, statusText, headers });
}
