import type { AttemptSummary, ModuleProgress, RecallDue } from '../api/types.ts';

export type Fading = { module: string; title: string; items: RecallDue[] };

/** What is due by module, in the order in which the modules are taught. */
export function byModule(due: RecallDue[], modules: Pick<ModuleProgress, 'module' | 'title'>[]): Fading[] {
	return modules
		.map(({ module, title }) => ({ module, title, items: due.filter((one) => one.module === module) }))
		.filter(({ items }) => items.length > 0);
}

export type Reviews = { open: string | undefined; done: AttemptSummary[] };

/** The review that is under way, and those that were finished, the newest first. */
export function reviewsOf(attempts: AttemptSummary[]): Reviews {
	const own = attempts.filter(({ purpose }) => purpose === 'review').sort((a, b) => b.started_at.localeCompare(a.started_at));
	return { open: own.find(({ status }) => status === 'open')?.id, done: own.filter(({ status }) => status !== 'open') };
}
