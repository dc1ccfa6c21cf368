import { describe, expect, it } from 'vitest';
import { bindMarks } from '#lib/lesson/bind.ts';
import { shareAbove } from './reading.ts';

describe('shareAbove', () => {
	it.each([
		[800, 1000, 800, 0],
		[300, 1000, 800, 0.5],
		[-200, 1000, 800, 1],
		[-900, 1000, 800, 1],
		[0, 0, 800, 0]
	])('a box from %d, %d high, in a window of %d: %d', (top, height, windowHeight, share) => {
		expect(shareAbove(top, height, windowHeight)).toBe(share);
	});
});

describe('bindMarks', () => {
	function setup() {
		const root = document.createElement('div');
		root.innerHTML = '<button class="term" data-term="mandate">mandate</button> <button class="mark mark-source" data-mark="3"></button>';
		document.body.append(root);
		const heard: unknown[] = [];
		const stop = bindMarks(root, {
			labelOf: (number) => `Source ${number}`,
			onmark: (number) => heard.push(number),
			onterm: (id) => heard.push(id)
		});
		return { root, heard, stop };
	}

	it('names marks and terms for screen readers', () => {
		const { root } = setup();
		const mark = root.querySelector('.mark');
		expect([mark?.getAttribute('aria-label'), mark?.textContent]).toEqual(['Source 3', '3']);
		expect(root.querySelector('.term')?.getAttribute('aria-expanded')).toBe('false');
	});

	it('hears presses until it is stopped', () => {
		const { root, heard, stop } = setup();
		root.querySelectorAll('button').forEach((button) => button.click());
		stop();
		root.querySelectorAll('button').forEach((button) => button.click());
		expect(heard).toEqual(['mandate', 3]);
	});
});
