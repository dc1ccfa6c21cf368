import { plainOf } from '../trainer/label.ts';
import type { QuestionText } from '../trainer/types.ts';

/** A line of a question's answer, as a trainer reads it in passing. */
export type Line = { text: string; right: boolean; note?: string };

/** What can be chosen or must be given, whatever the kind, with what is right. `words`: true and false in the reader's language. */
export function linesOf(question: QuestionText, words: { true: string; false: string }): Line[] {
	const { options = [], pairs = [], extra = [], sequence = [], blanks = [], answer, truth } = question;
	const chosen = options.map(({ text, correct, grade }): Line => ({ text: plainOf(text), right: correct === true || grade === 3 }));
	switch (question.kind) {
		case 'true_false':
			return [{ text: words.true, right: truth === true }, { text: words.false, right: truth === false }, ...chosen];
		case 'match':
			return [
				...pairs.map(({ left, right }): Line => ({ text: plainOf(left), right: true, note: plainOf(right) })),
				...extra.map((text): Line => ({ text: plainOf(text), right: false }))
			];
		case 'order':
			return sequence.map((text) => ({ text: plainOf(text), right: true }));
		case 'numeric':
			return answer ? [{ text: [answer.value, answer.unit].filter((part) => part !== undefined && part !== '').join(' '), right: true, ...(answer.tolerance ? { note: `± ${answer.tolerance}` } : {}) }] : [];
		case 'cloze':
			return blanks.map(({ accepted }) => ({ text: accepted.join(' / '), right: true }));
		default:
			return chosen;
	}
}
