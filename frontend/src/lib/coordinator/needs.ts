export type Remedy = 'refresher' | 'extension' | 'message';

/** What helps first: a lesson for what is not known, time for what is late, a word for who is away. */
export function remedy(code: string): Remedy {
	if (code === 'failing_outcome' || code === 'stuck' || code === 'critical') return 'refresher';
	return code === 'overdue' ? 'extension' : 'message';
}

/** How pressing a need is. */
export function toneOfNeed(code: string): 'behind' | 'lapse' | 'neutral' {
	if (code === 'late_sync' || code === 'inactive' || code === 'never_active') return 'neutral';
	return code === 'lapsing' || code === 'overdue' ? 'lapse' : 'behind';
}
