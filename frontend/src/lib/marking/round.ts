import type { Essays } from './api.ts';
import type { Essay, EssayItem } from './types.ts';

/** How many of those that wait are looked at for one that was not skipped. */
const MOST = 200;

/** A trainer's way through the queue: what was skipped does not come back at once. */
export class Round {
	readonly #essays: Pick<Essays, 'list'>;
	readonly #skipped = new Set<string>();

	constructor(essays: Pick<Essays, 'list'>) {
		this.#essays = essays;
	}

	skip(id: string): void {
		this.#skipped.add(id);
	}

	/** What comes after an answer: what the server names; where that was skipped, another of the same question, else of the same quiz. */
	async after({ id, next, quiz, question }: Pick<Essay, 'id' | 'next' | 'quiz' | 'question'>): Promise<string | undefined> {
		if (!next || !this.#skipped.has(next)) return next;
		const { items } = await this.#essays.list({ state: 'waiting', quiz }, undefined, MOST);
		const left = items.filter((one) => one.id !== id && !this.#skipped.has(one.id));
		const same = (one: EssayItem) => one.question === question;
		return (left.find(same) ?? left[0])?.id;
	}
}
