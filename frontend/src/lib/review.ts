import type { ReviewCard } from './api/types.ts';

export type ReviewState = 'open' | 'commented' | 'approved' | 'all';

export const STATES: ReviewState[] = ['open', 'commented', 'approved', 'all'];

/** Who may review. */
export function mayReview(role: string | undefined): boolean {
	return role === 'trainer' || role === 'admin';
}

/** Where a text is reviewed: its id with a folder for each part, as a dot would make an address look like a file's. */
export function reviewHref(subject: string): string {
	return `/review/${subject.replaceAll('.', '/')}`;
}

/** The text that such an address speaks of. */
export function subjectOf(path: string): string {
	return path.split('/').filter(Boolean).join('.');
}

/** The texts of a module (all where it is '') in a state. */
export function inState(items: ReviewCard[], module: string, state: ReviewState): ReviewCard[] {
	return items.filter((item) => {
		if (module && item.module !== module) return false;
		if (state === 'open') return item.approvals === 0;
		if (state === 'commented') return item.comments > 0;
		return state === 'all' || item.approvals > 0;
	});
}
