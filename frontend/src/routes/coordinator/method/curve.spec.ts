import { expect, it } from 'vitest';
import { below } from './curve.ts';

it('tells the first day below the target', () => {
	const curve = [0.9, 0.7, 0.69, 0.6].map((once, day) => ({ day, once, twice: 1 }));
	const example = { evidence: 0.9, review_on: 10, curve };
	expect([0.7, 0.65, 0.1].map((target) => below({ target, example }))).toEqual([2, 3, 3]);
	expect(below({ target: 0.7, example: { ...example, curve: [] } })).toBe(0);
});
