import { describe, expect, it } from 'vitest';
import { folded } from '#lib/folded.ts';
import { matching } from './search.ts';

const items = [
	{ id: 'm', term: 'Mandate', definition: 'Tasks and powers.', see: [] },
	{ id: 'd', term: 'Détente', definition: 'Easing.', see: [] },
	{ id: 'c', term: 'Concept of operations', definition: 'How a mandate is carried out.', see: [] }
];

describe('matching', () => {
	it.each([
		['', ['c', 'd', 'm']],
		['MAND', ['m', 'c']],
		['detente', ['d']],
		['zzz', []]
	])('%j finds %j', (query, ids) => {
		expect(matching(items, query, 'en').map(({ id }) => id)).toEqual(ids);
	});
});

describe('folded', () => {
	it('drops accents and capitals', () => {
		expect(folded('Résumé')).toBe('resume');
	});
});
