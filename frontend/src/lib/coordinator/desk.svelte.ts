import { createContext } from 'svelte';
import type { App } from '../app.svelte.ts';
import { coordinatorCatalogue, type CoordinatorMessages } from '../messages/coordinator.ts';
import { Resource } from '../resource.svelte.ts';
import { CohortApi } from './api.ts';
import { shortDate } from './dates.ts';
import { daysUntil } from '../format.ts';
import { cohortHref, filterOfNeed, keyOf, type Filter } from './filter.ts';
import { needOf, nextRemedy } from './needs.ts';
import { PeopleList } from './people.svelte.ts';
import type { Cohort, Need, Person, Readiness, Spared, Standing } from './types.ts';

/** Whom an action is for: the people of a filter, or one. */
export type Audience = { filter: Filter } | { person: Person };

/** An action that somebody is about to do. */
export type Deed =
	| {
			kind: 'refresher';
			audience: Audience;
			module?: string | undefined;
			lesson?: string | undefined;
			/** Nobody is chosen yet: the lesson comes first, then whom of the audience it would help. */
			choose?: boolean;
	  }
	| { kind: 'extension'; audience: Audience }
	| { kind: 'message'; audience: Audience; draft?: { subject: string; body: string } | undefined; /** Key of the need. */ about?: string };

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
	#spared = $state.raw<Spared[]>([]);
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

	/** And for whom not, because something stands already. */
	get spared(): Spared[] {
		return this.#spared;
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
		this.clear();
	}

	/** Begins what helps now with a need. */
	help(need: Need): void {
		const audience = { filter: filterOfNeed(need) };
		const kind = nextRemedy(need);
		if (kind === 'refresher') this.begin({ kind, audience, module: need.module, lesson: need.lesson });
		else if (kind === 'extension') this.begin({ kind, audience });
		else if (kind === 'message') this.begin({ kind, audience, draft: this.m.draft[need.code], about: need.key });
	}

	/** Begins a refresher for the people of a filter. Where it speaks of no lesson and no need, nobody is chosen yet. */
	askRefresher(filter: Filter): void {
		const about = this.lessonOf(filter);
		this.begin({ kind: 'refresher', audience: { filter }, ...about, choose: !about.lesson && !filter.need });
	}

	close(): void {
		this.#deed = undefined;
	}

	/** Says what was done and for whom not, and reads again what it changed. */
	finish(text: string, spared: Spared[] = []): void {
		this.#deed = undefined;
		this.say(text);
		this.#spared = spared;
		this.#changes++;
		void this.refresh();
	}

	say(text: string): void {
		this.#done = text;
		this.#spared = [];
	}

	clear(): void {
		this.say('');
	}

	async refresh(): Promise<void> {
		this.#read();
		await Promise.all([this.readiness.load(), this.cohort.load()]);
	}

	/** Everybody whom an action is for. */
	async everybody(audience: Audience): Promise<Person[]> {
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
		const thing = this.#thing(filter);
		if (filter.need) parts.push([words.need[filter.need] ?? filter.need, thing].filter(Boolean).join(': '));
		else if (thing || filter.state) parts.push((words.state[filter.state ?? 'not_held'] ?? String)(thing || words.everyModule));
		if (filter.question) parts.push(words.chose(this.choiceText(filter.question, filter.choice)));
		if (filter.late_on) parts.push(words.late(f.date(filter.late_on)));
		if (filter.q) parts.push(words.named(filter.q));
		return f.list(parts);
	}

	/** "today", or "on 20 Nov". */
	when(iso: string): string {
		return daysUntil(iso) === 0 ? this.m.todayWord : this.m.onDay(this.#day(iso));
	}

	#day(iso: string): string {
		return shortDate(this.#app.m.locale, iso);
	}

	/** What was done for a person and stands, in a few words each. */
	aidOf({ aid }: Pick<Person, 'aid'>): string[] {
		const [written] = aid.written;
		const due = aid.refreshers.map(({ due_on }) => due_on).toSorted()[0];
		const until = aid.extensions.map(({ due_on }) => due_on).toSorted()[0];
		return [
			due ? this.m.aidRefresher(aid.refreshers.length, this.#day(due)) : '',
			until ? this.m.aidExtension(this.#day(until)) : '',
			written ? this.m.aidWritten(this.when(written.at)) : ''
		].filter(Boolean);
	}

	/** What a filter is about: an outcome, a lesson or a module. */
	#thing({ outcome, module, lesson }: Filter): string {
		if (outcome) return this.outcomeText(outcome);
		const taught = lesson ? this.readiness.data?.outcomes.find((one) => one.module === module && one.lesson === lesson) : undefined;
		return taught ? taught.lesson_title : module ? this.moduleTitle(module) : '';
	}

	/** The lesson that a filter speaks of: its own, that of its need, of its outcome or of its choice. */
	lessonOf(filter: Filter): { module?: string | undefined; lesson?: string | undefined } {
		const need = needOf(this.readiness.data?.needs ?? [], filter);
		if (filter.lesson || need?.lesson) return { module: filter.module ?? need?.module, lesson: filter.lesson ?? need?.lesson };
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
