import { asApiError, type ApiError } from '../api/error.ts';
import type { Library } from './api.ts';
import { countsOf, type Counts } from './counts.ts';
import type { DocumentItem, Origin } from './types.ts';

/** So many documents are counted at a time. */
const AT_ONCE = 3;

/** The list of documents of a kind, page by page. How each is covered arrives after the list itself. */
export class Catalogue {
	#library: Pick<Library, 'list' | 'coverage'>;
	readonly origin: Origin;
	readonly search: string;
	#items = $state.raw<DocumentItem[]>();
	#total = $state(0);
	#next = $state<string>();
	#error = $state.raw<ApiError>();
	#loading = $state(false);
	#counts = $state.raw<Record<string, Counts | null>>({});

	constructor(library: Pick<Library, 'list' | 'coverage'>, origin: Origin, search: string) {
		this.#library = library;
		this.origin = origin;
		this.search = search;
		void this.load();
	}

	get data(): DocumentItem[] | undefined {
		return this.#items;
	}

	get total(): number {
		return this.#total;
	}

	/** How many are not shown yet. */
	get left(): number {
		return this.#next ? this.#total - (this.#items?.length ?? 0) : 0;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#loading;
	}

	/** Undefined while it is on its way, null where it could not be had. */
	counts(id: string): Counts | null | undefined {
		return this.#counts[id];
	}

	/** The next page, or the first one. */
	async load(): Promise<void> {
		if (this.#loading) return;
		this.#loading = true;
		try {
			const { items, total, next } = await this.#library.list(this.origin, this.search, this.#next);
			this.#items = [...(this.#items ?? []), ...items];
			this.#total = total;
			this.#next = next;
			this.#error = undefined;
			void this.#count(items.map(({ id }) => id));
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#loading = false;
		}
	}

	async #count(ids: string[]): Promise<void> {
		const waiting = [...ids];
		const work = async () => {
			for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
				const counts = await this.#library.coverage(id).then(countsOf, () => null);
				this.#counts = { ...this.#counts, [id]: counts };
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
	}
}
