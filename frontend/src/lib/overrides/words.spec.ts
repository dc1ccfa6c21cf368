import { expect, it } from 'vitest';
import { Formats } from '../format.ts';
import { en } from '../messages/en.ts';
import { quizCatalogue } from '../messages/trainer-quiz.ts';
import { changes, numberOf } from './words.ts';

it('says what an exception changes, and nothing of the rest', () => {
	const m = quizCatalogue('en');
	const f = new Formats('en', en);
	expect(changes(m, f, { attempts: 0, time_limit_minutes: 45 })).toBe('45 min · as many attempts as wanted');
	expect(changes(m, f, { attempts: 1, time_limit_minutes: 0 })).toBe('no time limit · 1 attempt');
	expect(changes(m, f, { closes_at: '2027-02-01T10:00:00Z' })).toMatch(/^Closes .*2027/);
});

it('tells an empty field from a wrong one', () => {
	expect([numberOf(' '), numberOf('0'), numberOf(' 45 '), numberOf('4.5'), numberOf('10001')]).toEqual([undefined, 0, 45, NaN, NaN]);
});
