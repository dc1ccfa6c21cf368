import { plural } from '../plural.ts';

/** The trainee's first page. */
export const home = {
	morning: (name: string) => `Good morning, ${name}`,
	afternoon: (name: string) => `Good afternoon, ${name}`,
	evening: (name: string) => `Good evening, ${name}`,
	continue: 'Continue',
	minutesLeft: (time: string) => `${time} left`,
	read: (share: string) => `${share} read`,
	action: {
		lesson: 'Continue',
		lessonStart: 'Start',
		practice: 'Practise',
		refresher: 'Open the lesson',
		check: 'Go to the check',
		exam: 'Go to the exam',
		resume_attempt: 'Go on with the attempt',
		done: 'See my record'
	},
	what: {
		lesson: 'Lesson',
		practice: 'Practice questions',
		refresher: 'Refresher',
		check: 'Module check',
		exam: 'Exam',
		resume_attempt: 'Open attempt',
		done: 'You have finished everything'
	},
	why: {
		lesson: 'This is your next lesson.',
		practice: 'You read this lesson. Now check yourself.',
		refresher: 'Read the lesson again, then pass its practice questions. That finishes the refresher.',
		check: 'You finished the lessons of this module. Now take its check.',
		exam: 'You finished all its modules. Now take the exam.',
		examAgain: 'You passed it, and the certificate was revoked or has expired. Pass it again to get a new one.',
		resume_attempt: 'You began this and have not finished it.',
		done: 'You finished every module. Look back at anything you like.'
	},
	due: 'Due',
	late: 'Late',
	again: 'The certificate ended: pass it again',
	today: 'Today',
	refreshers: 'Refreshers',
	asked: (name: string) => `Refresher: ${name} asks you to practise this lesson again.`,
	by: (when: string) => `Do it by ${when}.`,
	wasDue: (when: string) => `It was due ${when}.`,
	soThat: 'So that you still can do this:',
	review: 'Review',
	reviewDue: (cards: number, time: string) => `${plural('en', cards, { one: '# card', other: '# cards' })}, about ${time}`,
	reviewNext: (when: string) => `next on ${when}`,
	unread: (n: number) => plural('en', n, { one: '# new message', other: '# new messages' }),
	yourModules: 'Your modules',
	noModules: 'Here you will see your modules. Your coordinator has not opened any yet.',
	moduleDone: 'Finished',
	moduleNew: 'Not started',
	moduleShare: (share: string) => `${share} done`
};
