import { asApiError, type ApiError } from '../api/error.ts';
import type { Library } from '../library/api.ts';
import type { DraftQuestion } from '../library/types.ts';
import type { BankQuestion, QuestionText } from '../trainer/types.ts';

/** How long a rejection can be taken back: until then the server is not told. */
export const HOLD_MS = 8000;

/** What was decided last. */
export type Decision =
	| { kind: 'accepted' | 'edited'; draft: DraftQuestion; question: BankQuestion }
	| { kind: 'rejected'; draft: DraftQuestion }
	| { kind: 'undone'; draft: DraftQuestion; was: 'accepted' | 'rejected' };

type Calls = Pick<Library, 'drafts' | 'accept' | 'reject'>;
type Moves = { move(id: string, body: { state: 'retired'; version: string; note: string }): Promise<BankQuestion> };

/** The drafts of a section, one at a time, in the order of the text. */
export class DraftQueue {
	#library: Calls;
	#bank: Moves;
	#document: string;
	#drafts = $state.raw<DraftQuestion[]>();
	#at = $state(0);
	#error = $state.raw<ApiError>();
	#loadError = $state.raw<ApiError>();
	#busy = $state(false);
	#last = $state.raw<Decision>();
	#held: { draft: DraftQuestion; at: number; reason: string; timer: ReturnType<typeof setTimeout> } | undefined;
	#section = '';
	/** What the page does after the bank has changed. */
	onchange: () => void = () => undefined;

	constructor(library: Calls, bank: Moves, document: string) {
		this.#library = library;
		this.#bank = bank;
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
		return this.#last !== undefined && this.#last.kind !== 'undone' && (this.#last.kind !== 'rejected' || this.#held !== undefined);
	}

	async load(section: string): Promise<void> {
		await this.settle();
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
		const draft = this.current;
		if (!draft || this.#busy) return false;
		this.#busy = true;
		this.#error = undefined;
		try {
			await this.take(draft);
			return true;
		} catch (thrown) {
			this.#failed(draft, asApiError(thrown));
			return false;
		} finally {
			this.#busy = false;
		}
	}

	/** Takes a draft into the bank, as the trainer wrote it anew; throws where that fails. */
	async take(draft: DraftQuestion, edited?: { question: QuestionText; tags: string[] }): Promise<void> {
		await this.settle();
		const question = await this.#library.accept(draft.id, edited);
		this.#leave(draft);
		this.#last = { kind: edited ? 'edited' : 'accepted', draft, question };
		this.onchange();
	}

	/** Takes the draft out of the queue. The server is told when it can no longer be taken back. */
	async reject(reason = ''): Promise<void> {
		const draft = this.current;
		if (!draft || this.#busy) return;
		this.#error = undefined;
		void this.settle();
		const at = this.#at;
		this.#leave(draft);
		this.#held = { draft, at, reason, timer: setTimeout(() => void this.settle(), HOLD_MS) };
		this.#last = { kind: 'rejected', draft };
	}

	/** Takes the last decision back: a rejection is not sent, and a question that was accepted is retired. */
	async undo(): Promise<void> {
		const last = this.#last;
		if (!last || last.kind === 'undone' || this.#busy) return;
		if (last.kind === 'rejected') {
			if (!this.#held) return;
			const { draft, at, timer } = this.#held;
			clearTimeout(timer);
			this.#held = undefined;
			this.#drafts = [...(this.#drafts ?? []).slice(0, at), draft, ...(this.#drafts ?? []).slice(at)];
			this.#at = at;
			this.#last = { kind: 'undone', draft, was: 'rejected' };
			return;
		}
		this.#busy = true;
		this.#error = undefined;
		try {
			const { id, version } = last.question;
			await this.#bank.move(id, { state: 'retired', version, note: '' });
			this.#last = { kind: 'undone', draft: last.draft, was: 'accepted' };
			this.onchange();
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#busy = false;
		}
	}

	/** Tells the server of a rejection at once: another decision follows, or the page is left. */
	async settle(): Promise<void> {
		const held = this.#held;
		if (!held) return;
		clearTimeout(held.timer);
		this.#held = undefined;
		if (this.#last?.kind === 'rejected' && this.#last.draft === held.draft) this.#last = undefined;
		try {
			await this.#library.reject(held.draft.id, held.reason);
		} catch (thrown) {
			const error = asApiError(thrown);
			// Somebody else has decided meanwhile: it is out of the queue all the same.
			if (error.code === 'decided') return;
			this.#error = error;
			const here = held.draft.question.anchors?.[0]?.section === this.#section;
			if (here && this.#drafts) this.#drafts = [...this.#drafts.slice(0, held.at), held.draft, ...this.#drafts.slice(held.at)];
		}
	}

	#failed(draft: DraftQuestion, error: ApiError): void {
		this.#error = error;
		if (error.code === 'decided' || error.code === 'not_found') this.#leave(draft);
	}

	#leave(draft: DraftQuestion): void {
		const drafts = (this.#drafts ?? []).filter(({ id }) => id !== draft.id);
		this.#drafts = drafts;
		this.#at = Math.max(0, Math.min(this.#at, drafts.length - 1));
	}
}

/** The passage that a draft rests on. */
export function passageOf({ question }: DraftQuestion): number {
	return question.anchors?.[0]?.paragraph ?? 0;
}
