import type { ModuleProgress, OwnRefresher, Progress } from '../api/types.ts';
import { daysUntil } from '../format.ts';

/** A module to finish or an exam to pass; `again` where its certificate was revoked or has expired. */
export type DueTask = { title: string; href: string; due_on: string; again?: boolean | undefined };

/** What has a day: a task, or a lesson to practise again. */
export type DueThing = { task: DueTask; refresher?: undefined } | { refresher: OwnRefresher; task?: undefined };

/** What of a trainee's progress is not done and has a day, the nearest day first; of one day, who asked in person first. */
export function dueThings({ modules, exams, refreshers = [] }: Pick<Progress, 'modules' | 'exams' | 'refreshers'>): DueThing[] {
	const tasks: DueTask[] = [
		...modules.flatMap(({ complete, module, title, due_on }) => (due_on && !complete ? { title, href: `/modules/${module}`, due_on } : [])),
		...exams.flatMap(({ passed, again, title, due_on }) => (due_on && (!passed || again) ? { title, href: '/modules#exams', due_on, again } : []))
	];
	const day = ({ task, refresher }: DueThing) => (refresher ?? task).due_on;
	const all: DueThing[] = [...refreshers.map((refresher) => ({ refresher })), ...tasks.map((task) => ({ task }))];
	return all.sort((a, b) => day(a).localeCompare(day(b)));
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
