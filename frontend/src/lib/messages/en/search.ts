import { plural } from '../plural.ts';

/** Search, and the page of all corrections. */
export const search = {
	title: 'Search',
	label: 'Search lessons, words, sources and references',
	hint: 'A word or two are enough. Small slips in spelling do not matter.',
	kinds: { lesson: 'Lessons', term: 'Words', section: 'Source sections', reference: 'References' } as Record<string, string>,
	count: (n: number) => plural('en', n, { one: '# found', other: '# found' }),
	none: (query: string) => `Nothing was found for “${query}”. Try fewer or other words.`,
	more: (n: number) => plural('en', n, { one: 'Show # more', other: 'Show # more' }),
	inLessons: 'Lessons that rest on it:',
	noLessons: 'No lesson rests on it yet.',

	correctionsTitle: 'All corrections',
	correctionsLead: 'What the fact check found wrong in the source articles, the gravest first, with the authority for what is right.',
	correctionsShow: 'Show',
	correctionsAll: 'All',
	correctionsCount: (n: number) => plural('en', n, { one: '# correction', other: '# corrections' }),
	correctionsIn: 'Where it stands:',
	correctionsEverywhere: 'It concerns the sources as a whole.',
	dated: 'Facts that go out of date',
	datedLead: 'These questions state how things stood on a day. None is past the day on which it must be checked again.',
	datedLate: (n: number) => plural('en', n, { one: 'In # lesson facts must be checked again now.', other: 'In # lessons facts must be checked again now.' }),
	datedCount: (n: number) => plural('en', n, { one: '# question states a dated fact', other: '# questions state dated facts' }),
	datedLine: (n: number, day: string, due: string) =>
		`${plural('en', n, { one: '# question', other: '# questions' })} as of ${day}; to be checked again by ${due}.`,
	reviewBy: (date: string) => `To be checked again by ${date}.`,
	overdue: (date: string) => `Should have been checked again by ${date}.`
};
