import { describe, expect, it } from 'vitest';
import type { Correction, Mark, Reference, SectionNote } from '#lib/api/types.ts';
import { sectionHref, targetOf, titleOf } from './marks.ts';
import { scrollTables } from './tables.ts';

const note: SectionNote = { key: 's#one', source_title: 'S', heading: 'One', reliability: 'low', ai_disclosed: true, digest_html: '', corrections: ['E-2'] };
const reference: Reference = { id: 'un-charter', title: 'Charter', symbol: '', year: 1945, kind: 'treaty', confidence: 'high' };
const correction = (id: string): Correction => ({ id, severity: 'A', claim: '', correction: '', authorities: [], confidence: 'high', checked: 'public', as_of: '2026-11-21', review_by: '2027-11-21' });
const shelf = { sources: [note], references: [reference], corrections: [correction('E-1'), correction('E-2')] };

describe('targetOf', () => {
	it('gives a section the corrections that travel with it, and no others', () => {
		const target = targetOf({ kind: 'source', key: 's#one' }, shelf);
		expect(target?.kind === 'source' && target.corrections.map(({ id }) => id)).toEqual(['E-2']);
	});

	it.each<[Mark['kind'], string, string]>([
		['source', 's#one', 'One'],
		['reference', 'un-charter', 'Charter'],
		['correction', 'E-1', 'E-1']
	])('finds a %s', (kind, key, title) => {
		const target = targetOf({ kind, key }, shelf);
		expect(target && titleOf(target)).toBe(title);
	});

	it.each<Mark['kind']>(['source', 'reference', 'correction'])('has nothing for a %s that was not sent', (kind) => {
		expect(targetOf({ kind, key: 'none' }, shelf)).toBeUndefined();
	});
});

describe('sectionHref', () => {
	it('leads to the section on its source page', () => {
		expect(sectionHref('ssr#mandates')).toBe('/sources/ssr#mandates');
	});
});

describe('scrollTables', () => {
	it("wraps a bare table once and leaves the server's box alone", () => {
		const root = document.createElement('div');
		root.innerHTML = '<table></table><div class="table-scroll"><table></table></div>';
		scrollTables(root);
		scrollTables(root);
		expect(root.querySelectorAll('.table-scroll')).toHaveLength(2);
		expect(root.querySelectorAll('.table-scroll .table-scroll')).toHaveLength(0);
	});
});
