import { describe, expect, it } from 'vitest';
import { moreTimeUntil, overdueThings, refresherOf, sparedLines } from './aid.ts';
import { fileName } from './api.ts';
import { band, shareBand } from './bands.ts';
import { inDays, isAfter, isAhead, shortDate } from './dates.ts';
import { actHref, changed, cohortHref, filterOf, filterOfNeed, listHref, narrows, nextSort, searchOf, sortState, type Filter } from './filter.ts';
import { told } from './gain.ts';
import { needOf, nextRemedy, openFirst } from './needs.ts';
import { byModule, lessonsWeakestFirst, weakestFirst } from './outcomes.ts';
import { firstReason, joinedLate, reasonGroups } from './reasons.ts';
import type { Need, OutcomeFigures, Person, PersonOutcome, Reason } from './types.ts';

describe('a filter in the address', () => {
	it.each<[string, Filter]>([
		['', {}],
		['?standing=behind', { standing: 'behind' }],
		['?need=failing_outcome&module=m1&outcome=m1.1', { need: 'failing_outcome', module: 'm1', outcome: 'm1.1' }],
		['?q=Nguy%E1%BB%85n+Th%E1%BB%8B&sort=-progress', { q: 'Nguyễn Thị', sort: '-progress' }]
	])('%s comes back as it was', (search, filter) => {
		expect(filterOf(new URLSearchParams(search))).toEqual(filter);
		expect(searchOf(filter)).toBe(search);
	});

	it('leaves out what is not its own', () => expect(filterOf(new URLSearchParams('?show=share&standing='))).toEqual({}));
	it('narrows by all but the order', () => expect([{}, { sort: 'name' }, { q: 'a' }].map(narrows)).toEqual([false, false, true]));
	it('stands before the list', () => expect(listHref('c 1', { standing: 'ready' })).toBe('/coordinator/cohorts/c%201?standing=ready#people'));
	it('stays beside a person', () => expect(cohortHref('c', { need: 'stuck' }, 'u1')).toBe('/coordinator/cohorts/c/people/u1?need=stuck'));
	it('is that of a need', () => expect(filterOfNeed({ code: 'stuck', module: 'm2' })).toEqual({ need: 'stuck', module: 'm2' }));
	it('changes one value and keeps the rest', () => {
		expect(changed('?standing=behind&show=share', 'standing', '')).toBe('?show=share');
		expect(changed('?show=share', 'q', 'a b')).toBe('?show=share&q=a+b');
		expect(changed('?q=a', 'q', '')).toBe('');
	});
});

describe('order of the list', () => {
	it('turns with each press', () => {
		expect([undefined, 'name', '-name'].map((now) => nextSort(now, 'name'))).toEqual(['name', '-name', 'name']);
		expect([undefined, '-overdue'].map((now) => nextSort(now, 'overdue'))).toEqual(['-overdue', 'overdue']);
	});
	it('is told to screen readers', () => {
		expect(['name', '-name', 'help'].map((now) => sortState(now, 'name'))).toEqual(['ascending', 'descending', undefined]);
	});
});

describe('bands', () => {
	it.each([
		[undefined, 'neutral'],
		[0.7, 'ready'],
		[0.69, 'lapse'],
		[0.5, 'lapse'],
		[0.49, 'behind'],
		[0, 'behind']
	])('%s is %s', (mastery, want) => expect(band(mastery, 0.7)).toBe(want));
	it('of steps', () => {
		expect(shareBand({ share: 1, complete: true })).toBe('ready');
		expect(shareBand({ share: 0.2, complete: false })).toBe('lapse');
		expect(shareBand({ share: 0, complete: false })).toBe('neutral');
	});
});

