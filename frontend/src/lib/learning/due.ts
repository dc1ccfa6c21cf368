import type { ModuleProgress } from '../api/types.ts';
import { daysUntil } from '../format.ts';

export type DueModule = ModuleProgress & { due_on: string };

/** The unfinished modules that have a day, the nearest day first. */
export function dueModules(modules: ModuleProgress[]): DueModule[] {
	return modules
		.filter((module): module is DueModule => Boolean(module.due_on) && !module.complete)
		.sort((a, b) => a.due_on.localeCompare(b.due_on));
}

/** Whether the day is over. */
export function isLate(day: string, now = new Date()): boolean {
	return daysUntil(day, now) < 0;
}

/** How a module stands, in one word for its sign. */
export function standing(module: Pick<ModuleProgress, 'complete' | 'share'>): 'done' | 'new' | 'begun' {
	if (module.complete) return 'done';
	return module.share > 0 ? 'begun' : 'new';
}
