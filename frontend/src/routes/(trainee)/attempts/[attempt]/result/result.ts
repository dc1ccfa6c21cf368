import type { Answer, Result, ResultQuestion } from '#lib/api/types.ts';
import type { Formats } from '#lib/format.ts';
import type { Messages } from '#lib/messages/index.ts';
import { enough, isRecall } from '#lib/quiz.ts';

export type Filter = 'wrong' | 'flagged' | 'all';

/** The questions whose red line failed the attempt. */
export function critical(result: Result): string[] {
	return result.critical_failures ?? [];
}

/** Parts of a result, and what each is called, in the order in which they are shown. */
const PARTS = ['score', 'correctness', 'feedback', 'answers'] as const;

/** What is shown later, and when; of parts that come together, the last, as it comes with the others. */
export function later(m: Messages['attempt'], f: Formats, result: Pick<Result, 'quiz' | 'score' | 'detail' | 'awaiting'>): string[] {
	const { shows, closes_at } = result.quiz;
	const shown = { none: 0, correctness: 1, feedback: 2, key: 3 }[result.detail];
	const hidden = PARTS.filter((part, i) => (part === 'score' ? result.score === undefined && !result.awaiting : i > shown));
	const when = {
		immediate: '',
		submitted: '',
		finished: m.laterFinished,
		closed: closes_at ? m.laterClosed(f.date(closes_at)) : '',
		never: ''
	};
	return hidden
		.filter((part, i) => shows[hidden[i + 1] ?? part] !== shows[part] || i === hidden.length - 1)
		.map((part) => (when[shows[part]] ? m.later[part](when[shows[part]]) : m.neverShown[part]));
}

/** The places on the paper of these questions. */
export function numbersOf(result: Result, ids: string[]): number[] {
	return (result.questions ?? []).flatMap(({ question }, i) => (ids.includes(question.id) ? [i + 1] : []));
}

/** Pretests and reviews measure; nobody passes or fails them. */
export function measures(result: Pick<Result, 'quiz'>): boolean {
	return isPretest(result) || isRecall(result.quiz);
}

/** Taken before the module. */
export function isPretest({ quiz }: Pick<Result, 'quiz'>): boolean {
	return quiz.purpose === 'pretest';
}

/** The one sentence that says how it went. */
export function headline(m: Messages['attempt'], f: Formats, result: Result): string {
	if (result.awaiting > 0) return m.resultAwaiting(result.awaiting);
	if (result.score === undefined) return m.resultLater;
	const score = f.percent(result.score);
	if (isPretest(result)) return m.resultPretest(score);
	if (isRecall(result.quiz)) return recallHeadline(m, f, result);
	if (result.passed) return m.resultPassed(score, f.percent(result.pass_mark));
	return enough(result.score, result.pass_mark) ? m.resultCritical(score) : m.resultFailed(score, f.percent(result.pass_mark));
}

function recallHeadline(m: Messages['attempt'], f: Formats, { questions }: Result): string {
	const right = questions.filter(({ feedback }) => feedback?.correct).length;
	const all = f.number(questions.length);
	return right === questions.length ? m.resultReviewAll(all) : m.resultReview(f.number(right), all);
}

/** The questions of a filter, with their numbers on the paper. */
export function filtered(result: Result, filter: Filter): { item: ResultQuestion; number: number }[] {
	const all = (result.questions ?? []).map((item, i) => ({ item, number: i + 1 }));
	if (filter === 'wrong') return all.filter(({ item }) => item.feedback && !item.feedback.correct && !item.feedback.awaiting);
	return filter === 'flagged' ? all.filter(({ item }) => item.flagged) : all;
}

/** What one looks at first: the wrong ones, where they may be shown and there are any. */
export function firstFilter(result: Result): Filter {
	return result.detail !== 'none' && filtered(result, 'wrong').length > 0 ? 'wrong' : 'all';
}

export function answerOf({ response }: ResultQuestion): Answer | undefined {
	return typeof response === 'object' && response !== null ? response : undefined;
}
