/** Which people of a cohort are meant, and in which order. It stands in the page's address, so that each number is a link. */
export type Filter = {
	standing?: string;
	need?: string;
	module?: string;
	lesson?: string;
	outcome?: string;
	/** Had something to do by the end of this day, and had not done it. */
	late_on?: string;
	/** Of the module or outcome; where it is left out: not held on the day. */
	state?: string;
	suspended?: string;
	/** A harmful choice in a scenario: both or none. */
	question?: string;
	choice?: string;
	q?: string;
	sort?: string;
};

const KEYS = ['standing', 'need', 'module', 'lesson', 'outcome', 'late_on', 'state', 'suspended', 'question', 'choice', 'q', 'sort'] as const;

/** The orders that the server knows; upwards, and with "-" downwards. */
export const SORTS = ['help', 'name', 'progress', 'overdue', 'last_active', 'mastery'] as const;
export type SortKey = (typeof SORTS)[number];

/** The filter that an address holds. */
export function filterOf(search: Pick<URLSearchParams, 'get'>): Filter {
	const filter: Filter = {};
	for (const key of KEYS) {
		const value = search.get(key);
		if (value) filter[key] = value;
	}
	return filter;
}

/** The filter as an address holds it: "" or "?standing=behind". */
export function searchOf(filter: Filter): string {
	const search = new URLSearchParams();
	for (const key of KEYS) {
		const value = filter[key];
		if (value) search.set(key, value);
	}
	const text = search.toString();
	return text ? `?${text}` : '';
}

/** An address's search with one value changed; '' takes it out. */
export function changed(search: string, key: string, value: string): string {
	const params = new URLSearchParams(search);
	if (value) params.set(key, value);
	else params.delete(key);
	const text = params.toString();
	return text ? `?${text}` : '';
}

/** Whether it leaves anybody out. */
export function narrows(filter: Filter): boolean {
	return KEYS.some((key) => key !== 'sort' && Boolean(filter[key]));
}

/** Two filters that mean the same people in the same order have the same key. */
export function keyOf(filter: Filter): string {
	return searchOf(filter);
}

/** The people whom a need means. */
export function filterOfNeed(need: { code: string; module?: string | undefined; outcome?: string | undefined }): Filter {
	const filter: Filter = { need: need.code };
	if (need.module) filter.module = need.module;
	if (need.outcome) filter.outcome = need.outcome;
	return filter;
}

/** The page of a cohort with the action begun that helps most with a need. */
export function actHref(cohort: string, need: Parameters<typeof filterOfNeed>[0]): string {
	return `${cohortHref(cohort, filterOfNeed(need))}&${ACT}=1#people`;
}

/** In an address: begin the action that helps the need of the filter. */
export const ACT = 'act';

/** The order after a press on a column's head: first its natural way, then the other. */
export function nextSort(now: string | undefined, key: SortKey): string {
	const first = key === 'overdue' ? '-overdue' : key;
	const other = first.startsWith('-') ? key : `-${key}`;
	return now === first ? other : first;
}

/** For aria-sort of a column's head. */
export function sortState(now: string | undefined, key: SortKey): 'ascending' | 'descending' | undefined {
	if (now === key) return 'ascending';
	return now === `-${key}` ? 'descending' : undefined;
}

/** The page of a cohort with these people shown, or the panel of one of them beside it. */
export function cohortHref(cohort: string, filter: Filter = {}, user?: string): string {
	const base = `/coordinator/cohorts/${encodeURIComponent(cohort)}`;
	return (user ? `${base}/people/${encodeURIComponent(user)}` : base) + searchOf(filter);
}

/** The same, at the list. */
export function listHref(cohort: string, filter: Filter): string {
	return `${cohortHref(cohort, filter)}#people`;
}
