import type { Pace } from '../../learning/recall.ts';
import { plural } from '../plural.ts';

/** Spaced review: what is asked again before it is forgotten. */
export const recall = {
	title: 'Review',
	lead: 'What you learned fades with time. A few questions on the right day keep it.',
	pace: ({ outcomes, cards, days, daily, weekly, none }: Pace) =>
		`A review every day keeps what was learned in a hurry; one a week does not. By the forecast, who learns all ${outcomes} points of the curriculum in one day, and then gets every card right, holds this many after ${days} days: with a review of ${cards} cards each day ${daily}, with one each week ${weekly}, with none ${none}.`,
	offline: 'You are offline. A review needs a link to begin. Once it is open, it goes on without one.',
	dueTitle: 'Today’s review',
	size: (cards: number, time: string) => `${plural('en', cards, { one: '# card', other: '# cards' })}, about ${time}`,
	promise: 'No time limit and nothing to pass. You can stop and go on later.',
	start: 'Start the review',
	openTitle: 'You began a review',
	openBody: 'Your answers are kept. Go on where you stopped.',
	goOn: 'Go on with the review',
	nothingTitle: 'Nothing is due now',
	nothingNext: (when: string) => `Your next review: ${when}. Until then you hold what you learned.`,
	fewNext: (when: string) => `Too little has faded for a review. It is worth opening on ${when}.`,
	fewOnly: 'Too little has faded for a review. Learn on: more joins it with each lesson you practise.',
	noneTitle: 'There is nothing to review yet',
	noneBody: 'Here you will be asked what you learned, shortly before you would forget it. Practise a lesson first.',
	toModules: 'See the modules',
	fading: 'What is fading',
	points: (n: number) => plural('en', n, { one: '# point', other: '# points' }),
	lastTitle: 'Your last reviews',
	lastLine: (share: string) => `${share} of the points`,
	seeResult: 'See the result',
	howTitle: 'How Muster knows',
	how: 'Each answer you give shows how well you hold a point. From then on Muster reckons how fast it fades. A point is due when you would recall it with less than nine chances in ten. A right answer moves it further away, a wrong one brings it back soon. The same reckoning says how ready you will be on the day you deploy.'
};
