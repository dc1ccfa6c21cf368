import { asApiError, type ApiError } from '../api/error.ts';
import type { Answer, PaperQuestion, QuestionFeedback } from '../api/types.ts';
import type { Bank } from '../trainer/bank.ts';
import type { QuestionFinding, QuestionText } from '../trainer/types.ts';
import { refused } from './findings.ts';

/** So long after the last letter the question is drawn anew. */
const PAUSE_MS = 500;

/** A question as a trainee gets it while it is being written, what is wrong with it, and how a try of it is judged. */
export class Preview {
	#bank: Bank;
	#item = $state.raw<PaperQuestion>();
	#findings = $state.raw<QuestionFinding[]>();
	#error = $state.raw<ApiError>();
	#answer = $state.raw<Answer>();
	#feedback = $state.raw<QuestionFeedback>();
	#busy = $state(false);
	#run = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(bank: Bank) {
		this.#bank = bank;
	}

	/** Undefined until there is something to draw. */
	get item(): PaperQuestion | undefined {
		return this.#item;
	}

	/** Undefined until the server has looked at it once. */
	get findings(): QuestionFinding[] | undefined {
		return this.#findings;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get answer(): Answer | undefined {
		return this.#answer;
	}

	get feedback(): QuestionFeedback | undefined {
		return this.#feedback;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** Draws this text when nothing else comes for a moment. Returns what stops it. */
	show(question: QuestionText, pause = PAUSE_MS): () => void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.draw(question), pause);
		return () => clearTimeout(this.#timer);
	}

	async draw(question: QuestionText): Promise<void> {
		const run = ++this.#run;
		if (!question.stem.trim()) {
			this.#item = undefined;
			this.#findings = undefined;
			this.again();
			return;
		}
		try {
			const { item, findings } = await this.#bank.preview(question);
			if (run !== this.#run) return;
			if (JSON.stringify(item) !== JSON.stringify(this.#item)) this.again();
			this.#item = item;
			this.#findings = findings;
			this.#error = undefined;
		} catch (thrown) {
			if (run !== this.#run) return;
			const error = asApiError(thrown);
			this.#error = error;
			const told = refused(error.problem.errors);
			if (told.length) this.#findings = told;
		}
	}

	choose(answer: Answer): void {
		this.#answer = answer;
	}

	/** Asks what a trainee would be told now. */
	async attempt(question: QuestionText): Promise<void> {
		if (this.#busy || !this.#answer) return;
		this.#busy = true;
		try {
			this.#feedback = (await this.#bank.attempt(question, this.#answer)).feedback;
			this.#error = undefined;
		} catch (thrown) {
			this.#error = asApiError(thrown);
		} finally {
			this.#busy = false;
		}
	}

	/** Takes the try back. */
	again(): void {
		this.#answer = undefined;
		this.#feedback = undefined;
	}
}
