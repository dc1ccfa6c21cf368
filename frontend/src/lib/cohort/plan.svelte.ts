import type { AssignmentChoice, Task } from './api.ts';
import { isDate } from './dates.ts';

/** A thing that can be asked of a cohort, whether it is, and until when. */
export type Row = Task & {
	chosen: boolean;
	due: string;
	/** It has a date of its own, and does not follow the one for all. */
	own: boolean;
	/** When it was due before somebody began to change it: a date that stands already may be over. */
	before?: string | undefined;
};

/** What is wrong with a row's date. */
export type DateTrouble = 'missing' | 'past';

/** What a cohort must finish, while somebody decides on it. One date holds for all, until a row is given its own. */
export class Plan {
	#rows = $state<Row[]>([]);
	#all = $state('');

	/** Without assignments: a new cohort, for which what is mandatory is proposed. */
	constructor(tasks: Task[], due: string, assigned?: AssignmentChoice[]) {
		this.#all = due;
		this.#rows = tasks.map((task) => {
			const before = assigned?.find((one) => isSame(one, task))?.due_on;
			const chosen = assigned ? before !== undefined : task.mandatory;
			return { ...task, chosen, before, due: before ?? due, own: before !== undefined && before !== due };
		});
	}

	/** All that could be asked. */
	get rows(): Row[] {
		return this.#rows;
	}

	/** The date for all. */
	get all(): string {
		return this.#all;
	}

	get chosen(): Row[] {
		return this.#rows.filter(({ chosen }) => chosen);
	}

	toggle(row: Row): void {
		const found = this.#find(row);
		if (found) found.chosen = !found.chosen;
	}

	/** A date for all rows; by hand it also replaces those that rows have of their own. */
	setAll(due: string, byHand = true): void {
		this.#all = due;
		for (const row of this.#rows) {
			if (byHand) row.own = false;
			if (!row.own) row.due = due;
		}
	}

	setDue(row: Row, due: string): void {
		const found = this.#find(row);
		if (!found) return;
		found.due = due;
		found.own = true;
	}

	trouble(row: Row, today: string): DateTrouble | undefined {
		if (!row.chosen) return undefined;
		if (!isDate(row.due)) return 'missing';
		return row.due < today && row.due !== row.before ? 'past' : undefined;
	}

	/** What is wrong with the date for all, as far as something follows it. */
	troubleForAll(today: string): DateTrouble | undefined {
		return this.chosen.filter(({ own }) => !own).map((row) => this.trouble(row, today)).find(Boolean);
	}

	sound(today: string): boolean {
		return this.#rows.every((row) => !this.trouble(row, today));
	}

	/** How many due dates are after a day. */
	after(day: string): number {
		return isDate(day) ? this.chosen.filter(({ due }) => isDate(due) && due > day).length : 0;
	}

	get choices(): AssignmentChoice[] {
		return this.chosen.map(({ kind, slug, due }) => ({ kind, slug, due_on: due }));
	}

	#find(row: Row): Row | undefined {
		return this.#rows.find((one) => isSame(one, row));
	}
}

function isSame(a: Pick<Task, 'kind' | 'slug'>, b: Pick<Task, 'kind' | 'slug'>): boolean {
	return a.kind === b.kind && a.slug === b.slug;
}
