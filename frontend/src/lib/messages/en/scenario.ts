/** Scenarios: a branching story of decisions. */
export const scenario = {
	title: 'Scenario',
	lead: (minutes: string) => `A story with decisions, about ${minutes}. You cannot take a decision back, and you can play it again.`,
	start: (title: string) => `Play the scenario: ${title}`,
	decide: 'What do you do?',
	decision: (n: string) => `Decision ${n}`,
	chosen: 'You chose',
	follows: 'What followed',
	grades: ['Harmful', 'Poor', 'Acceptable', 'Best'],
	misconception: (text: string) => `The thought behind it: ${text}`,
	endings: { good: 'A good end', mixed: 'A mixed end', bad: 'A bad end' } as Record<string, string>,
	share: (percent: string) => `Your decisions: ${percent} of the best way.`,
	others: 'What the other choices would have led to',
	debrief: 'Looking back',
	sources: 'Where this comes from',
	again: 'Play it again',
	backTo: 'Back to the lesson',
	unreviewed: 'No subject-matter expert has reviewed this scenario yet.',
	unwritten: 'This decision could not be written down on this device. Free some space, or open Muster in a window that is not private, then choose again.'
};
