import { ApiError } from '../api/error.ts';
import type { Essays } from './api.ts';
import type { Kept } from './kept.svelte.ts';
import { whole, type Points } from './points.ts';
import type { Essay, EssayMark } from './types.ts';

/** The sheet of who marks an answer: what it has, what is being given, and what others gave meanwhile. */
export class Sheet {
	points = $state<Points>([]);
	comment = $state('');
	reason = $state('');
	readonly #essays: Pick<Essays, 'read' | 'mark'>;
	readonly #kept: Kept;
	#answer: Essay;
	#begun = $state('');
	#again = $state(false);
	#theirs = $state.raw<EssayMark>();
	#changed = $state(false);
	#restored = $state(false);

	/** What was not saved the last time is taken up again. */
	constructor(essays: Pick<Essays, 'read' | 'mark'>, kept: Kept, answer: Essay, again = false) {
		this.#essays = essays;
		this.#kept = kept;
		this.#answer = $state.raw(answer);
		this.#again = again && answer.state === 'marked';
		this.#begin();
		const unsaved = kept.read(answer.rubric);
		if (!unsaved) return;
		this.comment = unsaved.comment;
		this.reason = unsaved.reason;
		const same = unsaved.of === answer.of;
		if (same) this.points = unsaved.points;
		if (!this.dirty) {
			kept.drop();
			return;
		}
		this.#restored = true;
		this.#again = answer.state === 'marked';
		this.#changed = !same;
		if (same && unsaved.marks < answer.marks.length) this.#theirs = answer.marks[0];
	}

	get answer(): Essay {
		return this.#answer;
	}

	/** The mark that counts; undefined while the answer waits. */
	get standing(): EssayMark | undefined {
		return this.#answer.state === 'marked' ? this.#answer.marks[0] : undefined;
	}

	/** Whether points are being given: for the first time, or again. */
	get open(): boolean {
		return this.#answer.state === 'waiting' || this.#again || this.#changed || this.#theirs !== undefined;
	}

	/** Who marks again says why. */
	get needsReason(): boolean {
		return this.#answer.marks.length > 0;
	}

	/** The mark of somebody else that came before this one was saved. */
	get theirs(): EssayMark | undefined {
		return this.#theirs;
	}

	/** Another text stands there than the one that was read: words that were kept on a device came late. Its points are to be given anew. */
	get changed(): boolean {
		return this.#changed;
	}

	get dirty(): boolean {
		return this.#written() !== this.#begun;
	}

	/** Whether points and words of the last visit were taken up. */
	get restored(): boolean {
		return this.#restored;
	}

	get kept(): boolean {
		return this.#kept.works;
	}

	/** Keeps on the device what is not saved. */
	keep(): void {
		if (this.dirty) this.#kept.keep({ points: $state.snapshot(this.points), comment: this.comment, reason: this.reason, of: this.#answer.of, marks: this.#known() });
		else this.#kept.drop();
	}

	/** Begins to mark again, from the mark that stands. */
	again(): void {
		this.#again = true;
		this.#begin();
	}

	/** Back to what the server has: nothing of this sheet stays. */
	discard(): void {
		this.#theirs = undefined;
		this.#changed = false;
		this.#again = false;
		this.#restored = false;
		this.#begin();
		this.#kept.drop();
	}

	/** Gives the mark. False where somebody else was faster: their mark then lies beside this one; and where the text is another by now. */
	async save(): Promise<boolean> {
		const points = whole(this.points);
		if (!points) return false;
		const { id, of } = this.#answer;
		const reason = this.reason.trim();
		try {
			const body = { points, of, marks: this.#answer.marks.length, comment: this.comment.trim(), ...(this.needsReason ? { reason } : {}) };
			this.#stand(await this.#essays.mark(id, body));
			return true;
		} catch (thrown) {
			if (!(thrown instanceof ApiError) || thrown.code !== 'marked_meanwhile') throw thrown;
			this.#answer = await this.#essays.read(id);
			this.#changed = this.#answer.of !== of;
			this.#theirs = this.#changed ? undefined : this.#answer.marks[0];
			if (this.#changed) this.points = this.points.map(() => undefined);
			return false;
		}
	}

	/** What is kept on the device still has to be compared with their mark, also after the page was left. */
	#known(): number {
		return this.#answer.marks.length - (this.#theirs ? 1 : 0);
	}

	#stand(answer: Essay): void {
		this.#answer = answer;
		this.discard();
	}

	#begin(): void {
		const from = this.#again ? this.standing : undefined;
		this.points = this.#answer.rubric.map((_, i) => from?.points[i]);
		this.comment = from?.comment ?? '';
		this.reason = '';
		this.#begun = this.#written();
	}

	#written(): string {
		return JSON.stringify([this.points.map((one) => one ?? null), this.comment.trim(), this.reason.trim()]);
	}
}
