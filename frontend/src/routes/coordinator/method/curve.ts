import { retrievability } from '#lib/coordinator/forget.ts';

/** What the example person showed, and how stable FSRS-6 takes the memory to be after one good review and after a second on day 10. */
const EVIDENCE = 0.95;
const REVIEW_ON = 10;
const STABLE_ONCE = 2.3065;
const STABLE_TWICE = 25.1087;

/** How much of the outcome is held on a day, 0..1. */
export function held(day: number, reviewed: boolean): number {
	if (!reviewed || day < REVIEW_ON) return EVIDENCE * retrievability(day, STABLE_ONCE);
	return EVIDENCE * retrievability(day - REVIEW_ON, STABLE_TWICE);
}
