import type { Standing } from './types.ts';

export type Tone = 'ready' | 'lapse' | 'behind' | 'neutral';

/** Where a mastery 0..1 lies: held, close to it, far from it, or not known. */
export function band(mastery: number | undefined, target: number): Tone {
	if (mastery === undefined) return 'neutral';
	if (mastery >= target) return 'ready';
	return mastery >= target - 0.2 ? 'lapse' : 'behind';
}

export const TONE_OF: Record<Standing, Tone> = {
	ready: 'ready',
	will_lapse: 'lapse',
	behind: 'behind',
	not_started: 'neutral'
};

/** How far a module is done. */
export function shareBand(module: { share: number; complete: boolean }): Tone {
	if (module.complete) return 'ready';
	return module.share > 0 ? 'lapse' : 'neutral';
}
