import { SvelteMap } from 'svelte/reactivity';
import { Paged } from '../paged.svelte.ts';
import { Resource } from '../resource.svelte.ts';
import type { Enrolment, MembersQuery, RosterPage } from './api.ts';

/** How many are read for a first look. */
const FIRST = 100;
/** The most that the server gives at once. */
const MOST = 1000;
const TYPING_MS = 300;

/** A cohort's people, read as far as somebody looks or searches; some are chosen, by hand or all that are found. */
export class Roster {
	/** Those whom the search finds. */
	readonly pages: Resource<Paged<Enrolment>>;
	#text = $state('');
	#typing: ReturnType<typeof setTimeout> | undefined;
	#whole = $state(0);
	#chosen = new SvelteMap<string, Enrolment>();
	#choosing = $state(false);

	constructor(read: (query: MembersQuery) => Promise<RosterPage>) {
		this.pages = new Resource(async () => {
			const q = this.#text.trim();
			const pages = paged((query) => read({ ...(q ? { q } : {}), ...query }));
			await pages.ensure(FIRST);
			if (pages.error) throw pages.error;
			if (!q) this.#whole = pages.total ?? 0;
			return pages;
		});
	}

	get text(): string {
		return this.#text;
	}

	/** Finds a name or user name, once nobody types any more; who is chosen stays chosen. */
	set text(text: string) {
		this.#text = text;
		clearTimeout(this.#typing);
		this.#typing = setTimeout(() => void this.pages.load(), TYPING_MS);
	}

	/** How many there are without a search. */
	get whole(): number {
		return this.#whole;
	}

	get chosen(): Enrolment[] {
		return [...this.#chosen.values()];
	}

	get size(): number {
		return this.#chosen.size;
	}

	/** Whether all that are found are chosen; `some`: not all of them, but at least one. */
	get state(): 'all' | 'some' | 'none' {
		const n = this.pages.data?.rows.filter(({ user }) => this.#chosen.has(user)).length ?? 0;
		if (n === 0) return 'none';
		return n === this.pages.data?.total ? 'all' : 'some';
	}

	/** Whether all that are found are being read, to be chosen. */
	get choosing(): boolean {
		return this.#choosing;
	}

	has(user: string): boolean {
		return this.#chosen.has(user);
	}

	toggle(person: Enrolment): void {
		if (!this.#chosen.delete(person.user)) this.#chosen.set(person.user, person);
	}

	/** Chooses all that are found, also those who are not read yet, or none of them where all are chosen. */
	async toggleFound(): Promise<void> {
		const pages = this.pages.data;
		if (!pages || this.#choosing) return;
		if (this.state === 'all') {
			for (const { user } of pages.rows) this.#chosen.delete(user);
			return;
		}
		this.#choosing = true;
		try {
			for (const person of await pages.all()) this.#chosen.set(person.user, person);
		} catch {
			// It stands in the pages' error: the list shows it.
		} finally {
			this.#choosing = false;
		}
	}

	clear(): void {
		this.#chosen.clear();
	}

	/** Begins anew: something was done with the people. */
	reload(): Promise<void> {
		this.clear();
		this.#text = '';
		return this.pages.load();
	}
}

/** Members page by page, the pages as large as what is wanted. */
export function paged(read: (query: MembersQuery) => Promise<RosterPage>): Paged<Enrolment> {
	return new Paged((cursor, missing) => read({ limit: Math.min(Math.max(missing, FIRST), MOST), ...(cursor ? { cursor } : {}) }));
}
