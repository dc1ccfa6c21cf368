import { SvelteMap } from 'svelte/reactivity';
import { bodyOf, type BankFilter } from './filter.ts';
import type { BankItem, QuestionFilter } from './types.ts';

/** As many as the server changes at once. */
export const MOST = 2000;

type Named = Pick<BankItem, 'id' | 'title' | 'stem'> & Partial<Pick<BankItem, 'state'>>;

/** As many as a quiz is begun with. */
const IN_A_QUIZ = 100;

/** The questions that are chosen: by hand, through every page and every filter, or all that fit one filter. */
export class Picked {
	#chosen = new SvelteMap<string, Named>();
	#all = $state.raw<{ filter: BankFilter; total: number }>();

	get size(): number {
		return this.#all?.total ?? this.#chosen.size;
	}

	/** All that fit the filter are chosen, also those that were not read. */
	get whole(): boolean {
		return this.#all !== undefined;
	}

	/** Whether a quiz can be begun with them: a few, each approved. */
	get askable(): boolean {
		const { size } = this.#chosen;
		return !this.#all && size > 0 && size <= IN_A_QUIZ && [...this.#chosen.values()].every(({ state }) => state === 'approved');
	}

	/** Those that were chosen by hand, in the order of the choice. */
	get ids(): string[] {
		return [...this.#chosen.keys()];
	}

	has(id: string): boolean {
		return this.#all !== undefined || this.#chosen.has(id);
	}

	/** What the question with this id is called, where it was seen. */
	named(id: string): Named | undefined {
		return this.#chosen.get(id);
	}

	/** Takes one in or out. Where all were chosen, those that are shown stay chosen without it. */
	toggle(item: Named, shown: readonly Named[]): void {
		if (this.#all) {
			this.#all = undefined;
			for (const one of shown) this.#chosen.set(one.id, one);
		}
		if (!this.#chosen.delete(item.id)) this.#chosen.set(item.id, item);
	}

	/** How many of those shown are chosen. */
	state(shown: readonly Named[]): 'all' | 'some' | 'none' {
		const n = shown.filter(({ id }) => this.has(id)).length;
		if (n === 0) return 'none';
		return n === shown.length ? 'all' : 'some';
	}

	/** All that are shown, or none of them where all are chosen. */
	toggleShown(shown: readonly Named[]): void {
		const all = this.state(shown) === 'all';
		this.#all = undefined;
		for (const one of shown) {
			if (all) this.#chosen.delete(one.id);
			else this.#chosen.set(one.id, one);
		}
	}

	/** All that fit, shown or not. `shown` lends its names to what is told afterwards. */
	takeAll(filter: BankFilter, total: number, shown: readonly Named[]): void {
		for (const one of shown) this.#chosen.set(one.id, one);
		this.#all = { filter, total };
	}

	clear(): void {
		this.#chosen.clear();
		this.#all = undefined;
	}

	/** Only these stay chosen. */
	keep(ids: readonly string[]): void {
		this.#all = undefined;
		for (const id of [...this.#chosen.keys()]) if (!ids.includes(id)) this.#chosen.delete(id);
		for (const id of ids) if (!this.#chosen.has(id)) this.#chosen.set(id, { id, title: id, stem: '' });
	}

	/** Whom the change is for, as the call takes it. */
	target(): { questions: string[] } | { filter: QuestionFilter } {
		return this.#all ? { filter: bodyOf(this.#all.filter) } : { questions: [...this.#chosen.keys()] };
	}
}
