import { describe, expect, it } from 'vitest';
import { emptyQuiz, emptyRule, findingsElsewhere, newQuizHref, PARTS, pointsOf, POINTS, PRESET_NAMES, PRESETS, presetOf, tidy, withChosen, withPoint } from './shape.ts';
import type { Points } from './types.ts';

/** As the server checks it. */
function ordered({ score, correctness, feedback, answers }: Points): boolean {
	const rank = (point: Points['answers']) => POINTS.indexOf(point);
	return rank(score) <= Math.max(rank(correctness), 1) && rank(correctness) <= rank(feedback) && rank(feedback) <= rank(answers);
}

describe('when parts of a result are shown', () => {
	it('is in order after every choice, and the choice stands', () => {
		for (const preset of PRESET_NAMES) {
			for (const first of PARTS) {
				for (const one of pointsOf(first)) {
					for (const second of PARTS) {
						for (const two of pointsOf(second)) {
							const points = withPoint(withPoint(PRESETS[preset], first, one), second, two);
							expect(ordered(points), JSON.stringify(points)).toBe(true);
							expect(points[second]).toBe(two);
						}
					}
				}
			}
		}
	});

	it('leaves alone what need not move', () => {
		expect(withPoint(PRESETS.practice, 'score', 'submitted')).toEqual(PRESETS.practice);
		expect(withPoint(PRESETS.after, 'answers', 'closed')).toEqual({ ...PRESETS.after, answers: 'closed' });
		expect(withPoint(PRESETS.secret, 'correctness', 'submitted')).toEqual({ ...PRESETS.secret, correctness: 'submitted' });
	});

	it('knows the presets again', () => {
		for (const name of PRESET_NAMES) expect(presetOf({ ...PRESETS[name] })).toBe(name);
		expect(presetOf({ ...PRESETS.after, answers: 'never' })).toBeUndefined();
	});
});

describe('a quiz as it is sent', () => {
	it('leaves out what is empty', () => {
		const quiz = { ...emptyQuiz(), title: ' Test ', module: '', opens_at: '', rules: [{ draw: 3, pool: 'exam' as const, module: '', tag: ' Bravo ', difficulty: 0 }] };
		const sent = tidy(quiz);
		expect(sent.title).toBe('Test');
		expect('module' in sent || 'opens_at' in sent).toBe(false);
		expect(sent.rules).toEqual([{ draw: 3, pool: 'exam', tag: 'bravo' }]);
	});

	it('gives a rule with named questions no filter', () => {
		const quiz = { ...emptyQuiz(), rules: [{ draw: 5, pool: 'exam' as const, tag: 'x', questions: ['a.b.q1'] }] };
		expect(tidy(quiz).rules).toEqual([{ draw: 0, questions: ['a.b.q1'] }]);
	});
});

it('finds what no field shows', () => {
	const finding = (field: string) => ({ field, severity: 'error' as const, message: field });
	const all = ['', 'rules', 'rules[0]', 'rules[5]', 'shows'].map(finding);
	expect(findingsElsewhere(all, ['shows'], 1).map(({ field }) => field)).toEqual(['', 'rules', 'rules[5]']);
});

describe('questions that were chosen in the bank', () => {
	const rule = { draw: 0, questions: ['a'] };
	it('take the place of a rule that nobody has touched', () => expect(withChosen([emptyRule()], ['a', 'b', 'a'])).toEqual([{ draw: 0, questions: ['a', 'b'] }]));
	it('stand beside other rules, once', () => {
		expect(withChosen([rule], ['a'])).toEqual([rule]);
		expect(withChosen([rule, { draw: 3 }], ['a', 'b'])).toEqual([rule, { draw: 3 }, { draw: 0, questions: ['b'] }]);
	});
	it('are none where none is named', () => expect(withChosen([emptyRule()], [])).toEqual([emptyRule()]));
	it('stand in the address', () => expect(newQuizHref(['a.b', 'c'])).toBe('/trainer/quizzes/new?question=a.b&question=c'));
});