describe('weakestFirst', () => {
	const modules = [
		{ module: 'a', title: 'A', required: true, begun: 0, complete: 0, holding: 0 },
		{ module: 'b', title: 'B', required: false, begun: 0, complete: 0, holding: 0 }
	];
	const one = (outcome: string, module: string, held: number, mean?: number): OutcomeFigures => ({
		outcome,
		module,
		text: outcome,
		lesson: 'l',
		lesson_title: 'L',
		people_with_evidence: 9,
		held_now: 9,
		held_on_day: held,
		...(mean === undefined ? {} : { mean_mastery_on_day: mean })
	});
	it('has what is asked for, and the fewest who hold it first', () => {
		const outcomes = [one('x', 'a', 5), one('y', 'b', 0), one('z', 'a', 2, 0.6), one('w', 'a', 2, 0.3)];
		expect(weakestFirst({ modules, outcomes }).map(({ outcome }) => outcome)).toEqual(['w', 'z', 'x']);
		expect(weakestFirst({ modules, outcomes }, 'b')).toEqual([]);
	});
	it('has the lessons by their weakest outcome, what is asked for first', () => {
		const outcomes = [one('v', 'b', 0), one('x', 'a', 5), { ...one('z', 'a', 3), lesson: 'k', lesson_title: 'K' }, one('y', 'a', 4)];
		const told = (module?: string) => lessonsWeakestFirst({ modules, outcomes }, module).map(({ module: of, lesson, held }) => `${of} ${lesson} ${held}`);
		expect(told()).toEqual(['a k 3', 'a l 4', 'b l 0']);
		expect(told('b')).toEqual(['b l 0']);
	});
});

describe('byModule', () => {
	const standing = (module: string, required: boolean) => ({ module, required, share: 0, complete: false, held: 0, outcomes: 1 });
	const outcome = (module: string, answers: number): PersonOutcome => ({
		outcome: `${module}.1`,
		text: 't',
		module,
		module_title: module.toUpperCase(),
		lesson: 'l',
		lesson_title: 'L',
		answers,
		evidence: 0,
		mastery_now: 0,
		mastery_on_day: 0,
		held_now: false,
		held_on_day: false
	});
	it('has the required first and leaves out what nobody asks for and nobody answered', () => {
		const groups = byModule([outcome('a', 0), outcome('b', 2), outcome('c', 0)], [standing('a', false), standing('b', false), standing('c', true)]);
		expect(groups.map(({ title }) => title)).toEqual(['C', 'B']);
	});
});

describe('reasonGroups', () => {
	it('makes one line of what is of one sort in one module', () => {
		const lapse = (text: string): Reason => ({ code: 'outcome_lapses', module: 'a', module_title: 'A', outcome: text, text, overdue: false });
		const reasons: Reason[] = [{ code: 'exam_open', exam: 'final', exam_title: 'Final', due_on: '2027-01-01', overdue: true, joined_late: true }, lapse('x'), lapse('y')];
		expect(reasonGroups(reasons)).toEqual([
			{ code: 'exam_open', count: 1, what: 'Final', texts: [], due_on: '2027-01-01', overdue: true, joined_late: true },
			{ code: 'outcome_lapses', count: 2, what: 'A', texts: ['x', 'y'], due_on: undefined, overdue: false, joined_late: false }
		]);
	});
});

describe('needs', () => {
	const need = (code: string, more: Partial<Need> = {}) => ({ code, count: 3, open: 3, remedy: 'refresher', ...more }) as Need;
	const written = { people: 3, at: '2027-01-14T09:00:00Z' };
	it('go on to a message where the refresher stands, and end there', () => {
		expect([need('stuck'), need('stuck', { open: 0 }), need('stuck', { open: 0, messages: written })].map(nextRemedy)).toEqual(['refresher', 'message', undefined]);
	});
	it('that are seen to stand behind the others', () => {
		const all = [need('critical', { open: 0 }), need('stuck'), need('overdue')];
		expect(openFirst(all).map(({ code }) => code)).toEqual(['stuck', 'overdue', 'critical']);
		expect(openFirst(all, 1).map(({ code }) => code)).toEqual(['stuck', 'critical']);
	});
	it('are found by their filter, and a link begins their action', () => {
		const all = [need('stuck', { module: 'm1' }), need('stuck', { module: 'm2' })];
		expect(needOf(all, { need: 'stuck', module: 'm2', sort: 'name' })).toBe(all[1]);
		expect(needOf(all, { need: 'stuck' })).toBeUndefined();
		expect(actHref('c', { code: 'stuck', module: 'm2' })).toBe('/coordinator/cohorts/c?need=stuck&module=m2&act=1#people');
	});
});

