import { afterEach, describe, expect, it } from 'vitest';
import { anchorAt, length, piecesOf, selected, selectedIn, slice, toRunes, toUnits } from './spans.ts';

/** 🕊 is two UTF-16 units and one code point; é here is two code points. */
const ASTRAL = 'A 🕊🕊 dove, cafe\u0301 𝔘N';
const RTL = 'قوات حفظ السلام 🕊 تحمي المدنيين';

describe('code points', () => {
	it('counts an astral character once and a combining mark for itself', () => {
		expect(length('🕊')).toBe(1);
		expect(length('e\u0301')).toBe(2);
		expect(length(ASTRAL)).toBe([...ASTRAL].length);
	});

	it.each([ASTRAL, RTL, 'plain', ''])('goes there and back: %s', (text) => {
		for (let rune = 0; rune <= length(text); rune++) expect(toRunes(text, toUnits(text, rune))).toBe(rune);
	});

	it('takes a place inside of a pair for the place before it', () => {
		expect(toRunes('🕊x', 1)).toBe(0);
		expect(toRunes('🕊x', 2)).toBe(1);
	});

	it('cuts the same words as the server does', () => {
		const runes = [...RTL];
		expect(slice(RTL, { start: 16, end: 24 })).toBe(runes.slice(16, 24).join(''));
	});
});

describe('pieces', () => {
	it('are the text, whatever overlaps', () => {
		const spans = [
			{ question: 'a', start: 2, end: 9 },
			{ question: 'b', start: 3, end: 4 },
			{ question: 'a', start: 2, end: 5 }
		];
		const pieces = piecesOf(ASTRAL, spans, { start: 8, end: 12 });
		expect(pieces.map(({ text }) => text).join('')).toBe(ASTRAL);
		expect(pieces.map(({ questions, marked }) => `${questions.join('')}${marked ? '*' : ''}`)).toEqual(['', 'a', 'ab', 'a', 'a', 'a*', '*', '']);
		expect(pieces[2]?.text).toBe('🕊');
	});

	it('keeps spans inside of the text', () => {
		expect(piecesOf('ab', [{ question: 'q', start: 1, end: 9 }])).toEqual([
			{ start: 0, end: 1, text: 'a', questions: [], marked: false },
			{ start: 1, end: 2, text: 'b', questions: ['q'], marked: false }
		]);
		expect(piecesOf('', [])).toEqual([]);
	});
});

describe('a selection', () => {
	it('loses the space at its ends', () => expect(selected('one two  three', 3, 9)).toEqual({ start: 4, end: 7 }));
	it('of space alone is none', () => expect(selected('one two', 3, 4)).toBeUndefined());
	it('of half a pair is the whole character', () => expect(selected('a🕊b', 1, 2)).toEqual({ start: 1, end: 2 }));
	it('is no longer than a quote may be', () => expect(selected('x'.repeat(5000), 0, 5000)).toEqual({ start: 0, end: 4000 }));
});

describe('a selection in the page', () => {
	afterEach(() => document.body.replaceChildren());

	function passage(...parts: string[]): HTMLElement {
		const p = document.createElement('p');
		for (const part of parts) {
			const span = document.createElement('span');
			span.textContent = part;
			p.append(span);
		}
		document.body.append(p);
		return p;
	}

	function select(from: Node, at: number, to: Node, end: number): Selection | null {
		const selection = getSelection();
		const range = document.createRange();
		range.setStart(from, at);
		range.setEnd(to, end);
		selection?.removeAllRanges();
		selection?.addRange(range);
		return selection;
	}

	function textIn(element: HTMLElement, i: number): Node {
		const node = element.children[i]?.firstChild;
		if (!node) throw new Error('no text');
		return node;
	}

	it('is counted from the start of the passage, over tinted parts', () => {
		const p = passage('A 🕊', '🕊 dove', ', here');
		const range = selectedIn(p, select(textIn(p, 1), 0, textIn(p, 2), 6));
		expect(range).toEqual({ start: 3, end: 15 });
		expect(slice(p.textContent ?? '', range ?? { start: 0, end: 0 })).toBe('🕊 dove, here');
	});

	it('counts text from right to left in the order in which it is stored', () => {
		const p = passage(RTL.slice(0, 5), RTL.slice(5));
		const range = selectedIn(p, select(textIn(p, 0), 5, textIn(p, 1), 4));
		expect(range).toEqual({ start: 5, end: 8 });
		expect(slice(RTL, range ?? { start: 0, end: 0 })).toBe('حفظ');
	});

	it('ends with its passage', () => {
		const p = passage('one two');
		const next = passage('three');
		expect(selectedIn(p, select(textIn(p, 0), 4, textIn(next, 0), 3))).toEqual({ start: 4, end: 7 });
		expect(selectedIn(next, getSelection())).toBeUndefined();
	});

	it('becomes an anchor whose hash the server makes', () => {
		const place = { document: 'd', edition: 2, section: 's', paragraph: 3 };
		const chosen = { start: 2, end: 4, passage: 3 };
		expect(anchorAt(place, ASTRAL, chosen)).toEqual({ ...place, start: 2, end: 4, quote: '🕊🕊', hash: '' });
	});
});
