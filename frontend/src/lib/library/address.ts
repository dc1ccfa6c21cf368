import type { Origin } from './types.ts';

/** What of a document is open. */
export type View = 'work' | 'coverage' | 'about';

const ROOT = '/trainer/documents';

/** The list of documents of a kind. */
export function documentsHref(origin: Origin, words = ''): string {
	const search = new URLSearchParams();
	if (origin !== 'imported') search.set('origin', origin);
	if (words) search.set('search', words);
	const text = search.toString();
	return text ? `${ROOT}?${text}` : ROOT;
}

/** A document's page: its id with a folder for each part, as a dot would make an address look like a file's. */
export function documentHref(id: string, { section, passage, view }: { section?: string; passage?: number; view?: View } = {}): string {
	const search = new URLSearchParams();
	if (section) search.set('section', section);
	if (passage) search.set('passage', String(passage));
	if (view && view !== 'work') search.set('view', view);
	const text = search.toString();
	return `${ROOT}/${id.replaceAll('.', '/')}${text ? `?${text}` : ''}`;
}

/** The document that such an address speaks of. */
export function documentOf(path: string): string {
	return path.split('/').filter(Boolean).join('.');
}

/** The page that reads a file: a new document, or the next edition of one. */
export function importHref(document?: string): string {
	return `${ROOT}/import${document ? `?document=${encodeURIComponent(document)}` : ''}`;
}

export function viewOf(search: Pick<URLSearchParams, 'get'>): View {
	const view = search.get('view');
	return view === 'coverage' || view === 'about' ? view : 'work';
}
