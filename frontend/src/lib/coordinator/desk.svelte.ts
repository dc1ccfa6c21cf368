import { createContext } from 'svelte';
import type { App } from '../app.svelte.ts';
import { coordinatorCatalogue, type CoordinatorMessages } from '../messages/coordinator.ts';
import { Resource } from '../resource.svelte.ts';
import { CohortApi } from './api.ts';
import { cohortHref, keyOf, type Filter } from './filter.ts';
import { PeopleList } from './people.svelte.ts';
import type { Cohort, Person, Readiness, Standing } from './types.ts';

/** Whom an action is for: the people of a filter, or one. */
export type Audience = { filter: Filter; count: number } | { person: Pick<Person, 'user' | 'name'> };

/** An action that somebody is about to do. */
export type Deed =
	| { kind: 'refresher'; audience: Audience; module?: string | undefined; lesson?: string | undefined }
	| { kind: 'extension'; audience: Audience; slug?: string | undefined }
	| { kind: 'message'; audience: Audience; draft?: { subject: string; body: string } | undefined };

/** What the parts of a cohort's page share: the figures, the shown list, the action under way and what was done. */
export class Desk {
	readonly api: CohortApi;
	readonly cohort: Resource<Cohort>;
	readonly readiness: Resource<Readiness>;
	readonly #app: App;
	#filter = $state.raw<Filter>({});
	#list = $state.raw<PeopleList>();
	#deed = $state.raw<Deed>();
	#done = $state('');
	#changes = $state(0);

	constructor(app: App, cohort: string) {
		this.#app = app;
		this.api = new CohortApi(app.api, cohort);
		this.cohort = new Resource(() => this.api.detail());
		this.readiness = new Resource(() => this.api.readiness());
	}

	get m(): CoordinatorMessages {
		return coordinatorCatalogue(this.#app.m.locale);
	}

	get filter(): Filter {
		return this.#filter;
	}

	get list(): PeopleList | undefined {
		return this.#list;
	}

	/** What is being done; undefined when no dialog is open. */
	get deed(): Deed | undefined {
		return this.#deed;
	}

	/** What was just done, in a sentence; '' when there is nothing to say. */
	get done(): string {
		return this.#done;
	}

	/** Counts what was done: who shows something that an action changes reads it again. */
	get changes(): number {
		return this.#changes;
	}

	/** Shows the people of a filter; nothing happens where they are shown already. */
	show(filter: Filter): void {
		if (this.#list && keyOf(filter) === keyOf(this.#filter)) return;
		this.#filter = filter;
		this.#read();
	}

	begin(deed: Deed): void {
		this.#deed = deed;
		this.#done = '';
	}

	close(): void {
		this.#deed = undefined;
	}

	/** Says what was done and reads again what it changed. */
	finish(text: string): void {
		this.#deed = undefined;
		this.#done = text;
		this.#changes++;
		void this.refresh();
	}

	say(text: string): void {
		this.#done = text;
	}

	clear(): void {
		this.#done = '';
	}

	async refresh(): Promise<void> {
		this.#read();
		await Promise.all([this.readiness.load(), this.cohort.load()]);
	}

	/** Everybody whom an action is for. */
	async everybody(audience: Audience): Promise<Pick<Person, 'user' | 'name'>[]> {
		if ('person' in audience) return [audience.person];
		const all: Person[] = [];
		let cursor: string | undefined;
		do {
			const page = await this.api.people(audience.filter, cursor);
			all.push(...page.items);
			cursor = page.next_cursor;
		} while (cursor);
		return all;
	}

	moduleTitle(slug: string | undefined): string {
		return this.readiness.data?.modules.find(({ module }) => module === slug)?.title ?? slug ?? '';
	}

	outcomeText(id: string | undefined): string {
		return this.readiness.data?.outcomes.find(({ outcome }) => outcome === id)?.text ?? id ?? '';
	}

	/** The people of a filter, in words; '' where nobody is left out. */
	describe(filter: Filter): string {
		const parts: string[] = [];
		const { f } = this.#app;
		const words = this.m.filter;
		if (filter.suspended) parts.push(words.suspended);
		if (filter.standing) parts.push(this.m.standing[filter.standing as Standing] ?? filter.standing);
		const thing = filter.outcome ? this.outcomeText(filter.outcome) : filter.module ? this.moduleTitle(filter.module) : '';
		if (filter.need) parts.push([words.need[filter.need] ?? filter.need, thing].filter(Boolean).join(': '));
		else if (thing || filter.state) parts.push((words.state[filter.state ?? 'not_held'] ?? String)(thing || words.everyModule));
		if (filter.question) parts.push(words.chose(this.choiceText(filter.question, filter.choice)));
		if (filter.q) parts.push(words.named(filter.q));
		return f.list(parts);
	}

	/** The lesson that a filter speaks of: that of its outcome or of its choice. */
	lessonOf(filter: Filter): { module?: string | undefined; lesson?: string | undefined } {
		const outcome = this.readiness.data?.outcomes.find((one) => one.outcome === filter.outcome);
		const worry = this.readiness.data?.worries.find((one) => one.question === filter.question);
		const found = outcome ?? worry;
		return found ? { module: found.module, lesson: found.lesson } : { module: filter.module };
	}

	choiceText(question: string, choice: string | undefined): string {
		const same = this.readiness.data?.worries.find((one) => one.question === question && (!choice || one.choice === choice));
		return same?.choice_text ?? question;
	}

	href(filter: Filter = this.#filter, user?: string): string {
		return cohortHref(this.api.cohort, filter, user);
	}

	#read(): void {
		const filter = this.#filter;
		this.#list = new PeopleList((cursor) => this.api.people(filter, cursor));
		void this.#list.ensure(1);
	}
}

export const [useDesk, provideDesk] = createContext<Desk>();
