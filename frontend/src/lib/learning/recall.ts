import type { AttemptSummary, Cram, ModuleProgress, RecallDue } from '../api/types.ts';

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

export type Pace = { outcomes: number; cards: number; days: number; daily: number; weekly: number; none: number };

/** What a review a day, one a week and none keep; nothing where the curriculum is so small that one a week is enough. */
export function paceOf({ outcomes, cards, days, paces }: Cram): Pace | undefined {
	const held = (every: number) => paces.find((pace) => pace.every === every)?.held ?? 0;
	const pace = { outcomes, cards, days, daily: held(1), weekly: held(7), none: held(0) };
	return pace.daily > pace.weekly ? pace : undefined;
}
