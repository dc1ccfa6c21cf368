import { wordDiff, type Piece } from './diff.ts';
import type { QuestionText } from './types.ts';

/** One part of a question in two versions, by the name that the server gives its field. */
export type Change = { field: string; pieces: Piece[] };

/** The order in which parts are compared; what is not named comes last. */
const ORDER = ['kind', 'stem', 'pictures', 'truth', 'options', 'wrong', 'right_feedback', 'pairs', 'extra', 'sequence', 'answer', 'blanks', 'mistakes', 'max_words', 'rubric', 'model', 'explanation'];

/** What differs between two versions, and how many parts do not. */
export function compare(before: QuestionText, after: QuestionText): { changes: Change[]; same: number } {
	const a = flat(before);
	const b = flat(after);
	const fields = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => rank(x) - rank(y) || x.localeCompare(y, 'en', { numeric: true }));
	const changes: Change[] = [];
	for (const field of fields) {
		const [x = '', y = ''] = [a.get(field), b.get(field)];
		if (x !== y) changes.push({ field, pieces: wordDiff(x, y) });
	}
	return { changes, same: fields.length - changes.length };
}

function rank(field: string): number {
	const at = ORDER.indexOf(/^\w+/.exec(field)?.[0] ?? '');
	return at < 0 ? ORDER.length : at;
}

/** Every value of a question by its field: "options[2].text" → "…". Empty ones and false are as if they were not there; an anchor is its quote, a picture what it shows and the start of its name. */
export function flat(question: QuestionText): Map<string, string> {
	const values = new Map<string, string>();
	walk(question, '', values);
	return values;
}

function walk(value: unknown, field: string, into: Map<string, string>): void {
	if (value === undefined || value === null || value === '' || (value === false && field !== 'truth')) return;
	if (Array.isArray(value)) {
		value.forEach((one: unknown, i) => walk(one, `${field}[${i}]`, into));
	} else if (typeof value === 'object') {
		if ('quote' in value && 'hash' in value) return walk(value.quote, field, into);
		if ('id' in value && 'width' in value) return walk(`${'alt' in value ? String(value.alt) : ''} #${String(value.id).slice(0, 6)}`.trim(), field, into);
		for (const [name, inner] of Object.entries(value)) walk(inner, field ? `${field}.${name}` : name, into);
	} else {
		into.set(field, String(value));
	}
}
