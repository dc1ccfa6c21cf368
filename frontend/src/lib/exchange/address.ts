import { filterOf, searchOf, type BankFilter } from '../trainer/filter.ts';
import { formatOf } from './format.ts';
import type { Format } from './types.ts';

export type Part = 'import' | 'export';

/** What the page's address says: which part is open, and what is to be exported. */
export type Place = { part: Part; format: Format; filter: BankFilter };

export function placeOf(search: Pick<URLSearchParams, 'get'>): Place {
	const filter = filterOf(search);
	// A file has no order to choose.
	delete filter.sort;
	return { part: search.get('part') === 'export' ? 'export' : 'import', format: formatOf(search.get('format')), filter };
}

export function exchangeHref({ part, format = 'sheet', filter = {} }: { part: Part; format?: Format; filter?: BankFilter }): string {
	if (part === 'import') return '/trainer/exchange';
	const search = new URLSearchParams(searchOf({ ...filter, sort: '' }));
	search.set('part', part);
	if (format !== 'sheet') search.set('format', format);
	return `/trainer/exchange?${search.toString()}`;
}
