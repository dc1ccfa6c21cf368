import { describe, expect, it } from 'vitest';
import { queryOf, revocable, stateOf } from './certificate.ts';

describe('stateOf', () => {
	it.each([
		[{ status: 'valid' }, 'valid'],
		[{ status: 'valid', ends_soon: true }, 'ends_soon'],
		[{ status: 'revoked' }, 'revoked']
	] as const)('%j is %s', (credential, state) => {
		expect(stateOf(credential)).toBe(state);
	});
});

describe('revocable', () => {
	it('is what was neither ended nor replaced', () => {
		expect((['valid', 'expired', 'revoked', 'superseded'] as const).map((status) => revocable({ status }))).toEqual([true, true, false, false]);
	});
});

describe('queryOf', () => {
	it.each([
		['', {}],
		['?q=ada&award=basics', { q: 'ada', rule: 'basics' }],
		['?state=revoked', { status: 'revoked' }],
		['?state=ends_soon', { ending_soon: true }],
		['?state=nonsense&other=1', {}]
	])('of %j is %j', (search, query) => {
		expect(queryOf(new URLSearchParams(search))).toEqual(query);
	});
});
