import type { Area, Credential, OwnCohort } from '../api/types.ts';

type Tone = 'ready' | 'lapse' | 'behind' | 'neutral';

/** The colour of a standing, always beside its icon and word. */
export const STANDING_TONE: Record<OwnCohort['standing'], Tone> = { ready: 'ready', will_lapse: 'lapse', behind: 'behind', not_started: 'neutral' };
export const AREA_TONE: Record<Area['on_day'], Tone> = { ready: 'ready', lapses: 'lapse', weak: 'behind', open: 'neutral' };
export const CREDENTIAL_TONE: Record<Credential['status'], Tone> = { valid: 'ready', expired: 'lapse', revoked: 'behind', superseded: 'neutral' };

/** Whether it is told for a day to come: without a date of deployment, or after it, it is told for today. */
export function isForecast({ deploys_on, on }: Pick<OwnCohort, 'deploys_on' | 'on'>): boolean {
	return deploys_on !== undefined && deploys_on === on;
}

export type AreaCount = { ready: number; fading: Area[]; open: number };

/** How many areas are ready or not finished, and those that were finished and are not held, the weak ones first. */
export function countAreas(areas: Area[]): AreaCount {
	const of = (wanted: Area['on_day']) => areas.filter(({ on_day }) => on_day === wanted);
	return { ready: of('ready').length, fading: [...of('weak'), ...of('lapses')], open: of('open').length };
}

type Code = OwnCohort['reasons'][number]['code'];
const CODES: Code[] = ['critical_failure', 'module_open', 'exam_open', 'outcome_weak', 'too_little_evidence', 'credential_revoked', 'outcome_lapses', 'credential_expires'];

export type ReasonGroup = { code: Code; items: OwnCohort['reasons'] };

/** Reasons by their sort, what stands in the way most first. */
export function groupReasons(reasons: OwnCohort['reasons']): ReasonGroup[] {
	return CODES.map((code) => ({ code, items: reasons.filter((one) => one.code === code) })).filter(({ items }) => items.length > 0);
}
