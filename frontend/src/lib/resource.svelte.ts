import { asApiError, type ApiError } from './api/error.ts';

/** Something a page reads from the server: loading, there, or not to be had; kept while it is read again. */
export class Resource<T> {
	#read: () => Promise<T>;
	#data = $state.raw<T>();
	#error = $state.raw<ApiError>();
	#loading = $state(false);
	#run = 0;

	constructor(read: () => Promise<T>) {
		this.#read = read;
		void this.load();
	}

	get data(): T | undefined {
		return this.#data;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#loading;
	}

	/** Reads (again). The answer of an older run never overwrites a newer one. */
	async load(): Promise<void> {
		const run = ++this.#run;
		this.#loading = true;
		try {
			const data = await this.#read();
			if (run !== this.#run) return;
			this.#data = data;
			this.#error = undefined;
		} catch (thrown) {
			if (run === this.#run) this.#error = asApiError(thrown);
		} finally {
			if (run === this.#run) this.#loading = false;
		}
	}
}
