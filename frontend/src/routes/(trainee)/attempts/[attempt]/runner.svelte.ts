import type { AttemptSession } from '#lib/attempt/session.svelte.ts';
import type { PaperQuestion } from '#lib/api/types.ts';

/** Where one stands on the paper. */
export class Position {
	#session: AttemptSession;
	#index = $state(0);

	/** Begins at the first question that is not fully answered: after a reload one goes on where one was. */
	constructor(session: AttemptSession) {
		this.#session = session;
		this.#index = Math.max(0, session.questions.findIndex((question) => session.fill(question) !== 'full'));
	}

	get index(): number {
		return this.#index;
	}

	get question(): PaperQuestion | undefined {
		return this.#session.questions[this.#index];
	}

	get last(): boolean {
		return this.#index >= this.#session.questions.length - 1;
	}

	go(index: number): void {
		void this.#session.settle();
		this.#index = Math.max(0, Math.min(this.#session.questions.length - 1, index));
	}
}

/** The minutes at which the time left is said aloud. */
const CALLS = [10, 5, 1];

/** Which call is due when the time left goes from `before` to `now` (milliseconds); undefined for none. */
export function callBetween(before: number | undefined, now: number | undefined): number | undefined {
	if (before === undefined || now === undefined) return undefined;
	return CALLS.find((minutes) => before > minutes * 60_000 && now <= minutes * 60_000 && now > (minutes - 1) * 60_000);
}

/** The row of options that a digit picks; Enter goes on unless it belongs to what has the focus. */
export function keyOf(event: KeyboardEvent): { digit: number } | 'next' | undefined {
	if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return undefined;
	const target = event.target instanceof HTMLElement ? event.target : undefined;
	if (event.key === 'Enter') return target?.closest('button, a, select, textarea, dialog, summary') ? undefined : 'next';
	const writes = target instanceof HTMLInputElement && target.type === 'text';
	if (writes || target?.closest('dialog, select, textarea')) return undefined;
	return /^[1-9]$/.test(event.key) ? { digit: Number(event.key) } : undefined;
}
