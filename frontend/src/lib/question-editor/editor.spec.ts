import { beforeEach, describe, expect, it } from 'vitest';
import { bankCatalogue } from '../messages/trainer-bank.ts';
import type { QuestionText } from '../trainer/types.ts';
import { Draft } from './draft.svelte.ts';
import { findingsAt, placeOf, refused, sorted } from './findings.ts';
import { blanksIn, editable, emptyQuestion, KINDS, lines, ofKind, partsOf, pointsOf, same, sendable } from './shape.ts';

const single: QuestionText = {
	...emptyQuestion('single'),
	stem: 'Who decides?',
	options: [
		{ text: 'The Council', correct: true, feedback: 'Yes.', misconception: '' },
		{ text: 'The Court', correct: false, feedback: 'No.', misconception: 'Courts decide all.' }
	]
};

describe('the shape of a question', () => {
	it('has no field of another kind when it is sent', () => {
		for (const kind of KINDS) {
			const sent = sendable({ ...single, ...ofKind(single, kind, undefined), truth: true, sequence: ['a'], pairs: [{ left: 'a', right: 'b' }], answer: { value: 1 }, blanks: [{ accepted: ['a'] }], rubric: [{ text: 'a', points: 2 }], model: 'm' });
			const own = ['options', 'truth', 'pairs', 'sequence', 'answer', 'blanks', 'rubric', 'model'].filter((field) => field in sent);
			const wanted: Record<string, string[]> = { true_false: ['options', 'truth'], match: ['pairs'], order: ['sequence'], numeric: ['answer'], cloze: ['blanks'], essay: ['rubric', 'model'] };
			expect(own, kind).toEqual(wanted[kind] ?? ['options']);
		}
	});

	it('takes options along to another kind with options, and brings back what was written before', () => {
		const judgement = ofKind(single, 'judgement', undefined);
		expect(judgement.options?.map(({ text, grade }) => [text, grade])).toEqual([['The Council', 3], ['The Court', 0]]);
		expect(judgement.stem).toBe('Who decides?');
		const order = ofKind(single, 'order', undefined);
		expect(order.options).toBeUndefined();
		expect(ofKind(order, 'single', partsOf(single)).options).toEqual(single.options);
	});

	it('drops empty lines and mistakes that say nothing', () => {
		const sent = sendable({
			...emptyQuestion('cloze'),
			stem: 'The ____ decides.',
			references: [' ', 'un-charter '],
			blanks: [{ accepted: ['Council', ' ', 'the Council '], feedback: '', mistakes: [{ text: '', feedback: '', misconception: '' }, { text: 'Court' }] }]
		});
		expect(sent.blanks?.[0]).toEqual({ accepted: ['Council', 'the Council'], feedback: '', mistakes: [{ text: 'Court' }] });
		expect(sent.references).toEqual(['un-charter']);
		expect('outcomes' in sent).toBe(false);
		expect(blanksIn('____ and ____')).toBe(2);
		expect(lines(' a \n\n b')).toEqual(['a', 'b']);
	});

	it('knows what is the same text', () => {
		expect(same(single, editable(JSON.parse(JSON.stringify(sendable(single))) as QuestionText))).toBe(true);
		expect(same(single, { ...single, stem: 'Who decides now?' })).toBe(false);
		expect(same({ ...emptyQuestion('true_false'), truth: false }, emptyQuestion('true_false'))).toBe(false);
		expect(same(emptyQuestion('single'), { ...emptyQuestion('single'), critical: false, title: '' })).toBe(true);
	});

	it('has a rubric for an essay, and no red line', () => {
		const essay: QuestionText = {
			...emptyQuestion('essay'),
			stem: 'Tell.',
			critical: true,
			max_words: 0,
			model: ' ',
			rubric: [{ text: 'Names the law', points: 3, guide: '' }, { text: '', points: 1 }, { text: 'Acts', points: 2 }, { text: ' ', points: 1, guide: '' }]
		};
		const sent = sendable(essay);
		expect(sent.rubric?.map(({ text }) => text)).toEqual(['Names the law', '', 'Acts']);
		expect(['critical' in sent, 'max_words' in sent]).toEqual([false, false]);
		expect(pointsOf(essay)).toBe(5);
		expect(editable({ kind: 'essay', stem: 's', rubric: [{ text: 'a', points: 2 }] })).toMatchObject({ rubric: [{ text: 'a', points: 2 }], model: '' });
		expect(editable({ kind: 'essay', stem: 's' }).max_words).toBeUndefined();
		expect(ofKind(essay, 'single', undefined).rubric).toBeUndefined();
		expect(sendable(ofKind(essay, 'single', undefined)).critical).toBe(true);
	});

	it('is whole for the editor, whatever the bank left out', () => {
		const bare: QuestionText = { kind: 'match', stem: 's' };
		expect(editable(bare)).toMatchObject({ pairs: [], extra: [], outcomes: [], anchors: [] });
		expect(editable({ kind: 'true_false', stem: 's' }).wrong).toEqual({ misconception: '', feedback: '' });
	});
});

describe('findings', () => {
	const m = bankCatalogue('en');

	it('are found by their field and named in words', () => {
		const findings = [
			{ field: 'options[2].feedback', message: 'is missing', severity: 'warning' as const },
			{ field: 'stem', message: 'is missing', severity: 'error' as const }
		];
		expect(findingsAt(findings, 'stem')).toHaveLength(1);
		expect(placeOf(m, 'options[2].feedback')).toBe('Option 3, feedback');
		expect(placeOf(m, 'blanks[0].mistakes[1].text')).toBe('Blank 1, wrong answer 2, text');
		expect(placeOf(m, 'rubric[0].points')).toBe('Criterion 1, points');
		expect(placeOf(m, 'something')).toBe('something');
		expect(sorted(findings)[0]?.field).toBe('stem');
	});

	it('come from a refusal too', () => {
		expect(refused([{ location: 'body.question.stem', message: 'too short' }, { message: 'x' }])).toEqual([{ field: 'stem', message: 'too short', severity: 'error' }]);
		expect(refused(undefined)).toEqual([]);
	});
});

describe('a draft on this device', () => {
	beforeEach(() => localStorage.clear());

	it('survives, by person and question', () => {
		new Draft('u1', 'new').keep({ question: single, tags: ['a'], base: '' });
		const back = new Draft('u1', 'new').read();
		expect(back?.question).toEqual(JSON.parse(JSON.stringify(single)));
		expect(new Draft('u2', 'new').read()).toBeUndefined();
		expect(new Draft('u1', 'm.l.q').read()).toBeUndefined();
		new Draft('u1', 'new').drop();
		expect(new Draft('u1', 'new').read()).toBeUndefined();
	});

	it('is not believed when it is something else', () => {
		localStorage.setItem('muster.draft.u1.new', '{"question":7}');
		expect(new Draft('u1', 'new').read()).toBeUndefined();
	});
});
