import { describe, expect, it } from 'vitest';
import type { SearchDocument } from './api/types.ts';
import { hrefOf, Search } from './search.ts';

const documents: SearchDocument[] = [
	{ kind: 'lesson', key: 'human-rights/hrddp', title: 'Working with host forces: due diligence', place: 'Human rights', text: 'Support has limits.', words: 'risk assessment mitigation' },
	{ kind: 'lesson', key: 'legal-mandates/principles', title: 'The three principles', place: 'Legal mandates', words: 'consent impartiality defence' },
	{ kind: 'term', key: 'impartiality', title: 'Impartiality', text: 'Even-handed, not passive.' },
	{ kind: 'section', key: 'article#key-principles', title: 'Key principles', place: 'An article', words: 'resumé' },
	{ kind: 'reference', key: 'capstone-2008', title: 'Principles and Guidelines', lessons: ['legal-mandates/principles'] }
];
const search = new Search(documents);
const keys = (query: string) => search.find(query).map(({ key }) => key);

describe('search', () => {
	it('finds by a word of the title, the best first', () => expect(keys('impartiality')[0]).toBe('impartiality'));
	it('finds what stands only in the text', () => expect(keys('mitigation')).toEqual(['human-rights/hrddp']));
	it('forgives a slip', () => expect(keys('impartialty')[0]).toBe('impartiality'));
	it('forgives two slips in a long word', () => expect(keys('mittigasion')).toEqual(['human-rights/hrddp']));
	it('forgives two letters changed about', () => expect(keys('cosnent')).toEqual(['legal-mandates/principles']));
	it('finds by the beginning of a word', () => expect(keys('princ')).toContain('legal-mandates/principles'));
	it('looks through accents and capitals', () => expect(keys('RESUME')).toEqual(['article#key-principles']));
	it('wants all words', () => expect(keys('due diligence')).toEqual(['human-rights/hrddp']));
	it('takes any word where nothing has all', () => expect(keys('impartiality mitigation').sort()).toContain('human-rights/hrddp'));
	it('finds nothing for nothing', () => expect(keys('   ')).toEqual([]));
	it('knows where each is read', () =>
		expect(documents.map(hrefOf)).toEqual([
			'/modules/human-rights/hrddp',
			'/modules/legal-mandates/principles',
			'/glossary#impartiality',
			'/sources/article#key-principles',
			undefined
		]));
});
