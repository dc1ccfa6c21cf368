import { describe, expect, it } from 'vitest';
import { line, linear, spread, widths } from './scale.ts';
import { rowsInView } from './window.ts';

describe('linear', () => {
	it('maps the ends to the ends, also backwards', () => {
		const across = linear([0, 10], [100, 0]);
		expect([across(0), across(10), across(5)]).toEqual([100, 0, 50]);
	});
	it('puts a span of nothing at its start', () => expect(linear([3, 3], [8, 90])(3)).toBe(8));
});

it('draws a line', () => expect(line([{ x: 0, y: 1.26 }, { x: 2, y: 3 }])).toBe('M0 1.3L2 3'));

describe('spread', () => {
	it('has the first and the last', () => expect(spread([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]));
	it('has all of few', () => expect(spread([1, 2], 4)).toEqual([1, 2]));
});

describe('widths', () => {
	it('fill the bar', () => {
		for (const values of [[64, 18, 31, 7], [4990, 8, 1, 1], [0, 0, 0, 5], [1, 0, 1, 0]]) {
			const parts = widths(values, 2);
			expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(100, 9);
			parts.forEach((part, i) => expect(part === 0).toBe(values[i] === 0));
			expect(Math.min(...parts.filter((part) => part > 0))).toBeGreaterThanOrEqual(2 - 1e-9);
		}
	});
	it('are nothing for nobody', () => expect(widths([0, 0], 2)).toEqual([0, 0]));
});

describe('rowsInView', () => {
	it('keeps the height of all rows wherever it is scrolled', () => {
		for (const scrolled of [0, 500, 100_000, 259_000, 1e9]) {
			const { from, to, above, below } = rowsInView(scrolled, 600, 52, 5000);
			expect(above + below + (to - from) * 52).toBe(5000 * 52);
			expect(to - from).toBeLessThanOrEqual(29);
		}
	});
	it('shows what is in view with some to spare', () => expect(rowsInView(5200, 520, 52, 5000, 10)).toMatchObject({ from: 90, to: 120 }));
	it('has no rows for nobody', () => expect(rowsInView(0, 600, 52, 0)).toEqual({ from: 0, to: 0, above: 0, below: 0 }));
});
