import { asApiError, type ApiError } from '../api/error.ts';
import type { Library } from '../library/api.ts';
import type { DraftQuestion } from '../library/types.ts';
import type { BankQuestion, QuestionText } from '../trainer/types.ts';

/** What was decided last. */
export type Decision =
	| { kind: 'accepted' | 'edited'; draft: DraftQuestion; at: number; question: BankQuestion }
	| { kind: 'rejected'; draft: DraftQuestion; at: number }
	| { kind: 'undone'; draft: DraftQuestion; was: 'accepted' | 'edited' | 'rejected' };

type Calls = Pick<Library, 'drafts' | 'accept' | 'reject' | 'reopen'>;

/** The drafts of a section, one at a time, in the order of the text. */
export class DraftQueue {
	#library: Calls;
	#document: string;
	#drafts = $state.raw<DraftQuestion[]>();
	#at = $state(0);
	#error = $state.raw<ApiError>();
	#loadError = $state.raw<ApiError>();
	#busy = $state(false);
	#last = $state.raw<Decision>();
	#section = '';
	/** What the page does after the bank has changed. */
	onchange: () => void = () => undefined;
	/** What the page adds to a draft that is taken as it is. */
	give: (question: QuestionText) => QuestionText = (question) => question;

	constructor(library: Calls, document: string) {
		this.#library = library;
		this.#document = document;
	}

	/** Undefined until they are there. */
	get drafts(): DraftQuestion[] | undefined {
		return this.#drafts;
	}

	/** The place of the draft that is shown, from 0. */
	get at(): number {
		return this.#at;
	}

	get current(): DraftQuestion | undefined {
		return this.#drafts?.[this.#at];
	}

	/** Of the last decision. */
	get error(): ApiError | undefined {
		return this.#error;
	}

	get loadError(): ApiError | undefined {
		return this.#loadError;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get last(): Decision | undefined {
		return this.#last;
	}

	/** Whether the last decision can be taken back. */
	get undoable(): boolean {
		return this.#last !== undefined && this.#last.kind !== 'undone';
	}

	async load(section: string): Promise<void> {
		this.#section = section;
		this.#drafts = undefined;
		this.#at = 0;
		this.#error = undefined;
		this.#loadError = undefined;
		this.#last = undefined;
		try {
			const drafts = await this.#library.drafts(this.#document, section);
			if (section === this.#section) this.#drafts = drafts;
		} catch (thrown) {
			if (section === this.#section) this.#loadError = asApiError(thrown);
		}
	}

	next(): void {
		this.#at = Math.min(this.#at + 1, Math.max(0, (this.#drafts?.length ?? 0) - 1));
	}

	previous(): void {
		this.#at = Math.max(0, this.#at - 1);
	}

	/** Shows the first draft on a passage; false where there is none. */
	show(passage: number): boolean {
		const at = this.#drafts?.findIndex((draft) => passageOf(draft) === passage) ?? -1;
		if (at >= 0 && (this.current === undefined || passageOf(this.current) !== passage)) this.#at = at;
		return at >= 0;
	}

	/** Takes the draft into the bank as it is; true when it is there. */
	async accept(): Promise<boolean> {
		return this.#decide((draft) => this.take(draft));
	}

	/** Takes a draft into the bank, as the trainer wrote it anew; throws where that fails. */
	async take(draft: DraftQuestion, edited?: { question: QuestionText; tags: string[] }): Promise<void> {
		const question = await this.#library.accept(draft.id, edited ?? { question: this.give(draft.question), tags: [] });
		this.#last = { kind: edited ? 'edited' : 'accepted', draft, at: this.#leave(draft), question };
		this.onchange();
	}

	/** Leaves the draft: it is proposed no more. */
	async reject(reason = ''): Promise<boolean> {
		return this.#decide(async (draft) => {
			await this.#library.reject(draft.id, reason);
			this.#last = { kind: 'rejected', draft, at: this.#leave(draft) };
		});
	}

	/** Takes the last decision back: the draft is here again, and the question that it became is gone. */
	async undo(): Promise<void> {
		const last = this.#last;
		if (!last || last.kind === 'undone') return;
		const { draft, at, kind } = last;
		await this.#do(async () => {
			await this.#library.reopen(draft.id);
			if (this.#section === '' || this.#section === draft.question.anchors?.[0]?.section) {
				const drafts = this.#drafts ?? [];
				this.#drafts = [...drafts.slice(0, at), draft, ...drafts.slice(at)];
				this.#at = at;
			}
			this.#last = { kind: 'undone', draft, was: kind };
			if (kind !== 'rejected') this.onchange();
		});
	}

	async #decide(decision: (draft: DraftQuestion) => Promise<void>): Promise<boolean> {
		const draft = this.current;
		if (!draft) return false;
		const done = await this.#do(() => decision(draft));
		if (!done && (this.#error?.code === 'decided' || this.#error?.code === 'not_found')) this.#leave(draft);
		return done;
	}

	/** One deed after the other; true when it is done. */
	async #do(deed: () => Promise<void>): Promise<boolean> {
		if (this.#busy) return false;
		this.#busy = true;
		this.#error = undefined;
		try {
			await deed();
			return true;
		} catch (thrown) {
			this.#error = asApiError(thrown);
			return false;
		} finally {
			this.#busy = false;
		}
	}

	/** Takes a draft out of the queue, and gives the place where it was. */
	#leave(draft: DraftQuestion): number {
		const drafts = this.#drafts ?? [];
		const place = drafts.findIndex(({ id }) => id === draft.id);
		this.#drafts = drafts.filter(({ id }) => id !== draft.id);
		this.#at = Math.max(0, Math.min(this.#at, this.#drafts.length - 1));
		return Math.max(0, place);
	}
}

/** The passage that a draft rests on. */
export function passageOf({ question }: DraftQuestion): number {
	return question.anchors?.[0]?.paragraph ?? 0;
}
