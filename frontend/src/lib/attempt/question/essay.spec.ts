import { describe, expect, it } from 'vitest';
import { bytesOf, fit, levelOf, MAX_BYTES, wordsOf } from './essay.ts';

describe('the words of an essay', () => {
	it.each([
		['', 0],
		['  \n ', 0],
		['One two\nthree', 3],
		['We act – at once.', 4],
		['1 of 20 posts', 4],
		["don't wait", 2],
		['حماية المدنيين أولاً', 3]
	])('of %j are %i', (text, words) => expect(wordsOf(text)).toBe(words));

	it('are parted by the browser where the script has no spaces', () => {
		expect(wordsOf('保护平民是首要任务')).toBeGreaterThan(2);
		expect(wordsOf('保护平民。')).toBeLessThan(4);
	});

	it.each([
		[0, 100, 'free'],
		[89, 100, 'free'],
		[90, 100, 'near'],
		[100, 100, 'full'],
		[101, 100, 'over'],
		[5000, 0, 'free']
	] as const)('%i of %i is %s', (words, most, level) => expect(levelOf(words, most)).toBe(level));
});

describe('the room for an essay', () => {
	it('takes a text that fits as it is, without control characters', () => {
		expect(fit('', 'a\nb\tc')).toEqual({ text: 'a\nb\tc', at: 5, cut: false });
		expect(fit('', 'a\u0000b\u001bc').text).toBe('abc');
	});

	it('counts bytes, not letters', () => {
		expect(bytesOf('é保😀')).toBe(9);
		expect(fit('', 'x'.repeat(MAX_BYTES)).cut).toBe(false);
		expect(fit('', '保'.repeat(4000)).cut).toBe(false);
		const cut = fit('', '保'.repeat(4001));
		expect([cut.text.length, cut.cut]).toEqual([4000, true]);
	});

	it('takes as much of what is put in as fits, and nothing away from what was there', () => {
		expect(fit('0123456789', '01234ABCDEF56789', 12)).toEqual({ text: '01234AB56789', at: 7, cut: true });
		expect(fit('0123456789', '0123456789X', 10)).toEqual({ text: '0123456789', at: 10, cut: true });
		expect(fit('aaaa', 'aaaaaaaa', 6)).toMatchObject({ text: 'aaaaaa', cut: true });
		// What was marked is replaced: its room is free.
		expect(fit('0123456789', '0XYZXYZ9', 6)).toEqual({ text: '0XYZX9', at: 5, cut: true });
	});

	it('never cuts a character in two', () => {
		const { text } = fit('😀😁', '😀😂😃😁', 13);
		expect(text).toBe('😀😂😁');
		expect(fit('😀', '😁', 3).text).toBe('');
		expect(fit('', '👍🏽'.repeat(10), 30).text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
	});
});
