import type { QuestionPassage } from '../trainer/types.ts';

/**
 * Where words stand in a passage. The server counts code points ("runes"); the browser counts UTF-16 units, two of
 * them for an astral character. Both count in the order in which text is stored, whatever its direction.
 */
export type Range = { start: number; end: number };
export type Span = Range & { question: string };

/** A stretch of a passage in which everything is the same: as many questions, inside or outside of the mark. */
export type Piece = Range & { text: string; questions: string[]; marked: boolean };

/** The longest quote that the server takes, in code points. */
export const MAX_QUOTE = 4000;

/** Code points of a text. */
export function length(text: string): number {
	return Array.from(text).length;
}

/** How many code points stand before a UTF-16 place; a place inside of a pair is before the pair. */
export function toRunes(text: string, units: number): number {
	let n = 0;
	let at = 0;
	for (const letter of text) {
		at += letter.length;
		if (at > units) break;
		n++;
	}
	return n;
}

/** The UTF-16 place of a code point. */
export function toUnits(text: string, runes: number): number {
	let n = 0;
	let at = 0;
	for (const letter of text) {
		if (n === runes) break;
		at += letter.length;
		n++;
	}
	return at;
}

/** The words of a range of code points. */
export function slice(text: string, { start, end }: Range): string {
	return text.slice(toUnits(text, start), toUnits(text, end));
}

/** Parts a passage where a question's words or the mark begin or end. Together the pieces are the text. */
export function piecesOf(text: string, spans: Span[], mark?: Range): Piece[] {
	const all = length(text);
	const inside = (n: number) => Math.max(0, Math.min(all, n));
	const ends = [...spans, ...(mark ? [mark] : [])].flatMap(({ start, end }) => [inside(start), inside(end)]);
	const cuts = [...new Set([0, ...ends, all])].sort((a, b) => a - b);
	return cuts.slice(0, -1).map((start, i) => {
		const end = cuts[i + 1] ?? all;
		const here = (range: Range) => range.start <= start && end <= range.end;
		const questions = [...new Set(spans.filter(here).map(({ question }) => question))];
		return { start, end, text: slice(text, { start, end }), questions, marked: mark ? here(mark) : false };
	});
}

/** A selection in UTF-16 units as code points, without space at its ends; undefined where no word is left. */
export function selected(text: string, from: number, to: number): Range | undefined {
	const words = text.slice(from, to);
	const begin = from + (words.length - words.trimStart().length);
	const stop = begin + words.trim().length;
	if (stop <= begin) return undefined;
	const start = toRunes(text, begin);
	// Half of a pair that was selected counts as the whole character.
	const end = Math.max(start + 1, toRunes(text, stop) + (inPair(text, stop) ? 1 : 0));
	return { start, end: Math.min(end, start + MAX_QUOTE) };
}

function inPair(text: string, units: number): boolean {
	const before = text.charCodeAt(units - 1);
	const after = text.charCodeAt(units);
	return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

/** What a person has selected inside of an element that holds a passage's text and nothing else. */
export function selectedIn(element: HTMLElement, selection: Selection | null): Range | undefined {
	if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
	const range = selection.getRangeAt(0);
	if (!element.contains(range.startContainer)) return undefined;
	const before = element.ownerDocument.createRange();
	before.selectNodeContents(element);
	before.setEnd(range.startContainer, range.startOffset);
	const text = element.textContent ?? '';
	const from = before.toString().length;
	// A selection that goes on into the next passage ends with this one.
	const to = element.contains(range.endContainer) ? from + range.toString().length : text.length;
	return selected(text, from, to);
}

/** Ties a question to these words. The hash is the server's to make. */
export function anchorAt(place: { document: string; edition: number; section: string; paragraph: number }, text: string, range: Range): QuestionPassage {
	// Field by field: the server refuses what it does not know.
	const { start, end } = range;
	return { ...place, start, end, quote: slice(text, range), hash: '' };
}
