import { describe, expect, it } from 'vitest';
import { auditCatalogue } from '../messages/audit.ts';
import { backwards, choices, filterOf, narrows, partsOf, queryOf, searchOf, utc, wordOf } from './query.ts';

const m = auditCatalogue('en-GB');

describe('the filter in the address', () => {
	it.each([
		['', {}],
		['?actor=+amina+&action=session&object=c1&from=2027-01-14&to=2027-01-31', { actor: 'amina', action: 'session', object: 'c1', from: '2027-01-14', to: '2027-01-31' }],
		['?actor=&page=2', {}],
		['?from=yesterday&to=2027-02-30', {}]
	])('%s is %j', (search, filter) => {
		expect(filterOf(new URLSearchParams(search))).toEqual(filter);
	});

	it('comes back as it was', () => {
		const filter = { actor: 'réné b', action: 'session.start', to: '2027-01-31' };
		expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
		expect(searchOf({})).toBe('');
		expect([narrows(filter), narrows({})]).toEqual([true, false]);
	});

	it('has days in order', () => {
		expect(backwards({ from: '2027-01-14', to: '2027-01-13' })).toBe(true);
		expect(backwards({ from: '2027-01-14', to: '2027-01-14' })).toBe(false);
		expect(backwards({ from: '2027-01-14' })).toBe(false);
	});

	it('asks for whole days of this device', () => {
		expect(queryOf({ actor: 'amina', from: '2027-01-31', to: '2027-01-31' })).toEqual({
			actor: 'amina',
			from: new Date(2027, 0, 31).toISOString(),
			to: new Date(2027, 1, 1).toISOString()
		});
		expect(queryOf({})).toEqual({});
	});
});

describe('actions', () => {
	it('have words, and their own name where there is none', () => {
		expect(wordOf(m, 'session.start')).toBe('Signed in');
		expect(wordOf(m, 'moon.land')).toBe('moon.land');
	});

	it('can all be chosen, each below its noun, and what the address asks for as well', () => {
		const values = choices(m, 'moon.land').map(({ value }) => value);
		expect(values).toEqual([...new Set(values)]);
		expect(values).toEqual(expect.arrayContaining(['', 'moon.land', ...Object.keys(m.nouns), ...Object.keys(m.actions)]));
		expect(values.indexOf('user.create')).toBeGreaterThan(values.indexOf('user'));
		expect(choices(m, 'user').length).toBe(choices(m, undefined).length);
	});
});

it('tells the instant in UTC', () => {
	expect(utc('2027-01-14T12:30:05.123+03:00')).toBe('2027-01-14 09:30:05');
});

it.each([
	[undefined, []],
	['trainee', [{ name: '', value: 'trainee' }]],
	[{ due_on: '2027-03-01', people: 3, to: ['a'], late: false }, [
		{ name: 'due on', value: '2027-03-01' }, { name: 'people', value: '3' }, { name: 'to', value: '["a"]' }, { name: 'late', value: 'false' }
	]]
])('the detail %j is told as names and values', (detail, parts) => {
	expect(partsOf(detail)).toEqual(parts);
});
