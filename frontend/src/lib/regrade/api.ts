import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { Regrade, RegradeRequest } from '../analysis/types.ts';

/** The calls about mended keys. */
export class Regrades {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	/** What a ruling would change. */
	preview(body: RegradeRequest): Promise<Regrade> {
		return take(this.#api.POST('/regrades', { body: { ...body, dry_run: true } }));
	}

	rule(body: RegradeRequest): Promise<Regrade> {
		return take(this.#api.POST('/regrades', { body }));
	}

	list(cursor?: string, limit = 50) {
		return take(this.#api.GET('/regrades', { params: { query: { limit, ...(cursor ? { cursor } : {}) } } }));
	}

	read(regrade: string): Promise<Regrade> {
		return take(this.#api.GET('/regrades/{regrade}', { params: { path: { regrade } } }));
	}
}
