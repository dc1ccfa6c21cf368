import { describe, expect, it } from 'vitest';
import type { Answer, PaperQuestion } from '#lib/api/types.ts';
import { fillOf, fitBlank, moved, numberOf } from './answer.ts';
import { callBetween, keyOf } from '../../routes/(trainee)/attempts/[attempt]/runner.svelte.ts';

const choice = (id: string) => ({ id, html: id });
const paper = (kind: string, more: Partial<PaperQuestion> = {}): PaperQuestion =>
	({ id: 'q', kind, stem_html: '', ...more }) as PaperQuestion;

describe('fillOf', () => {
	const reasons = paper('true_false', { options: [choice('a'), choice('b')] });
	const match = paper('match', { left: [choice('a'), choice('b')] });
	const cases: [string, PaperQuestion, Answer | undefined, string][] = [
		['nothing', paper('single'), undefined, 'empty'],
		['a choice', paper('single'), { choice: 'a' }, 'full'],
		['a judgement', paper('judgement'), { choice: 'a' }, 'full'],
		['all ticks taken back', paper('multiple'), { choices: [] }, 'empty'],
		['false is an answer', paper('true_false'), { value: false }, 'full'],
		['a value without its reason', reasons, { value: true }, 'part'],
		['value and reason', reasons, { value: true, reason: 'a' }, 'full'],
		['one pair of two', match, { pairs: { a: '1' } }, 'part'],
		['both pairs', match, { pairs: { a: '1', b: '1' } }, 'full'],
		['zero is an answer', paper('numeric'), { value: 0 }, 'full'],
		['a number taken back', paper('numeric'), {}, 'empty'],
		['an order', paper('order', { items: [choice('a'), choice('b')] }), { order: ['b', 'a'] }, 'full'],
		['blanks of spaces', paper('cloze', { blanks: 2 }), { blanks: [' ', ''] }, 'empty'],
		['one blank of two', paper('cloze', { blanks: 2 }), { blanks: ['x', ''] }, 'part']
	];
	it.each(cases)('%s', (_name, question, answer, fill) => {
		expect(fillOf(question, answer)).toBe(fill);
	});
});

describe('numberOf', () => {
	it.each([
		['9', 9],
		['2.5', 2.5],
		['2,5', 2.5],
		['-3', -3],
		['−3', -3],
		['1 200', 1200],
		['1\u202f200', 1200],
		['٤٢', 42],
		['۴۲', 42],
		['.5', 0.5],
		['5.', 5]
	])('%s', (text, value) => expect(numberOf(text)).toBe(value));

	it.each(['', 'nine', '1e400', '0x10', '1,2,3', '--1', 'Infinity'])('%s is none', (text) => {
		expect(numberOf(text)).toBeUndefined();
	});
});

it('cuts a blank by bytes and never through a character', () => {
	expect(fitBlank('security council')).toBe('security council');
	expect(fitBlank('安'.repeat(80))).toBe('安'.repeat(66));
	expect(fitBlank('👍'.repeat(60))).toBe('👍'.repeat(50));
});

it('moves within the list and not beyond its ends', () => {
	expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
	expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
	const list = ['a', 'b'];
	expect([moved(list, 0, -1), moved(list, 1, 1), moved(list, 5, 1)]).toEqual([list, list, list]);
});

it('calls the time once at 10, 5 and 1 minutes, also when ticks were missed', () => {
	const min = 60_000;
	expect(callBetween(10 * min + 400, 10 * min - 600)).toBe(10);
	expect(callBetween(10 * min - 600, 10 * min - 1600)).toBeUndefined();
	expect(callBetween(5 * min + 1, 5 * min)).toBe(5);
	expect(callBetween(min + 900, 59_000)).toBe(1);
	expect(callBetween(20 * min, 30_000)).toBe(1);
	expect(callBetween(20 * min, 8 * min)).toBeUndefined();
	expect(callBetween(undefined, min)).toBeUndefined();
});

it('leaves keys to what has the focus', () => {
	document.body.innerHTML = '<button></button><input type="text"><input type="radio"><select></select><textarea></textarea>';
	const press = (selector: string, key: string) => {
		const event = new KeyboardEvent('keydown', { key, bubbles: true });
		Object.defineProperty(event, 'target', { value: document.querySelector(selector) });
		return keyOf(event);
	};
	expect(press('button', 'Enter')).toBeUndefined();
	expect(press('input[type=text]', 'Enter')).toBe('next');
	expect(press('input[type=radio]', 'Enter')).toBe('next');
	expect(press('input[type=radio]', '3')).toEqual({ digit: 3 });
	expect(press('input[type=text]', '3')).toBeUndefined();
	expect(press('select', '3')).toBeUndefined();
	expect(press('textarea', '3')).toBeUndefined();
	// A new line of a text, not the next question.
	expect(press('textarea', 'Enter')).toBeUndefined();
	expect(press('button', '0')).toBeUndefined();
});
