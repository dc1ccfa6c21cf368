import { expect, it } from 'vitest';
import { fromLocal, standing, toLocal } from './window.ts';

it('gives a moment back after it was a local time', () => {
	for (const iso of ['2027-01-14T09:30:00Z', '2027-07-01T23:59:00Z']) expect(fromLocal(toLocal(iso))).toBe(iso);
});

it('takes nothing for a time that is none', () => {
	expect(fromLocal('')).toBeUndefined();
	expect(fromLocal('2027-13-45T99:99')).toBeUndefined();
	expect(toLocal(undefined)).toBe('');
	expect(toLocal('soon')).toBe('');
});

it('says where a window stands', () => {
	const now = Date.parse('2027-01-14T09:30:00Z');
	expect(standing({}, now)).toBe('open');
	expect(standing({ opens_at: '2027-01-15T00:00:00Z' }, now)).toBe('ahead');
	expect(standing({ opens_at: '2027-01-01T00:00:00Z', closes_at: '2027-01-14T09:30:00Z' }, now)).toBe('over');
});
