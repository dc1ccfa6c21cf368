import { describe, expect, it } from 'vitest';
import type { ExamProgress, ModuleProgress, OwnRefresher } from '../api/types.ts';
import { dueThings, isLate, standing, type DueThing } from './due.ts';

function module(name: string, due_on: string | undefined, complete = false): ModuleProgress {
	return { module: name, title: name, share: 0, lessons: [], complete, prerequisites_open: [], due_on };
}

function exam(title: string, due_on: string | undefined, passed: boolean, again = false): ExamProgress {
	return { quiz: title, title, passed, again, attempts: 0, modules_open: [], due_on };
}

function listed(things: DueThing[]): (string | undefined)[] {
	return things.map(({ task, refresher }) => refresher?.lesson ?? (task?.again ? `${task.title} again` : task?.title));
}

describe('dueThings', () => {
	it('has the unfinished modules with a day, the nearest first', () => {
		const modules = [module('c', '2027-03-01'), module('none', undefined), module('a', '2027-01-01'), module('done', '2026-01-01', true)];
		expect(listed(dueThings({ modules, exams: [], refreshers: [] }))).toEqual(['a', 'c']);
	});

	it('has the exams that are not passed, and those whose certificate ended', () => {
		const exams = [exam('first', '2027-03-01', false), exam('passed', '2027-01-01', true), exam('ended', '2027-01-02', true, true), exam('none', undefined, false)];
		expect(listed(dueThings({ modules: [module('a', '2027-02-01')], exams, refreshers: [] }))).toEqual(['ended again', 'a', 'first']);
	});

	it('has what a coordinator asked for again among the modules, by day', () => {
		const again = (lesson: string, due_on: string): OwnRefresher => ({
			module: 'm', module_title: 'M', lesson, lesson_title: lesson, outcomes: [], asked_by: 'Kofi', asked_at: '2027-01-01T00:00:00Z', due_on
		});
		const modules = [module('a', '2027-01-02'), module('b', '2027-01-03')];
		expect(listed(dueThings({ modules, exams: [], refreshers: [again('x', '2027-01-02'), again('y', '2027-02-01')] }))).toEqual(['x', 'a', 'b', 'y']);
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
