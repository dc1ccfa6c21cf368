import { describe, expect, it } from 'vitest';
import { daysUntil, Formats } from './format.ts';
import { catalogue } from './messages/index.ts';

const f = new Formats('en-GB', catalogue('en'));

describe('Formats', () => {
	it.each([
		[0, '0\u00a0%'],
		[0.796, '79\u00a0%'],
		[0.8, '80\u00a0%'],
		[0.29, '29\u00a0%'],
		[0.57, '57\u00a0%'],
		[1, '100\u00a0%']
	])('percent(%d) is %s: never rounded up to a pass', (share, text) => {
		expect(f.percent(share)).toBe(text);
	});

	it.each([
		[0.2, '1\u00a0min'],
		[45, '45\u00a0min'],
		[60, '1\u00a0h'],
		[75, '1\u00a0h 15\u00a0min']
	])('minutes(%d) is %s', (n, text) => {
		expect(f.minutes(n)).toBe(text);
	});

	it.each([
		[0, '0:00'],
		[999, '0:01'],
		[65_000, '1:05'],
		[3_725_000, '1:02:05'],
		[-5, '0:00']
	])('countdown(%d) is %s', (ms, text) => {
		expect(f.countdown(ms)).toBe(text);
	});

	it('writes a bare date as that day in every time zone', () => {
		expect(f.date('2027-01-14')).toBe('14 Jan 2027');
	});

	it('says how far off a day is', () => {
		const now = new Date(2027, 0, 5, 23, 50);
		expect(f.dateIn('2027-01-14', now)).toBe('14 Jan 2027 (in 9 days)');
		expect(f.dateIn('2027-01-05', now)).toBe('5 Jan 2027 (today)');
		expect(f.dateIn('2027-01-03', now)).toBe('3 Jan 2027 (2 days ago)');
	});
});

describe('daysUntil', () => {
	it('counts calendar days, not spans of 24 hours', () => {
		expect(daysUntil(new Date(2027, 0, 6, 0, 1).toISOString(), new Date(2027, 0, 5, 23, 59))).toBe(1);
	});

	it('reads a bare date as that day, late in the evening too', () => {
		expect(daysUntil('2027-01-14', new Date(2027, 0, 14, 23, 59))).toBe(0);
		expect(daysUntil('2027-01-14', new Date(2027, 0, 15, 0, 1))).toBe(-1);
	});
});
