import type { Person, Spared } from './types.ts';

/** A module or an exam, as the forms name it. */
export function thingKey({ kind, slug }: { kind: string; slug: string }): string {
	return `${kind} ${slug}`;
}

/** The open refresher of a lesson that a person has, if any. */
export function refresherOf({ aid }: Pick<Person, 'aid'>, module: string, lesson: string): Person['aid']['refreshers'][number] | undefined {
	return aid.refreshers.find((one) => one.module === module && one.lesson === lesson);
}

/** Until when a person has more time for each of some things; undefined where not for all of them. */
export function moreTimeUntil({ aid }: Pick<Person, 'aid'>, things: string[]): string | undefined {
	const dates = things.map((thing) => aid.extensions.find((one) => thingKey(one) === thing)?.due_on);
	if (dates.length === 0 || dates.some((date) => date === undefined)) return undefined;
	return dates.toSorted()[0];
}

/** What was left as it is, one line for all of whom the same is said. */
export function sparedLines(spared: Spared[]): { why: Spared['why']; title: string; due_on: string | undefined; names: string[] }[] {
	const lines = new Map<string, { why: Spared['why']; title: string; due_on: string | undefined; names: string[] }>();
	for (const { why, title = '', due_on, name } of spared) {
		const key = `${why} ${title} ${due_on ?? ''}`;
		const line = lines.get(key) ?? { why, title, due_on, names: [] };
		line.names.push(name);
		lines.set(key, line);
	}
	return [...lines.values()];
}

/** For how many of some people each thing is past its date. */
export function overdueThings(people: Pick<Person, 'reasons'>[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { reasons } of people) {
		for (const { overdue, exam, module } of reasons) {
			const slug = exam ?? module;
			if (!overdue || !slug) continue;
			const key = thingKey({ kind: exam ? 'exam' : 'module', slug });
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
	}
	return counts;
}
