import type { Kind, QuestionCriterion, QuestionText } from '../trainer/types.ts';

/** The fields that belong to a kind alone; all others belong to every kind. */
const FIELDS = {
	single: ['options'],
	multiple: ['options'],
	true_false: ['truth', 'wrong', 'right_feedback', 'options'],
	match: ['pairs', 'extra'],
	order: ['sequence', 'mistakes'],
	numeric: ['answer', 'mistakes'],
	cloze: ['blanks'],
	judgement: ['options'],
	essay: ['rubric', 'max_words', 'model']
} as const satisfies Record<Kind, readonly (keyof QuestionText)[]>;

type Own = (typeof FIELDS)[Kind][number];

const OWN = [...new Set(Object.values(FIELDS).flat())] as Own[];

/** Every kind, in the order of the list of kinds. */
export const KINDS = Object.keys(FIELDS) as Kind[];

/** Parts that a new question of a kind begins with: rows to fill in, none of them right yet. */
export function emptyParts(kind: Kind): Pick<QuestionText, Own> {
	const option = () => ({ text: '', correct: false, misconception: '', feedback: '' });
	switch (kind) {
		case 'single':
		case 'multiple':
			return { options: Array.from({ length: 4 }, option) };
		case 'judgement':
			return { options: Array.from({ length: 4 }, () => ({ text: '', grade: 0, misconception: '', feedback: '' })) };
		case 'true_false':
			return { wrong: { misconception: '', feedback: '' }, right_feedback: '', options: Array.from({ length: 3 }, option) };
		case 'match':
			return { pairs: Array.from({ length: 3 }, () => ({ left: '', right: '', misconception: '', feedback: '' })), extra: [] };
		case 'order':
			return { sequence: ['', '', ''], mistakes: [{ misconception: '', feedback: '' }] };
		case 'numeric':
			return { mistakes: [{ misconception: '', feedback: '' }] };
		case 'cloze':
			return { blanks: [] };
		case 'essay':
			return { rubric: Array.from({ length: 3 }, emptyCriterion), model: '' };
	}
}

/** A row of a rubric with nothing in it. */
export function emptyCriterion(): QuestionCriterion {
	return { text: '', points: 1, guide: '' };
}

/** What an essay can get by its rubric; a row that says nothing counts for nothing. */
export function pointsOf({ rubric }: Pick<QuestionText, 'rubric'>): number {
	return (rubric ?? []).reduce((sum, { text, points }) => sum + (text.trim() ? points : 0), 0);
}

/** A question with nothing in it. */
export function emptyQuestion(kind: Kind = 'single'): QuestionText {
	return { kind, pool: 'practice', bloom: 'understand', difficulty: 2, stem: '', explanation: '', outcomes: [], citations: [], references: [], corrections: [], anchors: [], ...emptyParts(kind) };
}

/** The parts of a question that belong to its kind alone: kept while another kind is tried. */
export function partsOf(question: QuestionText): Pick<QuestionText, Own> {
	const fields: readonly Own[] = FIELDS[question.kind];
	return Object.fromEntries(fields.map((field) => [field, question[field]]));
}

/** The same question as another kind. Options go along where the other kind has options too; what was written for it before comes back. */
export function ofKind(question: QuestionText, kind: Kind, before: Pick<QuestionText, Own> | undefined): QuestionText {
	const parts = before ?? emptyParts(kind);
	const written = (question.options ?? []).some(({ text }) => text.trim());
	if (!before && 'options' in parts && written) {
		parts.options = (question.options ?? []).map(({ text, misconception, feedback, correct, grade }) => ({
			text,
			misconception: misconception ?? '',
			feedback: feedback ?? '',
			...(kind === 'judgement' ? { grade: correct ? 3 : 0 } : { correct: correct ?? grade === 3 })
		}));
	}
	const common = Object.fromEntries(Object.entries(question).filter(([key]) => !OWN.some((own) => own === key)));
	return { ...emptyQuestion(kind), ...common, ...parts, kind };
}

