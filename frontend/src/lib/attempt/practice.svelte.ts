import { onDestroy } from 'svelte';
import { asApiError, take, type ApiError } from '#lib/api/error.ts';
import { useApp, type App } from '#lib/app.svelte.ts';
import type { Answer, PaperQuestion, QuestionFeedback, Result } from '#lib/api/types.ts';
import { fillOf } from './answer.ts';
import { openAttempt } from './open.ts';
import type { AttemptSession } from './session.svelte.ts';

/** The practice of a lesson: answer, check, see why, try again; finished when enough is right. */
export class PracticeSession {
	#app: App;
	#quiz: string;
	#session = $state.raw<AttemptSession>();
	#stop: (() => void) | undefined;
	#error = $state.raw<ApiError>();
	/** What is chosen and not yet checked. */
	#drafts = $state.raw<Record<string, Answer>>({});
	#trying = $state.raw<Record<string, boolean>>({});
	#last = $state('');
	#result = $state.raw<Result>();
	#closed = false;

	constructor(app: App, quiz: string) {
		this.#app = app;
		this.#quiz = quiz;
	}

	get questionIds(): string[] {
		return this.#questions.map(({ id }) => id);
	}

	get error(): ApiError | undefined {
		return this.#session ? undefined : this.#error;
	}

	get passMark(): number {
		return this.#session?.attempt?.quiz.pass_mark ?? 0;
	}

	/** The device could not write the last answer down. */
	get unwritten(): boolean {
		return this.#session?.unwritten ?? false;
	}

	/** How many questions were checked, and how many there are. */
	get checked(): number {
		return this.#questions.filter(({ id }) => this.#session?.feedback(id)).length;
	}

	/** The share of the points so far, over all questions. */
	get share(): number {
		const fractions = this.#questions.map(({ id }) => this.#session?.feedback(id)?.fraction ?? 0);
		return fractions.length ? fractions.reduce((sum, one) => sum + one, 0) / fractions.length : 0;
	}

	/** Answers that a person marks once the practice is handed in. */
	get awaiting(): number {
		return this.#questions.filter(({ id }) => this.#session?.feedback(id)?.awaiting).length;
	}

	/** Everything is checked and right enough, or may be so once it is marked. */
	get ready(): boolean {
		const critical = this.#questions.some(({ id }) => this.#session?.feedback(id)?.critical_failure);
		const within = this.share + this.awaiting / Math.max(1, this.#questions.length);
		return this.checked === this.#questions.length && !critical && within >= this.passMark - 1e-9;
	}

	get finished(): boolean {
		return this.#session !== undefined && this.#session.phase !== 'open' && this.#session.phase !== 'loading';
	}

	/** There once the server has graded. */
	get result(): Result | undefined {
		return this.#result;
	}

	/** The question under which the way to the end is drawn: the last one that was checked. */
	get finishAt(): string {
		return this.#last || (this.questionIds.at(-1) ?? '');
	}

	get #questions(): PaperQuestion[] {
		return this.#session?.questions ?? [];
	}

	question(id: string): PaperQuestion | undefined {
		return this.#questions.find((question) => question.id === id);
	}

	answer(id: string): Answer | undefined {
		return this.#drafts[id] ?? (this.#trying[id] ? undefined : this.#session?.answer(id));
	}

	/** Shown until the question is tried again. */
	feedback(id: string): QuestionFeedback | undefined {
		return this.#trying[id] ? undefined : this.#session?.feedback(id);
	}

	/** Checked, and the server has not said yet what it thinks of it. */
	waiting(id: string): boolean {
		return !this.#trying[id] && !this.#drafts[id] && this.#session?.answer(id) !== undefined && !this.#session.feedback(id);
	}

	choose(id: string, answer: Answer): void {
		this.#drafts = { ...this.#drafts, [id]: answer };
		// A text is work: it must not go with the page.
		if (answer.text !== undefined) void this.#session?.draft(id, answer);
	}

	/** Gives the answer; false when there is none to give. */
	async check(id: string): Promise<boolean> {
		const question = this.question(id);
		const answer = this.answer(id);
		if (!question || !answer || !this.#session || fillOf(question, answer) === 'empty') return false;
		// The very same answer again is an answer too: its feedback is shown again.
		await this.#session.choose(id, answer);
		if (this.#session.unwritten) return true;
		this.#trying = { ...this.#trying, [id]: false };
		this.#drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([key]) => key !== id));
		this.#last = id;
		return true;
	}

	again(id: string): void {
		const before = this.#session?.answer(id);
		this.#trying = { ...this.#trying, [id]: true };
		// Choosing anew begins from nothing; what was typed or put in order can be mended.
		if (before && (before.order || before.pairs || before.blanks || before.text || typeof before.value === 'number')) this.choose(id, before);
	}

	async finish(): Promise<void> {
		await this.#session?.submit();
	}

	/** Reads the grade once the server has the end. */
	async readResult(): Promise<void> {
		const session = this.#session;
		if (!session?.closed || this.#result) return;
		const path = { attempt: session.id };
		const result = await take(this.#app.api.GET('/attempts/{attempt}/result', { params: { path } })).catch(() => undefined);
		if (result && session === this.#session) this.#result = result;
	}

	/** A new round with the same questions. */
	restart(): void {
		this.#stop?.();
		this.#stop = this.#session = this.#result = undefined;
		this.#drafts = {};
		this.#trying = {};
		this.#last = '';
		void this.load();
	}

	retry(): void {
		this.#error = undefined;
		void this.load();
	}

	/** The open round, a new one, or without a link the one that is kept on this device. */
	async load(): Promise<void> {
		if (!this.#quiz || this.#session) return;
		try {
			const { session, load } = await openAttempt(this.#app, this.#quiz);
			if (this.#closed) return;
			this.#stop = session.start(load);
			const drafts = await session.drafts();
			if (this.#closed) return this.#stop();
			// What was being written is gone on with, also where it was checked once before.
			this.#drafts = drafts;
			this.#trying = Object.fromEntries(Object.keys(drafts).map((id) => [id, true]));
			this.#session = session;
			this.#error = undefined;
		} catch (thrown) {
			this.#error = asApiError(thrown);
		}
	}

	/** Inside an effect: reads the result when the end was taken, also by another tab, and again when the link is back. */
	watch(): void {
		if (this.#session?.closed && !this.#result && this.#app.network.online) void this.readResult();
	}

	close(): void {
		this.#closed = true;
		this.#stop?.();
	}
}

/** Opens the practice of a lesson; to be called at a component's start, ends with it. */
export function openPractice(quizId: string): PracticeSession {
	const practice = new PracticeSession(useApp(), quizId);
	void practice.load();
	$effect(() => practice.watch());
	onDestroy(() => practice.close());
	return practice;
}
