import { describe, expect, it } from 'vitest';
import type { ModuleProgress } from '../api/types.ts';
import { dueModules, isLate, standing } from './due.ts';

function module(name: string, due_on: string | undefined, complete = false): ModuleProgress {
	return { module: name, title: name, share: 0, lessons: [], complete, prerequisites_open: [], due_on };
}

describe('dueModules', () => {
	it('has the unfinished ones with a day, the nearest first', () => {
		const all = [module('c', '2027-03-01'), module('none', undefined), module('a', '2027-01-01'), module('done', '2026-01-01', true)];
		expect(dueModules(all).map((one) => one.module)).toEqual(['a', 'c']);
	});
});

describe('isLate', () => {
	it.each([
		['2027-01-14', false],
		['2027-01-15', false],
		['2027-01-13', true]
	])('%s on the evening of the 14th: %s', (day, late) => {
		expect(isLate(day, new Date(2027, 0, 14, 22))).toBe(late);
	});
});

describe('standing', () => {
	it.each([
		[{ complete: true, share: 1 }, 'done'],
		[{ complete: false, share: 0.01 }, 'begun'],
		[{ complete: false, share: 0 }, 'new']
	])('%j is %s', (progress, want) => {
		expect(standing(progress)).toBe(want);
	});
});
