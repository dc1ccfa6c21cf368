import { createContext } from 'svelte';
import type { Essays } from './api.ts';

/** How many answers wait for a mark: the number beside the place. Whoever has read the queue says it anew. */
export class Waiting {
	#count = $state<number>();

	/** Undefined until somebody knows. */
	get count(): number | undefined {
		return this.#count;
	}

	set count(count: number | undefined) {
		this.#count = count;
	}

	/** One of them has its mark. */
	less(): void {
		if (this.#count) this.#count--;
	}

	/** Asks the server; where it does not answer there is no number. */
	async read(essays: Pick<Essays, 'list'>): Promise<void> {
		try {
			this.#count = (await essays.list({ state: 'waiting', quiz: '' }, undefined, 1)).waiting;
		} catch {
			// The page that is open says what is wrong.
		}
	}
}

/** `useWaiting()` at a component's start; `provideWaiting(waiting)` in the trainer's layout. */
export const [useWaiting, provideWaiting] = createContext<Waiting>();
