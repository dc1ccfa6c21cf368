import MiniSearch, { type SearchResult } from 'minisearch';
import type { SearchDocument } from './api/types.ts';
import { folded } from './folded.ts';

export type Found = SearchDocument & { id: string };

/** The kinds in the order in which they are shown. */
export const KINDS = ['lesson', 'term', 'section', 'reference'] as const;

/** Looks through what was loaded once; needs no link after that. */
export class Search {
	#index: MiniSearch<Found>;
	#found: Map<string, Found>;
	/** Titles of lessons by "module/lesson". */
	readonly lessons: Map<string, string>;

	constructor(documents: SearchDocument[]) {
		const items = documents.map((document) => ({ ...document, id: `${document.kind}:${document.key}` }));
		this.#found = new Map(items.map((item) => [item.id, item]));
		this.lessons = new Map(documents.filter(({ kind }) => kind === 'lesson').map(({ key, title }) => [key, title]));
		this.#index = new MiniSearch({
			fields: ['title', 'place', 'text', 'words'],
			processTerm: (term) => folded(term) || null,
			searchOptions: {
				boost: { title: 4, text: 2 },
				prefix: (term) => term.length > 2,
				// One slip in a word of four letters or more, two in a long one.
				fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false),
				weights: { prefix: 0.6, fuzzy: 0.3 }
			}
		});
		this.#index.addAll(items);
	}

	/** What fits all words; where nothing does, what fits any, and last with one slip more. The best come first. */
	find(query: string): Found[] {
		// Two letters changed about count as two slips: "manadte".
		const loose = { fuzzy: (term: string) => (term.length > 4 ? 2 : term.length > 3 ? 1 : false) };
		for (const options of [{ combineWith: 'AND' }, { combineWith: 'AND', ...loose }, {}, loose] as const) {
			const results = this.#index.search(query, options);
			if (results.length) return this.#documents(results);
		}
		return [];
	}

	#documents(results: SearchResult[]): Found[] {
		return results.flatMap(({ id }) => this.#found.get(String(id)) ?? []);
	}
}

/** Where a thing that was found is read; undefined for what has no page of its own. */
export function hrefOf({ kind, key }: Pick<SearchDocument, 'kind' | 'key'>): string | undefined {
	switch (kind) {
		case 'lesson':
			return `/modules/${key}`;
		case 'term':
			return `/glossary#${key}`;
		case 'section': {
			const [source, section] = key.split('#');
			return `/sources/${source}#${section}`;
		}
		default:
			return undefined;
	}
}
