import { plural } from '../plural.ts';

/** The trainer's places and first page, and the words that all of the trainer's pages share. */
export const trainer = {
	places: {
		home: 'Home',
		documents: 'Documents',
		questions: 'Questions',
		quizzes: 'Quizzes',
		analysis: 'Analysis',
		exchange: 'Import and export',
		marking: 'Marking'
	},
	otherPlaces: 'The same as trainees see',
	more: 'More',
	moreTitle: 'More places',
	onlyTrainers: 'Only trainers work here.',

	homeTitle: 'Good to see you',
	greeting: {
		morning: (name: string) => `Good morning, ${name}`,
		afternoon: (name: string) => `Good afternoon, ${name}`,
		evening: (name: string) => `Good evening, ${name}`
	},
	needsTitle: 'What needs you',
	nothing: 'Nothing needs you now. Write a question, or draft some from a document.',
	review: (n: number) => plural('en', n, { one: '# question waits for review', other: '# questions wait for review' }),
	reviewHint: 'Read it as a trainee would. A question of the exam pool is approved by somebody other than its author.',
	stale: (n: number) => plural('en', n, { one: '# question is out of date', other: '# questions are out of date' }),
	staleHint: 'A passage that supports them has changed. They are in no new paper until you confirm them.',
	marks: (n: number) => plural('en', n, { one: '# answer waits for a mark', other: '# answers wait for a mark' }),
	marksHint: 'The trainee sees no score before. The oldest is first.',
	marksWait: (n: number) => plural('en', n, { one: '# waits', other: '# wait' }),
	drafts: (n: number) => plural('en', n, { one: '# draft is not sent to review', other: '# drafts are not sent to review' }),
	draftsHint: 'A draft is asked of nobody. Send it to review when it is ready.',
	openAll: 'Open the list',
	openQueue: 'Open the queue',
	moreOf: (n: number) => plural('en', n, { one: 'and # more', other: 'and # more' }),
	begin: 'Begin something',
	writeQuestion: 'Write a question',
	fromDocument: 'Draft questions from a document',
	makeQuiz: 'Build a quiz',
	importQuestions: 'Import questions',
	bankTitle: 'The bank',
	inBank: (n: number) => plural('en', n, { one: '# question', other: '# questions' }),

	states: { draft: 'Draft', review: 'In review', approved: 'Approved', retired: 'Retired' },
	pools: { practice: 'Practice', exam: 'Exam' },
	kinds: {
		single: 'One right answer',
		multiple: 'Several right answers',
		true_false: 'True or false, with reasons',
		match: 'Match pairs',
		order: 'Put in order',
		numeric: 'A number',
		cloze: 'Fill the blanks',
		judgement: 'Judgement: best to harmful',
		essay: 'Essay, marked by a person'
	} as Record<string, string>,
	blooms: {
		remember: 'Remember',
		understand: 'Understand',
		apply: 'Apply',
		analyse: 'Analyse',
		evaluate: 'Evaluate',
		create: 'Create'
	} as Record<string, string>,
	difficulties: { '1': '1 – easy', '2': '2 – medium', '3': '3 – hard' } as Record<string, string>
};
