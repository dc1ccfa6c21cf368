import type { QuestionFilter } from './types.ts';

/** Which questions are meant, and in which order. It stands in the page's address, so that each list is a link. */
export type BankFilter = Partial<Record<(typeof KEYS)[number], string>>;

const KEYS = [
	'search', 'state', 'pool', 'kind', 'module', 'lesson', 'outcome', 'tag', 'difficulty', 'stale', 'origin', 'document', 'sort'
] as const;

export const STATES = ['draft', 'review', 'approved', 'retired'] as const;
export const POOLS = ['practice', 'exam'] as const;
export const ORIGINS = ['content', 'authored'] as const;
export const SORTS = ['-changed', 'changed', 'id', '-id', 'difficulty', '-difficulty', 'state', '-state', 'kind', '-kind', 'pool', '-pool'] as const;

/** What the server takes for a value; anything else in an address is left out. */
const ALLOWED: Partial<Record<(typeof KEYS)[number], readonly string[]>> = {
	state: STATES,
	pool: POOLS,
	origin: ORIGINS,
	stale: ['yes', 'no'],
	difficulty: ['1', '2', '3'],
	sort: SORTS
};

/** The filter that an address holds. */
export function filterOf(search: Pick<URLSearchParams, 'get'>): BankFilter {
	const filter: BankFilter = {};
	for (const key of KEYS) {
		const value = search.get(key)?.trim();
		if (value && (ALLOWED[key]?.includes(value) ?? true)) filter[key] = value;
	}
	return filter;
}

/** The filter as an address holds it: "" or "?state=review". */
export function searchOf(filter: BankFilter): string {
	const search = new URLSearchParams();
	for (const key of KEYS) {
		const value = filter[key];
		if (value) search.set(key, value);
	}
	const text = search.toString();
	return text ? `?${text}` : '';
}

/** The filter after a choice; a lesson without its module means nothing. */
export function chosen(filter: BankFilter, change: BankFilter): BankFilter {
	const next = { ...filter, ...change };
	if ('module' in change && change.module !== filter.module) return { ...next, lesson: '', outcome: '' };
	if ('lesson' in change && change.lesson !== filter.lesson) return { ...next, outcome: '' };
	return next;
}

/** Whether it leaves anything out. */
export function narrows(filter: BankFilter): boolean {
	return KEYS.some((key) => key !== 'sort' && Boolean(filter[key]));
}

/** As the list's call takes it. */
export function queryOf(filter: BankFilter) {
	const { sort } = filter;
	return { ...bodyOf(filter), ...(isSort(sort) ? { sort } : {}) };
}

/** As the call on many questions takes it. */
export function bodyOf(filter: BankFilter): QuestionFilter {
	const { search, kind, module, lesson, outcome, tag, document } = filter;
	const plain = { search, kind, module, lesson, outcome, tag, document };
	const body: QuestionFilter = Object.fromEntries(Object.entries(plain).filter(([, value]) => value));
	const { state, pool, stale, origin, difficulty } = filter;
	if (isState(state)) body.state = state;
	if (pool === 'practice' || pool === 'exam') body.pool = pool;
	if (stale === 'yes' || stale === 'no') body.stale = stale;
	if (origin === 'content' || origin === 'authored') body.origin = origin;
	if (difficulty) body.difficulty = Number(difficulty);
	return body;
}

function isState(value: string | undefined): value is (typeof STATES)[number] {
	return STATES.some((state) => state === value);
}

function isSort(value: string | undefined): value is (typeof SORTS)[number] {
	return SORTS.some((sort) => sort === value);
}

/** The bank's page with these questions shown. */
export function bankHref(filter: BankFilter = {}): string {
	return `/trainer/questions${searchOf(filter)}`;
}

/** A question's page: its id with a folder for each part, as a dot would make an address look like a file's. */
export function questionHref(id: string, show = ''): string {
	return `/trainer/questions/${id.replaceAll('.', '/')}${show ? `?show=${show}` : ''}`;
}

/** The question that such an address speaks of. */
export function questionOf(path: string): string {
	return path.split('/').filter(Boolean).join('.');
}
