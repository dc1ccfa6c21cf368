import { expect, it } from 'vitest';
import { held } from './curve.ts';
import { TARGET } from './rule.ts';

it('shows what the text beside it says', () => {
	expect([held(0, true), held(10, true)]).toEqual([0.95, 0.95]);
	expect(held(30, false)).toBeLessThan(TARGET);
	expect(held(60, true)).toBeGreaterThan(TARGET);
});
