import type { AssignmentChoice } from './api.ts';

/** The date that most of them have; '' where nothing is asked. */
export function commonDue(assigned: AssignmentChoice[]): string {
	const count = new Map<string, number>();
	for (const { due_on } of assigned) count.set(due_on, (count.get(due_on) ?? 0) + 1);
	return [...count].sort(([a, n], [b, k]) => k - n || a.localeCompare(b))[0]?.[0] ?? '';
}
