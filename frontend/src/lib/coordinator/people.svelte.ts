import { Paged } from '../paged.svelte.ts';
import type { ModuleColumn, Person, PersonList } from './types.ts';

/** As many as the server gives at once. */
export const PAGE = 200;

/** People with where they stand in each module. */
export class PeopleList extends Paged<Person, PersonList> {
	/** What stands in each person's modules, in the same order. */
	get modules(): ModuleColumn[] {
		return this.page?.modules ?? [];
	}
}
