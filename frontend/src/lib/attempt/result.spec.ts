import { describe, expect, it } from 'vitest';
import type { QuestionFeedback, Result } from '#lib/api/types.ts';
import type { Formats } from '#lib/format.ts';
import { attempt as m } from '#lib/messages/en/attempt.ts';
import { filtered, firstFilter, headline, later } from '../../routes/(trainee)/attempts/[attempt]/result/result.ts';

const f = { percent: (share: number) => `${100 * share} %`, number: String, date: (day: string) => day } as unknown as Formats;
const feedback = (more: Partial<QuestionFeedback>) => ({ fraction: 0, correct: false, ...more }) as QuestionFeedback;

function result(more: Partial<Result>): Result {
	const question = (id: string, told: QuestionFeedback) => ({ question: { id, kind: 'essay', stem_html: '' }, flagged: false, feedback: told });
	return {
		quiz: { purpose: 'check', shows: { score: 'submitted', correctness: 'submitted', feedback: 'submitted', answers: 'submitted' } },
		awaiting: 0,
		detail: 'key',
		pass_mark: 0.8,
		questions: [question('q1', feedback({ awaiting: true })), question('q2', feedback({}))],
		...more
	} as unknown as Result;
}

describe('a result that waits for marks', () => {
	it('is neither passed nor failed, and says what it waits for', () => {
		expect(headline(m, f, result({ awaiting: 2 }))).toBe('2 answers wait for a mark; your result comes with them');
		expect(headline(m, f, result({ awaiting: 1 }))).toBe('1 answer waits for a mark; your result comes with it');
		expect(headline(m, f, result({ score: 0.9, passed: true }))).toBe('Passed: 90 %, you needed 80 %');
	});

	it('does not say that the score is never shown', () => {
		expect(later(m, f, result({ awaiting: 1 }))).toEqual([]);
		expect(later(m, f, result({}))).toEqual([m.neverShown.score]);
	});

	it('does not count an answer as wrong that nobody has marked', () => {
		const waits = result({ awaiting: 1 });
		expect(filtered(waits, 'wrong').map(({ number }) => number)).toEqual([2]);
		expect(firstFilter({ ...waits, questions: waits.questions.slice(0, 1) })).toBe('all');
	});
});
