import { asApiError, type ApiError } from '../api/error.ts';
import type { BankItem, BankList } from './types.ts';

/** A list of questions, read page by page as far as somebody asks. */
export class QuestionList {
	readonly #read: (cursor: string | undefined) => Promise<BankList>;
	#items = $state.raw<BankItem[]>();
	#total = $state(0);
	#error = $state.raw<ApiError>();
	#loading = $state(false);
	#next = $state<string>();

	constructor(read: (cursor: string | undefined) => Promise<BankList>) {
		this.#read = read;
		void this.more();
	}

	/** Undefined until the first page is there. */
	get items(): BankItem[] | undefined {
		return this.#items;
	}

	/** How many fit in all. */
	get total(): number {
		return this.#total;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get loading(): boolean {
		return this.#loading;
	}

	get hasMore(): boolean {
		return this.#next !== undefined;
	}

	/** Reads the first page or the next one, and again after an error. */
	async more(): Promise<void> {
		if (this.#loading) return;
		this.#loading = true;
		try {
			const page = await this.#read(this.#next);
			this.#items = [...(this.#items ?? []), ...page.items];
			this.#total = page.total;
			this.#next = page.next || undefined;
			this.#error = undefined;
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#loading = false;
		}
	}
}
