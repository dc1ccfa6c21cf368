import { SvelteSet } from 'svelte/reactivity';
import { Resource } from '../resource.svelte.ts';
import type { Audience, Desk } from './desk.svelte.ts';
import type { Person } from './types.ts';

/** The people whom an action is for: all of an audience, but those who were left out by hand. */
export class Recipients {
	readonly all: Resource<Pick<Person, 'user' | 'name'>[]>;
	#left = new SvelteSet<string>();

	constructor(desk: Pick<Desk, 'everybody'>, audience: Audience) {
		this.all = new Resource(() => desk.everybody(audience));
	}

	/** Ids; undefined while they are not known. */
	get users(): string[] | undefined {
		return this.all.data?.map(({ user }) => user).filter((user) => !this.#left.has(user));
	}

	has(user: string): boolean {
		return !this.#left.has(user);
	}

	toggle(user: string): void {
		if (!this.#left.delete(user)) this.#left.add(user);
	}
}
