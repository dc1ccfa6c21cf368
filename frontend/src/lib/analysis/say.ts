import type { Tone } from '../components/StatusWord.svelte';
import type { AnalysisMessages } from '../messages/trainer-analysis.ts';
import { plainOf } from '../trainer/label.ts';
import type { AnalysedQuiz, ItemDetail, ItemRow, TestStatistics, Verdict } from './types.ts';

/** Where words about α change: from here on scores rank people well, and from here on not at all. */
const WELL = 0.8;
const FAIRLY = 0.64;

export const QUIZ_SORTS = ['alarms', 'attempts', 'last_at', 'title', 'curriculum'] as const;
export type QuizSort = (typeof QUIZ_SORTS)[number];

/** Quizzes in an order; those that are equal stay in the order of the modules. */
export function sortedQuizzes(all: readonly AnalysedQuiz[], by: QuizSort): AnalysedQuiz[] {
	const order: Record<QuizSort, (a: AnalysedQuiz, b: AnalysedQuiz) => number> = {
		alarms: (a, b) => b.alarms - a.alarms || b.warnings - a.warnings,
		attempts: (a, b) => b.attempts - a.attempts,
		last_at: (a, b) => (b.last_at ?? '').localeCompare(a.last_at ?? ''),
		title: (a, b) => a.title.localeCompare(b.title),
		curriculum: () => 0
	};
	return [...all].sort(order[by]);
}

export const ITEM_SORTS = ['verdict', 'right', 'apart', 'seconds', 'had'] as const;
export type ItemSort = (typeof ITEM_SORTS)[number];

const SEVERITY = { alarm: 0, warning: 1, note: 2 } as const;

/** How bad the worst verdict is: those of a few responses after all that say something, "works well" last. */
function badness({ verdicts }: ItemRow): number {
	const worst = verdicts[0];
	if (!worst || worst.code === 'sound') return 4;
	return worst.code === 'few_responses' ? 3 : SEVERITY[worst.severity];
}

/** Questions in an order, what needs a look first; without a figure last. */
export function sortedItems(items: readonly ItemRow[], by: ItemSort): ItemRow[] {
	const figure: Record<ItemSort, (item: ItemRow) => number | undefined> = {
		verdict: badness,
		right: (item) => item.facility,
		apart: (item) => item.discrimination,
		seconds: (item) => (item.seconds === undefined ? undefined : -item.seconds),
		had: (item) => item.responses
	};
	const of = (item: ItemRow) => figure[by](item) ?? Infinity;
	const between = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
	return [...items].sort((a, b) => between(of(a), of(b)) || (by === 'verdict' ? b.verdicts.length - a.verdicts.length : 0));
}

/** A verdict in a few words; the server's own where a newer server knows one that this page does not. */
export function verdictWords(m: AnalysisMessages, { code, text }: Verdict): string {
	return m.verdicts[code] ?? text;
}

export function verdictTone(verdict: Verdict | undefined): Tone {
	if (!verdict || verdict.code === 'sound') return 'ready';
	if (verdict.code === 'few_responses') return 'neutral';
	return verdict.severity === 'alarm' ? 'behind' : verdict.severity === 'warning' ? 'lapse' : 'info';
}

/** The option that the best choose instead of the key, where the key is suspected. */
export function rivalOf({ verdicts, options }: Pick<ItemDetail, 'verdicts' | 'options'>): string | undefined {
	if (!verdicts.some(({ code }) => code === 'key_suspected')) return undefined;
	const [best] = options.filter(({ key, rest }) => !key && (rest ?? 0) > 0).sort((a, b) => (b.rest ?? 0) - (a.rest ?? 0));
	return best && plainOf(best.text);
}

/** How far α may be off in 19 of 20 samples (Bonett 2002); undefined where it means nothing. */
export function alphaWithin({ alpha, attempts, questions }: Pick<TestStatistics, 'alpha' | 'attempts' | 'questions'>): number | undefined {
	if (alpha === undefined || attempts <= 2 || questions <= 1) return undefined;
	return 1.96 * (1 - alpha) * Math.sqrt((2 * questions) / ((questions - 1) * (attempts - 2)));
}

/** What α says, in words. */
export function agreement(m: AnalysisMessages, alpha: number): string {
	if (alpha >= WELL) return m.agreeWell;
	return alpha >= FAIRLY ? m.agreeFairly : m.agreeLittle;
}

/** The interval that the share of all people lies in, in 19 of 20 samples (Wilson). */
export function wilson(of: number, n: number): { low: number; high: number } {
	if (n === 0) return { low: 0, high: 1 };
	const z = 1.959964;
	const share = of / n;
	const middle = share + (z * z) / (2 * n);
	const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	const base = 1 + (z * z) / n;
	return { low: Math.max(0, (middle - half) / base), high: Math.min(1, (middle + half) / base) };
}

/** A name for each option of a list: A, B, … */
export function letter(i: number): string {
	return String.fromCharCode(65 + (i % 26));
}

/** Where the middles of the fifths of people lie who are spread normally. */
const FIFTHS = [-1.2816, -0.5244, 0, 0.5244, 1.2816];

/** What was seen of each fifth, at the ability where such people are about. */
export function seenAt(curve: ItemDetail['curve'], spread: number): { x: number; y: number }[] {
	return curve.flatMap(({ share }, i) => (share === undefined ? [] : [{ x: (FIFTHS[i] ?? 0) * spread, y: share }]));
}

/** What the Rasch model expects of somebody. */
export function expected(ability: number, difficulty: number): number {
	return 1 / (1 + Math.exp(difficulty - ability));
}

/** Puts names at least `gap` apart and between `top` and `bottom`, each as near to its place as that leaves room. */
export function keptApart(places: readonly number[], gap: number, top: number, bottom: number): number[] {
	const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
	const put: number[] = [];
	order.forEach(({ place }, at) => put.push(Math.max(place, at === 0 ? top : (put[at - 1] ?? top) + gap)));
	for (let at = put.length - 1; at >= 0; at--) {
		const most = at === put.length - 1 ? bottom : (put[at + 1] ?? bottom) - gap;
		put[at] = Math.min(put[at] ?? most, most);
	}
	const out: number[] = [];
	order.forEach(({ i }, at) => (out[i] = put[at] ?? 0));
	return out;
}
