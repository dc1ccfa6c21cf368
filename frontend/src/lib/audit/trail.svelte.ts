import type { Api } from '../api/client.ts';
import { asApiError, take, type ApiError } from '../api/error.ts';
import { queryOf, type AuditEntry, type AuditFilter } from './query.ts';

/** How many entries are read at once. */
const PAGE = 50;

/** The entries of a filter, newest first, as far back as somebody asked for. */
export class Trail {
	readonly #api: Api;
	readonly #filter: AuditFilter;
	#entries = $state.raw<AuditEntry[]>();
	#error = $state.raw<ApiError>();
	#loading = $state(false);
	#cursor = $state<number>();

	constructor(api: Api, filter: AuditFilter) {
		this.#api = api;
		this.#filter = filter;
		void this.more();
	}

	/** undefined until the first are there. */
	get entries(): AuditEntry[] | undefined {
		return this.#entries;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#loading;
	}

	/** Whether there are older ones. */
	get hasMore(): boolean {
		return this.#cursor !== undefined;
	}

	/** Reads the first or the next ones, and again after an error. */
	async more(): Promise<void> {
		if (this.#loading) return;
		this.#loading = true;
		const cursor = this.#cursor;
		const query = { ...queryOf(this.#filter), limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
		try {
			const page = await take(this.#api.GET('/audit', { params: { query } }));
			this.#entries = [...(this.#entries ?? []), ...page.items];
			this.#cursor = page.next_cursor;
			this.#error = undefined;
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#loading = false;
		}
	}
}
