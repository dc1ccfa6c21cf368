import { asApiError, type ApiError } from './api/error.ts';

/** One page of a list, as the server gives it. */
export type PageOf<T> = { items: T[]; total: number; next_cursor?: string };

/** A list that is read page by page, as far as somebody looks. */
export class Paged<T, P extends PageOf<T> = PageOf<T>> {
	#read: (cursor: string | undefined, missing: number) => Promise<P>;
	#rows = $state.raw<T[]>([]);
	#page = $state.raw<P>();
	#error = $state.raw<ApiError>();
	#reading = $state.raw<Promise<void>>();
	#wanted = 0;

	/** `missing` is how many rows are still wanted: a page may have more or fewer. */
	constructor(read: (cursor: string | undefined, missing: number) => Promise<P>) {
		this.#read = read;
	}

	get rows(): T[] {
		return this.#rows;
	}

	/** The newest page that was read. */
	get page(): P | undefined {
		return this.#page;
	}

	/** How many there are in all; undefined until the first page is there. */
	get total(): number | undefined {
		return this.#page?.total;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#reading !== undefined;
	}

	/** Sees to it that the first `count` are read. Pages come one after the other: each names the next. */
	ensure(count: number): Promise<void> {
		this.#wanted = Math.max(this.#wanted, count);
		if (this.#error) return Promise.resolve();
		return (this.#reading ??= this.#catchUp());
	}

	/** After an error. */
	retry(): Promise<void> {
		this.#error = undefined;
		return this.ensure(Math.max(this.#wanted, 1));
	}

	/** Reads all that is there. What goes wrong is thrown, and the next call begins where this one ended. */
	async all(): Promise<T[]> {
		this.#error = undefined;
		await this.ensure(Infinity);
		if (this.#error) throw this.#error;
		return this.#rows;
	}

	async #catchUp(): Promise<void> {
		try {
			while (this.#rows.length < this.#wanted && (!this.#page || this.#page.next_cursor)) {
				const page = await this.#read(this.#page?.next_cursor, this.#wanted - this.#rows.length);
				this.#rows = [...this.#rows, ...page.items];
				this.#page = page;
			}
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#reading = undefined;
		}
	}
}