describe('what was done for a person', () => {
	const extension = (slug: string, due_on: string) => ({ kind: 'module' as const, slug, title: slug, due_on, reason: 'leave', at: '' });
	const refresher = { module: 'm', lesson: 'l', lesson_title: 'L', due_on: '2027-02-01', assigned_at: '', done: false };
	const person = { aid: { refreshers: [refresher], extensions: [extension('a', '2027-03-01'), extension('b', '2027-02-01')], written: [] } };
	it('is one refresher a lesson', () => expect([refresherOf(person, 'm', 'l'), refresherOf(person, 'm', 'k')]).toEqual([refresher, undefined]));
	it('is more time where it holds for all', () => {
		expect([['module a', 'module b'], ['module a', 'module c'], []].map((things) => moreTimeUntil(person, things))).toEqual(['2027-02-01', undefined, undefined]);
	});
	it('is to be done for what is overdue', () => {
		const late = (code: 'module_open' | 'exam_open', thing: object, overdue = true) => ({ code, title: '', overdue, count: 1, ...thing });
		const people = [{ reasons: [late('module_open', { module: 'a' }), late('exam_open', { exam: 'f' })] }, { reasons: [late('module_open', { module: 'a' }), late('exam_open', { exam: 'g' }, false)] }];
		expect([...overdueThings(people)]).toEqual([['module a', 2], ['exam f', 1]]);
	});
});

describe('what was left as it is', () => {
	it('is told once for all of whom the same is true', () => {
		const spared = ['a', 'b'].map((user) => ({ user, name: user.toUpperCase(), why: 'finished' as const, title: 'M' }));
		const later = { user: 'c', name: 'C', why: 'later' as const, title: 'M', due_on: '2027-03-01' };
		expect(sparedLines([...spared, later])).toEqual([
			{ why: 'finished', title: 'M', due_on: undefined, names: ['A', 'B'] },
			{ why: 'later', title: 'M', due_on: '2027-03-01', names: ['C'] }
		]);
	});
});

describe('firstReason', () => {
	const reason = (code: Person['reasons'][number]['code']) => ({ code, title: code, overdue: false, count: 1 });
	it('is the one that weighs most', () => {
		const reasons = [reason('outcome_lapses'), reason('exam_open'), reason('critical_failure')];
		expect(firstReason({ standing: 'behind', reasons })).toEqual({ reason: reasons[2], more: 2 });
		expect(firstReason({ standing: 'ready', reasons: [] })).toBeUndefined();
		expect(firstReason({ standing: 'not_started', reasons })).toBeUndefined();
	});
});

describe('joinedLate', () => {
	it('is told of who came after a date, not of who let one pass', () => {
		const open = { code: 'module_open' as const, title: 'A', overdue: true, count: 1 };
		expect([joinedLate({ reasons: [open] }), joinedLate({ reasons: [open, { ...open, joined_late: true }] })]).toEqual([false, true]);
	});
});

describe('small rules', () => {
	it('tells a gain only with all of its figures', () => {
		const full = { n: 5, before: 0.5, after: 0.7, gain: 0.2, low: 0.1, high: 0.3 };
		expect(told([{ n: 4 }, full])).toEqual([full]);
	});
	it('takes a date that is not over', () => {
		const now = new Date(2027, 0, 14, 23);
		expect(['2027-01-13', '2027-01-14', '', 'soon'].map((date) => isAhead(date, now))).toEqual([false, true, false, false]);
		expect(inDays(20, now)).toBe('2027-02-03');
		expect(shortDate('en-GB', '2027-02-03')).toBe('3 Feb');
	});
	it('reads the name of a file', () => {
		expect(fileName('attachment; filename="7th-engineers.csv"')).toBe('7th-engineers.csv');
		expect(fileName("attachment; filename=x.csv; filename*=UTF-8''7%C3%A8me.csv")).toBe('7ème.csv');
		expect(fileName(null)).toBeUndefined();
	});
});

describe('isAfter', () => {
	const now = new Date(2027, 0, 14);
	it.each<[string, string | undefined, boolean]>([
		['2027-02-02', '2027-02-01', true],
		['2027-02-01', '2027-02-01', false],
		['2027-02-02', undefined, false],
		['2027-02-02', '2027-01-13', false],
		['', '2027-02-01', false]
	])('%s, %s: %s', (date, day, is) => expect(isAfter(date, day, now)).toBe(is));
});
