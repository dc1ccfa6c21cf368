/** The longest essay that the server takes, in bytes of UTF-8 (question.MaxText). */
export const MAX_BYTES = 12_000;

const encoder = new TextEncoder();

/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}]/u;
// Line breaks and tabs are the writer's; other control characters are nobody's, and no database takes the first of them.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

export function bytesOf(text: string): number {
	return encoder.encode(text).length;
}

/** How many words a text has: runs between white space that hold a letter or a digit; where a script has no such space, as the browser parts them. */
export function wordsOf(text: string): number {
	if (UNSPACED.test(text) && 'Segmenter' in Intl) {
		let words = 0;
		for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) if (isWordLike) words++;
		return words;
	}
	return text.split(/\s+/).filter((run) => WORD.test(run)).length;
}

/** Where the words stand beside what was asked for: `near` from nine tenths on. */
export type Level = 'free' | 'near' | 'full' | 'over';

export function levelOf(words: number, most: number): Level {
	if (!most || words < 0.9 * most) return 'free';
	if (words > most) return 'over';
	return words === most ? 'full' : 'near';
}

/**
 * What of a change there is room for. The text before it never gives way: of what was put in, wherever that is, as
 * much is taken as fits. `at`: the end of what was taken; `cut`: not all of it fitted.
 */
export function fit(before: string, after: string, most = MAX_BYTES): { text: string; at: number; cut: boolean } {
	const clean = after.replace(CONTROL, '');
	if (bytesOf(clean) <= most) return { text: clean, at: clean.length, cut: false };
	const [head, tail] = around(before, clean);
	const put = Array.from(clean.slice(head, clean.length - tail));
	let room = most - bytesOf(clean.slice(0, head)) - bytesOf(clean.slice(clean.length - tail));
	const fits = put.findIndex((letter) => (room -= bytesOf(letter)) < 0);
	const taken = put.slice(0, fits < 0 ? put.length : fits).join('');
	return { text: clean.slice(0, head) + taken + clean.slice(clean.length - tail), at: head + taken.length, cut: true };
}

/** How much at the beginning and at the end is the same in both, in whole characters. */
function around(before: string, after: string): [head: number, tail: number] {
	const most = Math.min(before.length, after.length);
	let head = 0;
	while (head < most && before[head] === after[head]) head++;
	if (isHigh(after, head - 1)) head--;
	let tail = 0;
	while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
	if (isLow(after, after.length - tail)) tail--;
	return [head, Math.max(0, tail)];
}

function isHigh(text: string, at: number): boolean {
	return /[\ud800-\udbff]/.test(text[at] ?? '');
}

function isLow(text: string, at: number): boolean {
	return /[\udc00-\udfff]/.test(text[at] ?? '');
}
