/** The page that says how readiness is worked out. Numbers come from the server's rules, as texts. */
export const method = {
	title: 'How readiness is worked out',
	lead: 'This page says what stands behind each figure, for a reader who does not take it on trust.',
	shortTitle: 'In short',
	short: (target: string, answers: string) =>
		`For each learning outcome that a cohort must hold, Muster works out how well each person has shown it, and how much of that they will still recall on the day of deployment. It calls an outcome held when that product is ${target} or more, from at least ${answers} answers.`,
	evidenceTitle: 'What counts as evidence',
	evidence: (older: string) => [
		'Each graded answer counts: practice after a lesson, checks, exams, reviews, and decisions in scenarios.',
		'All answers to one outcome in one attempt make one review. Its result is the share of points, from 0 to 100 %.',
		`The newest review weighs most. Each older one weighs ${older} times the one after it. So people can make good what they once got wrong.`,
		'The first try before a module does not count. It only shows what was learnt.',
		'Reading a lesson is not evidence. It shows that a page was open.'
	],
	fewTitle: (answers: string) => `Why at least ${answers} answers`,
	few: (answers: string, odds: string) =>
		`One right answer out of four options is luck once in four times. ${answers} in a row are luck once in ${odds}. An outcome with fewer than ${answers} answers is shown as “too few answers”, never as held.`,
	forgetTitle: 'How forgetting is forecast',
	forget: (hard: string, good: string) => [
		'People forget fast at first and then slowly. Muster uses FSRS-6, a published model fitted to many thousand learners. It was tested here against the published vectors.',
		'Each outcome has a stability: the days until the chance to recall it falls to 90 %. A good review makes it longer, a failed one makes it short again.',
		`Below ${hard} of the points a review counts as failed, below ${good} as hard, from there as good. “Easy” is never given, because a score does not show effort.`
	],
	formula: 'Held on the day = what was shown × chance to recall it on the day',
	chartTitle: 'The same person, with and without a second review',
	chartAbout: (shown: string, target: string, below: string, review: string) =>
		`What was shown is ${shown}. With one review it falls below ${target} on day ${below}. A second good review, on day ${review}, makes the curve flatter.`,
	oneReview: 'One review',
	twoReviews: 'With a second review',
	targetLine: (target: string) => `Target ${target}`,
	days: 'Days',
	day: (n: string) => `Day ${n}`,
	standingTitle: 'What each standing means',
	standings: {
		ready: 'Each required module is complete, each required exam is passed and its certificate still valid on the day, no red-line answer stands, and each outcome that is asked for will be held on the day.',
		will_lapse: 'The same is true today. On the day at least one outcome will be below the target, or a certificate will have expired, if nothing is done. For an outcome a short review is enough.',
		behind: 'A required module or exam is open, or its certificate was revoked, or a red-line answer stands, or an outcome is below the target already, or has too few answers.',
		not_started: 'None of what is asked for was begun.'
	},
	noDay: 'A cohort without a deployment date, or with one that is over, is told for today.',
	redTitle: 'Red lines',
	red: 'Some answers may not be wrong, whatever the rest: using force where it is forbidden, or keeping silent about abuse. One such answer in the newest try of a check or an exam fails it, and stands until the person passes.',
	sameTitle: 'One source',
	same: 'The page, the exports and the interface for other systems are made by one query at one moment. Each export is noted in the audit log with who made it, and when.',
	cannotTitle: 'What it cannot know',
	cannot: (under: string, over: string) => [
		'It knows answers to questions. It does not know how somebody acts under fire, in a team or at a checkpoint.',
		'The weights of the model come from other learners and other subjects. For one person a forecast can be off by weeks. For a cohort it is better, because errors cancel out.',
		'It does not see what people practise outside Muster. They may know more than it says.',
		'It cannot tell who held the phone. An exam under supervision can.',
		`The target is a choice, not a law of nature. A person at ${under} is not unfit, and one at ${over} is not safe.`
	],
	use: 'Use it to see whom to help first. Do not use it alone to decide about a person.'
};
