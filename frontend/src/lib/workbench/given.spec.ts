import { beforeEach, describe, expect, it } from 'vitest';
import { Given } from './given.svelte.ts';

describe('what accepted drafts get', () => {
	beforeEach(() => localStorage.clear());

	it('is kept on the device for each document', () => {
		const given = new Given('d1');
		given.pool = 'exam';
		given.outcomes = ['m.l.o2', 'm.l.o1'];
		expect(new Given('d1').to({ kind: 'single', stem: '?' })).toEqual({ kind: 'single', stem: '?', pool: 'exam', outcomes: ['m.l.o2', 'm.l.o1'] });
		expect([new Given('d2').pool, new Given('d2').outcomes]).toEqual(['practice', []]);
	});

	it('stands in front of what the question names itself, once', () => {
		const given = new Given('d1');
		given.outcomes = ['a', 'b'];
		expect(given.to({ kind: 'single', stem: '?', outcomes: ['c', 'a'] }).outcomes).toEqual(['a', 'b', 'c']);
	});

	it('forgets what is not of this form', () => {
		localStorage.setItem('muster.workbench.given.d1', '{"outcomes":[1],"pool":"exam"}');
		expect(new Given('d1').outcomes).toEqual([]);
	});
});
