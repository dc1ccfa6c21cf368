import { describe, expect, it } from 'vitest';
import { analysis as m } from '../messages/en/trainer-analysis.ts';
import { analysisHref, itemHref, quizOf, whichOf } from './href.ts';
import { agreement, alphaWithin, expected, keptApart, rivalOf, seenAt, sortedItems, sortedQuizzes, verdictTone, verdictWords, wilson } from './say.ts';
import type { AnalysedQuiz, ItemRow, OptionAnalysis, Verdict } from './types.ts';

const verdict = (code: string, severity: Verdict['severity'] = 'note'): Verdict => ({ code, severity, text: `told: ${code}` });

function item(question: string, verdicts: Verdict[], more: Partial<ItemRow> = {}): ItemRow {
	return {
		question, version: 'v', stem: question, kind: 'single', current: true, critical: false, responses: 50, seen: 50, answered: 50, right: 25, few: false, verdicts, ...more
	};
}

function quiz(title: string, more: Partial<AnalysedQuiz>): AnalysedQuiz {
	return { quiz: title, title, purpose: 'check', attempts: 1, people: 1, alarms: 0, warnings: 0, ...more };
}

describe('addresses', () => {
	it('holds no dots, and comes back', () => {
		expect(analysisHref('legal.check')).toBe('/trainer/analysis/legal~check');
		expect(quizOf('legal~check')).toBe('legal.check');
		expect(itemHref('bank.night', 'a.b.q-1', 'all')).toBe('/trainer/analysis/bank~night/a/b/q-1?attempts=all');
		expect(itemHref('final', 'a.b.q-1', 'first')).toBe('/trainer/analysis/final/a/b/q-1');
	});

	it('takes only attempts that exist', () => {
		expect(whichOf(new URLSearchParams('attempts=last'))).toBe('last');
		expect(whichOf(new URLSearchParams('attempts=best'))).toBe('first');
	});
});

describe('orders', () => {
	const items = [
		item('good', [verdict('sound')], { facility: 0.7, discrimination: 0.5, seconds: 10 }),
		item('few', [verdict('few_responses')], { responses: 4 }),
		item('easy', [verdict('very_easy')], { facility: 0.98, discrimination: 0, seconds: 40 }),
		item('key', [verdict('key_suspected', 'alarm')], { facility: 0.2, discrimination: -0.3, seconds: 20 })
	];
	const names = (list: ItemRow[]) => list.map(({ question }) => question);

	it('puts the worst verdict first and what works well last', () => {
		expect(names(sortedItems(items, 'verdict'))).toEqual(['key', 'easy', 'few', 'good']);
	});

	it('puts questions without the figure last', () => {
		expect(names(sortedItems(items, 'right'))).toEqual(['key', 'good', 'easy', 'few']);
		expect(names(sortedItems(items, 'apart'))).toEqual(['key', 'easy', 'good', 'few']);
		expect(names(sortedItems(items, 'seconds'))).toEqual(['easy', 'key', 'good', 'few']);
		expect(names(sortedItems(items, 'had'))[0]).toBe('few');
	});

	it('puts quizzes with suspected keys first, the newest first by date', () => {
		const all = [quiz('b', { warnings: 5, last_at: '2026-02-01' }), quiz('a', { alarms: 1, last_at: '2026-01-01' }), quiz('c', {})];
		expect(sortedQuizzes(all, 'alarms').map(({ title }) => title)).toEqual(['a', 'b', 'c']);
		expect(sortedQuizzes(all, 'last_at').map(({ title }) => title)).toEqual(['b', 'a', 'c']);
		expect(sortedQuizzes(all, 'title').map(({ title }) => title)).toEqual(['a', 'b', 'c']);
		expect(sortedQuizzes(all, 'curriculum').map(({ title }) => title)).toEqual(['b', 'a', 'c']);
	});
});

describe('verdicts in words', () => {
	it('says known ones shortly, and unknown ones as the server does', () => {
		expect(verdictWords(m, verdict('sound'))).toBe('Works well');
		expect(verdictWords(m, verdict('brand_new'))).toBe('told: brand_new');
	});

	it('colours by how bad it is', () => {
		expect([verdict('sound'), verdict('few_responses'), verdict('x', 'alarm'), verdict('x', 'warning'), verdict('x')].map(verdictTone)).toEqual(['ready', 'neutral', 'behind', 'lapse', 'info']);
		expect(verdictTone(undefined)).toBe('ready');
	});

	it('names the option that the best choose instead of a suspected key', () => {
		const option = (text: string, rest: number, key = false): OptionAnalysis => ({ id: text, text, key, people: 5, rest, curve: [] });
		const options = [option('a', -0.2, true), option('b', 0.1), option('**c**', 0.3)];
		expect(rivalOf({ verdicts: [verdict('key_suspected', 'alarm')], options })).toBe('c');
		expect(rivalOf({ verdicts: [verdict('sound')], options })).toBeUndefined();
	});
});

describe('figures', () => {
	it('says how far α may be off', () => {
		expect(alphaWithin({ alpha: 0.81, attempts: 300, questions: 20 })).toBeCloseTo(0.0313, 3);
		expect(alphaWithin({ alpha: 0.81, attempts: 2, questions: 20 })).toBeUndefined();
		expect(alphaWithin({ attempts: 300, questions: 20 })).toBeUndefined();
		expect([agreement(m, 0.81), agreement(m, 0.7), agreement(m, -0.1)]).toEqual([m.agreeWell, m.agreeFairly, m.agreeLittle]);
	});

	it('gives Wilson’s interval', () => {
		const { low, high } = wilson(21, 39);
		expect(low).toBeCloseTo(0.38569, 4);
		expect(high).toBeCloseTo(0.68436, 4);
		expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
	});

	it('puts what was seen where such people are', () => {
		const curve = [{ people: 9, share: 0.2 }, { people: 2 }, { people: 9, share: 0.5 }, { people: 9, share: 0.7 }, { people: 9, share: 0.9 }];
		expect(seenAt(curve, 2).map(({ x }) => x)).toEqual([-2.5632, 0, 1.0488, 2.5632]);
		expect(expected(1, 1)).toBe(0.5);
	});

	it('keeps names apart inside the plot', () => {
		expect(keptApart([100, 20, 101], 18, 10, 110)).toEqual([92, 20, 110]);
		expect(keptApart([5], 18, 10, 110)).toEqual([10]);
		expect(keptApart([], 18, 10, 110)).toEqual([]);
	});
});
