import { describe, expect, it } from 'vitest';
import type { Task } from './api.ts';
import { daysBefore, isDate, proposedDue } from './dates.ts';
import { commonDue } from './due.ts';
import { Plan } from './plan.svelte.ts';

const TODAY = '2026-11-21';
const tasks: Task[] = [
	{ kind: 'module', slug: 'law', title: 'Law', mandatory: true },
	{ kind: 'module', slug: 'radio', title: 'Radio', mandatory: false },
	{ kind: 'exam', slug: 'final', title: 'Final exam', mandatory: true }
];

function row(plan: Plan, slug: string) {
	const found = plan.rows.find((one) => one.slug === slug);
	if (!found) throw new Error(`no row ${slug}`);
	return found;
}

describe('dates', () => {
	it('knows the days of the calendar', () => {
		expect(['2027-02-28', '2027-02-30', '2027-2-1', '', 'soon'].map(isDate)).toEqual([true, false, false, false, false]);
		expect(daysBefore('2027-03-01', 14)).toBe('2027-02-15');
	});

	it('proposes two weeks before deployment, but no day that is over', () => {
		expect(proposedDue('2027-02-01', TODAY)).toBe('2027-01-18');
		expect(proposedDue('2026-11-30', TODAY)).toBe(TODAY);
		expect(proposedDue('', TODAY)).toBe('');
	});

	it('finds the date that most have', () => {
		const due = (due_on: string) => ({ kind: 'module' as const, slug: due_on, due_on });
		expect(commonDue([due('2027-01-02'), due('2027-01-01'), due('2027-01-02')])).toBe('2027-01-02');
		expect(commonDue([])).toBe('');
	});
});

describe('Plan', () => {
	it('proposes what is mandatory, all on one day', () => {
		const plan = new Plan(tasks, '2027-01-18');
		expect(plan.choices).toEqual([
			{ kind: 'module', slug: 'law', due_on: '2027-01-18' },
			{ kind: 'exam', slug: 'final', due_on: '2027-01-18' }
		]);
		expect(plan.sound(TODAY)).toBe(true);
	});

	it('moves all dates with the day, but not one that was given by hand', () => {
		const plan = new Plan(tasks, '2027-01-18');
		plan.setDue(row(plan, 'law'), '2027-01-01');
		plan.setAll('2027-02-18', false);
		expect(plan.choices.map(({ due_on }) => due_on)).toEqual(['2027-01-01', '2027-02-18']);
		plan.setAll('2027-02-20');
		expect(plan.choices.map(({ due_on }) => due_on)).toEqual(['2027-02-20', '2027-02-20']);
	});

	it('says which date is missing or over', () => {
		const plan = new Plan(tasks, '');
		expect(plan.trouble(row(plan, 'law'), TODAY)).toBe('missing');
		expect(plan.trouble(row(plan, 'radio'), TODAY)).toBeUndefined();
		plan.setDue(row(plan, 'law'), '2026-11-20');
		expect(plan.trouble(row(plan, 'law'), TODAY)).toBe('past');
		expect(plan.sound(TODAY)).toBe(false);
	});

	it('keeps what is assigned, also where its date is over', () => {
		const plan = new Plan(tasks, '2026-10-01', [{ kind: 'module', slug: 'radio', due_on: '2026-10-01' }]);
		expect(plan.chosen.map(({ slug }) => slug)).toEqual(['radio']);
		expect(plan.sound(TODAY)).toBe(true);
		plan.toggle(row(plan, 'law'));
		expect(plan.trouble(row(plan, 'law'), TODAY)).toBe('past');
	});

	it('counts dates after the deployment', () => {
		const plan = new Plan(tasks, '2027-03-01');
		expect(plan.after('2027-02-01')).toBe(2);
		expect(plan.after('')).toBe(0);
	});
});
