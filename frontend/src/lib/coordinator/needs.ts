import type { Filter } from './filter.ts';
import type { Need } from './types.ts';

export type Remedy = Need['remedy'];

/** What can be done now: what helps first, and where that stands for everybody, a word to them. */
export function nextRemedy(need: Pick<Need, 'open' | 'remedy' | 'count' | 'messages'>): Remedy | undefined {
	if (need.open > 0) return need.remedy;
	return (need.messages?.people ?? 0) < need.count ? 'message' : undefined;
}

/** What is to be done stands before what was done for everybody: of each no more than `most`. */
export function openFirst(needs: Need[], most = Infinity): Need[] {
	return [...needs.filter(({ open }) => open > 0).slice(0, most), ...needs.filter(({ open }) => open === 0).slice(0, most)];
}

/** The need that a filter means, if it means one. */
export function needOf(needs: Need[], filter: Filter): Need | undefined {
	return needs.find((need) => need.code === filter.need && need.module === filter.module && need.outcome === filter.outcome);
}

/** How pressing a need is. */
export function toneOfNeed(code: string): 'behind' | 'lapse' | 'neutral' {
	if (code === 'late_sync' || code === 'inactive' || code === 'never_active') return 'neutral';
	return code === 'lapsing' || code === 'overdue' || code === 'joined_late' ? 'lapse' : 'behind';
}
