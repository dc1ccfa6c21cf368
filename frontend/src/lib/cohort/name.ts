import type { CohortMessages } from '../messages/cohort.ts';

/** What is wrong with a cohort's name, in words; false where nothing is. */
export function nameTrouble(m: CohortMessages['form'], name: string): string | false {
	const length = [...name.trim()].length;
	if (length === 0) return m.needName;
	return length > 120 && m.longName;
}