/** A question of the bank's as the editor needs it: every list and text of its kind is there. */
export function editable(question: QuestionText): QuestionText {
	const copy = clone(question);
	const parts = emptyParts(copy.kind);
	const lists = Object.fromEntries(Object.entries(parts).map(([field, empty]) => [field, Array.isArray(empty) ? [] : empty]));
	return { ...emptyQuestion(copy.kind), ...lists, ...copy };
}

/** As it is sent: no field of another kind, no empty lines in lists, and no rows at the end that nobody filled in. */
export function sendable(question: QuestionText): QuestionText {
	const fields: readonly string[] = FIELDS[question.kind];
	const foreign: readonly string[] = OWN.filter((own) => !fields.includes(own));
	const copy = without(clone(question), (field) => foreign.includes(field));
	for (const list of ['outcomes', 'citations', 'references', 'corrections', 'extra'] as const) {
		copy[list] &&= copy[list].map((text) => text.trim()).filter(Boolean);
	}
	copy.options &&= withoutEmptyEnd(copy.options, ({ text, misconception, feedback, correct, grade }) => Boolean(text.trim() || misconception?.trim() || feedback?.trim() || correct || grade));
	copy.pairs &&= withoutEmptyEnd(copy.pairs, ({ left, right, misconception, feedback }) => Boolean(left.trim() || right.trim() || misconception?.trim() || feedback?.trim()));
	copy.rubric &&= withoutEmptyEnd(copy.rubric, ({ text, guide }) => Boolean(text.trim() || guide?.trim()));
	copy.sequence &&= withoutEmptyEnd(copy.sequence, (text) => Boolean(text.trim()));
	copy.blanks &&= copy.blanks.map((blank) => ({ ...blank, accepted: lines(blank.accepted.join('\n')) }));
	if (copy.wrong && !copy.wrong.feedback?.trim() && !copy.wrong.misconception?.trim()) delete copy.wrong;
	copy.mistakes &&= copy.mistakes.filter(isSaid);
	copy.blanks &&= copy.blanks.map((blank) => ({ ...blank, mistakes: (blank.mistakes ?? []).filter(isSaid) }));
	if (!copy.as_of) delete copy.as_of;
	if (!copy.max_words) delete copy.max_words;
	// A red line is for what the program can judge. It comes back with another kind.
	if (copy.kind === 'essay') delete copy.critical;
	return without(copy, (_, value) => value === undefined || (Array.isArray(value) && value.length === 0));
}

/** The question without some of its fields. */
function without(question: QuestionText, drop: (field: string, value: unknown) => boolean): QuestionText {
	return Object.fromEntries(Object.entries(question).filter(([field, value]) => !drop(field, value))) as QuestionText;
}

/** A row in the middle stays, empty or not: findings count rows as the editor shows them. */
function withoutEmptyEnd<T>(rows: T[], filled: (row: T) => boolean): T[] {
	let end = rows.length;
	for (const row of [...rows].reverse()) {
		if (filled(row)) break;
		end--;
	}
	return rows.slice(0, end);
}

function isSaid({ value, text, misconception, feedback }: { value?: number; text?: string; misconception?: string; feedback?: string }): boolean {
	return value !== undefined || Boolean(text?.trim() || misconception?.trim() || feedback?.trim());
}

/** A copy that shares nothing, also of a rune's proxy. */
function clone(question: QuestionText): QuestionText {
	return JSON.parse(JSON.stringify(question)) as QuestionText;
}

/** The lines of a text that hold something. */
export function lines(text: string): string[] {
	return text.split('\n').map((line) => line.trim()).filter(Boolean);
}

/** How many blanks a cloze's stem has. */
export function blanksIn(stem: string): number {
	return stem.split('____').length - 1;
}

/** Whether two questions say the same, whatever the order of their fields and whether an empty list is written. */
export function same(a: QuestionText, b: QuestionText): boolean {
	return canonical(sendable(a)) === canonical(sendable(b));
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (key, inner: unknown) => {
		if (key === 'truth') return inner;
		if (key === 'grade' && inner === 0) return undefined;
		if (Array.isArray(inner)) return inner.length ? inner : undefined;
		if (typeof inner !== 'object' || inner === null) return inner === '' || inner === false ? undefined : inner;
		return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
	});
}
