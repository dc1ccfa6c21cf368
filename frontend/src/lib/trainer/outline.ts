import type { BankMessages } from '../messages/trainer-bank.ts';
import type { QuestionText } from './types.ts';

/** A part of a question in words: its name, its lines, and whether it is right. */
export type Group = { title: string; lines: { name: string; text: string }[]; right: boolean };

/** These stand elsewhere on the page: drawn in the preview, or among the facts. */
const ELSEWHERE = ['title', 'kind', 'pool', 'critical', 'bloom', 'difficulty', 'stem'];

/** Lists of keys: what they are called says more. */
const NAMED = ['outcomes', 'citations', 'references', 'corrections'];

const FIRST = ['pictures', 'truth', 'answer', 'options', 'pairs', 'extra', 'sequence', 'blanks', 'wrong', 'right_feedback', 'mistakes', 'max_words', 'rubric', 'model', 'explanation'];

/** All of a question that a trainee does not see before the answer, whatever its kind. `names`: of outcomes and sources, by their keys. */
export function outline(question: QuestionText, m: BankMessages, names: ReadonlyMap<string, string> = new Map()): Group[] {
	const rank = (field: string) => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length);
	const fields = Object.entries(question).filter(([field]) => !ELSEWHERE.includes(field)).sort(([a], [b]) => rank(a) - rank(b));
	return fields.flatMap(([field, value]: [string, unknown]) => groupsOf(field, value, m, names));
}

function groupsOf(field: string, value: unknown, m: BankMessages, names: ReadonlyMap<string, string>): Group[] {
	const title = m.fields[field] ?? field;
	if (Array.isArray(value)) {
		const texts = value.filter((one): one is string => typeof one === 'string');
		if (texts.length === value.length) return texts.length ? [{ title, lines: texts.map((text, i) => ({ name: field === 'sequence' ? String(i + 1) : '', text: NAMED.includes(field) ? (names.get(text) ?? text) : text })), right: false }] : [];
		return value.map((one: unknown, i) => group((m.rows[field] ?? ((n: string) => `${title} ${n}`))(String(i + 1)), one, m));
	}
	if (typeof value === 'object' && value !== null) return [group(title, value, m)];
	const text = wordOf(field, value, m);
	return text ? [{ title, lines: [{ name: '', text }], right: false }] : [];
}

function group(title: string, value: unknown, m: BankMessages): Group {
	const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
	if (entries.some(([name]) => name === 'hash')) return { title, lines: entries.flatMap(([name, text]) => (name === 'quote' ? [{ name: '', text: String(text) }] : [])), right: false };
	if (entries.some(([name]) => name === 'width')) return { title, lines: [{ name: '', text: String(entries.find(([name]) => name === 'alt')?.[1] ?? '') || m.noAlt }], right: false };
	const lines = entries.flatMap(([name, inner]: [string, unknown]) => linesOf(name, inner, m));
	const right = entries.some(([name, inner]) => (name === 'correct' && inner === true) || (name === 'grade' && inner === 3));
	return { title, lines, right };
}

function linesOf(name: string, value: unknown, m: BankMessages): { name: string; text: string }[] {
	if (Array.isArray(value)) {
		const texts = value.filter((one): one is string => typeof one === 'string');
		if (texts.length === value.length) return texts.length ? [{ name: m.fields[name] ?? name, text: texts.join(' · ') }] : [];
		return value.flatMap((one: unknown, i) => {
			const part = (m.rows[name] ?? String)(String(i + 1));
			return group(part, one, m).lines.map((line) => ({ ...line, name: line.name ? `${part}: ${line.name}` : part }));
		});
	}
	const text = wordOf(name, value, m);
	if (!text) return [];
	if (name === 'correct') return [{ name: '', text: m.isRight }];
	return [{ name: name === 'text' ? '' : (m.fields[name] ?? name), text }];
}

function wordOf(field: string, value: unknown, m: BankMessages): string {
	if (value === undefined || value === null || value === '') return '';
	if (field === 'truth') return value === true ? m.isTrue : m.isFalse;
	if (typeof value === 'boolean') return value ? m.yes : '';
	if (field === 'grade') return m.grades[String(value)] ?? String(value);
	return String(value);
}
