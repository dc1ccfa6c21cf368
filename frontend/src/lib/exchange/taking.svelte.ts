import { asApiError, type ApiError } from '../api/error.ts';
import { download } from '../coordinator/download.ts';
import type { Taken } from './types.ts';

/** A file on its way to the browser: one at a time. */
export class Taking {
	#what = $state('');
	#name = $state('');
	#error = $state.raw<ApiError>();
	#give: (blob: Blob, name: string) => void;

	constructor(give: (blob: Blob, name: string) => void = download) {
		this.#give = give;
	}

	/** What is being fetched; '' while nothing is. */
	get what(): string {
		return this.#what;
	}

	/** Of the file that was last handed over. */
	get name(): string {
		return this.#name;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	async take(what: string, fetched: () => Promise<Taken>): Promise<void> {
		if (this.#what) return;
		this.#what = what;
		this.#name = '';
		this.#error = undefined;
		try {
			const { blob, name } = await fetched();
			this.#give(blob, name);
			this.#name = name;
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#what = '';
		}
	}

	/** What was said no longer fits what is chosen. */
	forget(): void {
		this.#name = '';
		this.#error = undefined;
	}
}
