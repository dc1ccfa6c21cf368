import { describe, expect, it } from 'vitest';
import { compare, flat } from './compare.ts';
import { wordDiff } from './diff.ts';
import { bankHref, bodyOf, chosen, filterOf, narrows, queryOf, questionHref, questionOf, searchOf } from './filter.ts';
import { labelOf, plainOf } from './label.ts';
import { needsAnother, stepsOf } from './state.ts';
import type { QuestionText } from './types.ts';

const joined = (before: string, after: string) =>
	wordDiff(before, after)
		.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `{-${text}-}`))
		.join('');

describe('word diff', () => {
	it('marks the words that were taken out and put in, and keeps the rest', () => {
		expect(joined('The Council decides.', 'The Assembly decides.')).toBe('The {-Council -}{+Assembly +}decides.');
		expect(joined('a b c d', 'a c d e')).toBe('a {-b -}c {-d-}{+d e+}');
		expect(joined('same', 'same')).toBe('same');
		expect(joined('', 'new')).toBe('{+new+}');
		expect(joined('', '')).toBe('');
	});

	it('gives both texts back, whatever they are', () => {
		const texts = ['', ' ', 'one two  three', 'two\nthree one', 'ü ß 世界 x', 'a a a b', 'b a a a a'];
		for (const before of texts) {
			for (const after of texts) {
				const pieces = wordDiff(before, after);
				expect(pieces.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('')).toBe(before);
				expect(pieces.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('')).toBe(after);
			}
		}
	});

	it('does not stop the page on long texts that share nothing', () => {
		const long = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join(' ');
		expect(wordDiff(long('a'), long('b'))).toHaveLength(2);
	});
});

const question: QuestionText = {
	kind: 'single',
	stem: 'Who decides?',
	options: [
		{ text: 'The Council', correct: true, feedback: 'Yes.' },
		{ text: 'The Court', misconception: 'Courts decide all.', feedback: 'No.' }
	]
};

describe('comparing versions', () => {
	it('names each part that differs, the stem before the options', () => {
		const after: QuestionText = { ...question, stem: 'Who decides now?', options: [{ text: 'The Council', correct: true, feedback: 'Yes, it does.' }, ...(question.options?.slice(1) ?? [])] };
		const { changes, same } = compare(question, after);
		expect(changes.map(({ field }) => field)).toEqual(['stem', 'options[0].feedback']);
		expect(same).toBe(6);
	});

	it('sees no difference between what is empty and what is not there', () => {
		expect(compare(question, { ...question, title: '', tolerance: undefined, critical: false, outcomes: [] } as QuestionText).changes).toEqual([]);
	});

	it('keeps a statement that is false', () => {
		expect(flat({ kind: 'true_false', stem: 's', truth: false }).get('truth')).toBe('false');
	});

	it('takes a picture for what it shows', () => {
		expect(flat({ kind: 'true_false', stem: 's', pictures: [{ id: '0123456789', alt: 'A gate.', width: 4, height: 3 }] }).get('pictures[0]')).toBe('A gate. #012345');
	});
});

describe('the filter in the address', () => {
	it('is read and written', () => {
		const search = '?search=armed+force&state=review&pool=exam&difficulty=3&sort=-difficulty';
		expect(searchOf(filterOf(new URLSearchParams(search)))).toBe(search);
		expect(queryOf(filterOf(new URLSearchParams(search)))).toEqual({ search: 'armed force', state: 'review', pool: 'exam', difficulty: 3, sort: '-difficulty' });
	});

	it('leaves out what the server would not take', () => {
		const filter = filterOf(new URLSearchParams('?state=lost&difficulty=9&stale=maybe&sort=size&tag=%20'));
		expect(filter).toEqual({});
		expect(narrows(filter)).toBe(false);
		expect(bodyOf({ sort: 'id', tag: 'night' })).toEqual({ tag: 'night' });
	});

	it('forgets the lesson and the outcome of another module', () => {
		expect(chosen({ module: 'a', lesson: 'b', outcome: 'a.b.o1', tag: 'x' }, { module: 'c' })).toEqual({ module: 'c', lesson: '', outcome: '', tag: 'x' });
		expect(chosen({ module: 'a', lesson: 'b' }, { state: 'draft' })).toEqual({ module: 'a', lesson: 'b', state: 'draft' });
	});

	it('makes an address of an id, and back', () => {
		expect(questionHref('m.l.q-abc', 'edit')).toBe('/trainer/questions/m/l/q-abc?show=edit');
		expect(questionOf('m/l/q-abc')).toBe('m.l.q-abc');
		expect(bankHref({ state: 'review' })).toBe('/trainer/questions?state=review');
	});
});

describe('names of questions', () => {
	it('are the title, or the text without its marks', () => {
		expect(labelOf({ title: ' Force ', stem: 'x' })).toBe('Force');
		expect(labelOf({ stem: 'Who **may** use [force](/x) *now*?' })).toBe('Who may use force now?');
		expect(plainOf('The ____ and the ____ decide.')).toBe('The ____ and the ____ decide.');
		expect(labelOf({ stem: 'abcdefgh' }, 5)).toBe('abcd…');
	});
});

describe('steps', () => {
	it('go from draft to review to approved, and back from retired', () => {
		expect(stepsOf('draft').map(({ to }) => to)).toEqual(['review', 'retired']);
		expect(stepsOf('review').map(({ to }) => to)).toEqual(['approved', 'draft', 'retired']);
		expect(stepsOf('retired').map(({ to }) => to)).toEqual(['draft']);
	});

	it('need another person for an exam question of one’s own', () => {
		expect(needsAnother({ state: 'review', pool: 'exam', own: true })).toBe(true);
		expect(needsAnother({ state: 'review', pool: 'exam', own: false })).toBe(false);
		expect(needsAnother({ state: 'review', pool: 'practice', own: true })).toBe(false);
	});
});
