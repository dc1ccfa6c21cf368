import { asApiError, type ApiError } from '../api/error.ts';
import type { ModuleColumn, Person, PersonList } from './types.ts';

/** As many as the server gives at once. */
export const PAGE = 200;

/** A list of people that is read page by page, as far as somebody scrolls. */
export class PeopleList {
	#read: (cursor: string | undefined) => Promise<PersonList>;
	#rows = $state.raw<Person[]>([]);
	#modules = $state.raw<ModuleColumn[]>([]);
	#total = $state<number>();
	#error = $state.raw<ApiError>();
	#loading = $state(false);
	#cursor: string | undefined;
	#ended = false;
	#wanted = 0;

	constructor(read: (cursor: string | undefined) => Promise<PersonList>) {
		this.#read = read;
	}

	get rows(): Person[] {
		return this.#rows;
	}

	/** What stands in each person's modules, in the same order. */
	get modules(): ModuleColumn[] {
		return this.#modules;
	}

	/** How many there are in all; undefined until the first page is there. */
	get total(): number | undefined {
		return this.#total;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#loading;
	}

	/** Sees to it that the first `count` are read. Pages come one after the other: each names the next. */
	async ensure(count: number): Promise<void> {
		this.#wanted = Math.max(this.#wanted, count);
		if (this.#loading || this.#error) return;
		this.#loading = true;
		try {
			while (!this.#ended && this.#rows.length < this.#wanted) await this.#next();
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#loading = false;
		}
	}

	/** After an error. */
	retry(): Promise<void> {
		this.#error = undefined;
		return this.ensure(Math.max(this.#wanted, 1));
	}

	async #next(): Promise<void> {
		const page = await this.#read(this.#cursor);
		this.#rows = [...this.#rows, ...page.items];
		this.#modules = page.modules;
		this.#total = page.total;
		this.#cursor = page.next_cursor;
		this.#ended = !page.next_cursor;
	}
}
