import { SvelteSet } from 'svelte/reactivity';
import { Resource } from '../resource.svelte.ts';
import type { Audience, Desk } from './desk.svelte.ts';
import type { Person } from './types.ts';

type Options = {
	/** Nobody is chosen at first. */
	nobody?: boolean;
	/** What stands for a person already, in words; they are not chosen at first. */
	stands?: (person: Person) => string | undefined;
	/** Whoever has it already cannot be chosen. */
	once?: boolean;
};

/** The people whom an action is for: of an audience those for whom nothing stands, as changed by hand. */
export class Recipients {
	readonly all: Resource<Person[]>;
	readonly once: boolean;
	#nobody = $state(false);
	#stands: (person: Person) => string | undefined;
	#changed = new SvelteSet<string>();

	constructor(desk: Pick<Desk, 'everybody'>, audience: Audience, { nobody = false, stands = () => undefined, once = false }: Options = {}) {
		this.all = new Resource(() => desk.everybody(audience));
		this.#nobody = nobody;
		this.#stands = stands;
		this.once = once;
	}

	/** Those for whom nothing stands; undefined while they are not known. */
	get free(): Person[] | undefined {
		return this.all.data?.filter((person) => this.#stands(person) === undefined);
	}

	/** The others, with what stands. */
	get asked(): { person: Person; what: string }[] {
		return (this.all.data ?? []).flatMap((person) => {
			const what = this.#stands(person);
			return what === undefined ? [] : [{ person, what }];
		});
	}

	/** Those who are chosen; undefined while they are not known. */
	get chosen(): Person[] | undefined {
		return this.all.data?.filter((person) => this.has(person));
	}

	/** Their ids. */
	get users(): string[] | undefined {
		return this.chosen?.map(({ user }) => user);
	}

	has(person: Person): boolean {
		const stands = this.#stands(person) !== undefined;
		if (stands && this.once) return false;
		return (!stands && !this.#nobody) !== this.#changed.has(person.user);
	}

	toggle({ user }: Person): void {
		if (!this.#changed.delete(user)) this.#changed.add(user);
	}

	/** Chooses all for whom nothing stands, or nobody. */
	choose(everybody: boolean): void {
		this.#nobody = !everybody;
		this.#changed.clear();
	}
}
