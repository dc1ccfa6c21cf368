import { SvelteSet } from 'svelte/reactivity';
import type { Person } from './api.ts';

/** People to choose from: by name, by hand, or all that are shown. */
export class Selection {
	readonly people: Person[];
	#chosen = new SvelteSet<string>();
	#text = $state('');

	constructor(people: Person[]) {
		this.people = people;
	}

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
	}

	/** Those whose name or user name has the text in it. */
	get found(): Person[] {
		const wanted = fold(this.#text.trim());
		return wanted ? this.people.filter(({ name, username }) => fold(name).includes(wanted) || fold(username).includes(wanted)) : this.people;
	}

	get chosen(): Person[] {
		return this.people.filter(({ user }) => this.#chosen.has(user));
	}

	get size(): number {
		return this.#chosen.size;
	}

	/** Whether all that are shown are chosen; `some`: not all of them, but at least one. */
	get state(): 'all' | 'some' | 'none' {
		const found = this.found;
		const n = found.filter(({ user }) => this.#chosen.has(user)).length;
		if (n === 0) return 'none';
		return n === found.length ? 'all' : 'some';
	}

	has(user: string): boolean {
		return this.#chosen.has(user);
	}

	toggle(user: string): void {
		if (!this.#chosen.delete(user)) this.#chosen.add(user);
	}

	/** Chooses all that are shown, or none of them where all are chosen. */
	toggleFound(): void {
		const all = this.state === 'all';
		for (const { user } of this.found) {
			if (all) this.#chosen.delete(user);
			else this.#chosen.add(user);
		}
	}

	clear(): void {
		this.#chosen.clear();
	}
}

/** "Amélie" is found by "amelie". */
function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
