/** Which answers are listed. It stands in the page's address, so that each list is a link. */
export type QueueFilter = { state: 'waiting' | 'marked'; quiz: string };

const QUEUE = '/trainer/marking';

/** The filter that an address holds. */
export function filterOf(search: Pick<URLSearchParams, 'get'>): QueueFilter {
	return { state: search.get('state') === 'marked' ? 'marked' : 'waiting', quiz: search.get('quiz') ?? '' };
}

/** The queue with these answers. */
export function queueHref({ state = 'waiting', quiz = '' }: Partial<QueueFilter> = {}): string {
	return QUEUE + searchOf({ state: state === 'marked' ? state : '', quiz });
}

/** An answer's page. `quiz`: the filter of the queue that one came from. */
export function answerHref(id: string, quiz = ''): string {
	return `${QUEUE}/${encodeURIComponent(id)}${searchOf({ quiz })}`;
}

function searchOf(values: Record<string, string>): string {
	const text = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
	return text ? `?${text}` : '';
}
