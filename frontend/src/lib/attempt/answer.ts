import type { Answer, PaperQuestion } from '#lib/api/types.ts';

/** How far a question is answered. */
export type Fill = 'empty' | 'part' | 'full';

/** An answer with a gap counts as begun: the list before submit names it. */
export function fillOf(question: PaperQuestion, answer: Answer | undefined): Fill {
	if (!answer) return 'empty';
	const [done, all] = places(question, answer);
	if (done === 0) return 'empty';
	return done < all ? 'part' : 'full';
}

/** How many places of the answer are filled, and how many there are. */
function places(question: PaperQuestion, answer: Answer): [done: number, all: number] {
	switch (question.kind) {
		case 'multiple':
			return [Math.min(1, answer.choices?.length ?? 0), 1];
		case 'true_false': {
			const value = typeof answer.value === 'boolean' ? 1 : 0;
			return question.options?.length ? [value + (answer.reason ? 1 : 0), 2] : [value, 1];
		}
		case 'match':
			return [Object.values(answer.pairs ?? {}).filter(Boolean).length, question.left?.length ?? 0];
		case 'order':
			return [answer.order?.length ?? 0, question.items?.length ?? 0];
		case 'numeric':
			return [typeof answer.value === 'number' ? 1 : 0, 1];
		case 'cloze':
			return [(answer.blanks ?? []).filter((text) => text.trim()).length, question.blanks ?? 0];
		case 'essay':
			return [answer.text?.trim() ? 1 : 0, 1];
		default:
			return [answer.choice ? 1 : 0, 1];
	}
}

/** A number as people write it: with a comma or a point, with spaces, with Arabic digits. Undefined when it is none. */
export function numberOf(text: string): number | undefined {
	const plain = text
		.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
		.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
		.replace(/[\s\u00a0\u202f'’]/g, '')
		.replace('٫', '.')
		.replace('−', '-');
	const point = /^-?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain;
	if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(point)) return undefined;
	const value = Number(point);
	return Number.isFinite(value) ? value : undefined;
}

const encoder = new TextEncoder();

/** The longest beginning of `text` that the server takes for a blank (bytes, whole characters). */
export function fitBlank(text: string, bytes = 200): string {
	let fitted = text;
	while (encoder.encode(fitted).length > bytes) fitted = Array.from(fitted).slice(0, -1).join('');
	return fitted;
}

/** Moves the item at `from` by `by` places; the same list where it cannot move. */
export function moved<T>(order: T[], from: number, by: number): T[] {
	const to = from + by;
	const item = order[from];
	if (item === undefined || to < 0 || to >= order.length) return order;
	const rest = order.filter((_, i) => i !== from);
	return [...rest.slice(0, to), item, ...rest.slice(to)];
}
