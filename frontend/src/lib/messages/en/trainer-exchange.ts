import { plural } from '../plural.ts';

const questions = (n: number) => plural('en', n, { one: '# question', other: '# questions' });

/** Questions as files: in and out. */
export const exchange = {
	title: 'Import and export',
	parts: { label: 'Import or export', import: 'Import', export: 'Export' },
	formats: {
		auto: 'Find out from the file',
		sheet: 'Sheet (Excel, XLSX)',
		csv: 'Sheet (CSV)',
		gift: 'GIFT',
		aiken: 'Aiken',
		moodlexml: 'Moodle XML',
		qti21: 'QTI 2.1',
		qti30: 'QTI 3.0'
	} as Record<string, string>,
	formatHints: {
		sheet: 'One row for each question, to fill in or to send to somebody. Carries every kind.',
		csv: 'The same columns as text, for other programs.',
		gift: 'Plain text that Moodle reads and people can write.',
		aiken: 'The plainest text: one right answer among several, without feedback.',
		moodlexml: 'For Moodle, with feedback, categories and tags.',
		qti21: 'A package that most learning platforms and question banks read.',
		qti30: 'The newer package, for platforms that ask for it.'
	} as Record<string, string>,
	format: 'Format',
	severity: { error: 'Left out', warning: 'In part', note: 'Note' },
	line: 'Line',
	question: 'Question',
	result: 'Result',
	what: 'What to know',
	wholeFile: 'File',
	more: (n: number) => `Show ${new Intl.NumberFormat('en').format(n)} more`,

	// Import
	lead: 'Bring questions from a sheet, from Moodle or from another question bank. You see what was read before anything is kept. Each question becomes a draft.',
	file: 'File of questions',
	fileHint: 'XLSX, CSV, GIFT, Aiken, Moodle XML or QTI (a ZIP package or one item). 20 MB and 20,000 questions at most.',
	formatHint: 'Say it only if it is not found out.',
	defaults: 'For questions that do not say it themselves',
	defaultPool: 'Pool',
	defaultModule: 'Module',
	defaultLesson: 'Lesson',
	noModule: 'None',
	chooseLesson: 'Choose a lesson',
	needLesson: 'Choose a lesson of the module, or no module.',
	lessonHint: 'A question that names no outcome gets the first outcome of the lesson.',
	tags: 'Tags for all of them',
	tagsHint: 'With commas between them. A tag helps to find this import again.',
	oldExcel: 'This is an old Excel file. Save it as XLSX or CSV, then choose it again.',
	isDocument: 'This is a document, not a file of questions. Import it under Documents, and draft questions from it there.',
	empty: 'There is nothing in this file. Choose another one.',
	tooLarge: 'The file is larger than 20 MB. Split it, then import the parts.',
	unreadable: 'This device could not read the file. Choose it again.',
	checking: (name: string) => `Reading ${name}…`,
	atHand: (name: string) => `${name} is still chosen.`,
	checkAgain: 'Read it again',
	otherFile: 'Choose another file',

	checked: (name: string) => `What is in ${name}`,
	readAs: (format: string) => `Read as ${format}. Nothing is kept yet.`,
	can: (n: number) => plural('en', n, { one: '# question can be imported', other: '# questions can be imported' }),
	noneNew: 'There is nothing new to import',
	refused: (n: number) => plural('en', n, { one: '# question cannot be kept and is left out.', other: '# questions cannot be kept and are left out.' }),
	known: (n: number) => plural('en', n, { one: 'The bank already has # question.', other: 'The bank already has # questions.' }),
	partly: (n: number) => plural('en', n, { one: 'Something is lost or worth a look in # place.', other: 'Something is lost or worth a look in # places.' }),
	pictures: (n: number) => plural('en', n, { one: '# picture comes with them.', other: '# pictures come with them.' }),
	clean: 'Everything in the file was read.',
	copies: (n: number) => plural('en', n, { one: 'Import a second copy of # known question', other: 'Import second copies of # known questions' }),
	copiesHint: 'Otherwise questions with the same text are left as they are.',
	keep: (n: number) => `Import ${questions(n)}`,
	keeping: (n: number) => `Importing ${questions(n)}…`,
	change: 'Change the settings',

	read: 'Questions in the file',
	knownWord: 'In the bank already',
	knownTwice: 'Twice in the file',
	freshWord: 'New',
	ready: 'Nothing is missing',
	open: (n: number) => plural('en', n, { one: '# thing to do before approval', other: '# things to do before approval' }),
	show: 'Show what was read',
	seeKnown: 'See the one in the bank',
	right: 'right',
	stands: 'Before approval',
	better: 'Worth a look',
	findings: 'What to know about the file',

	done: (n: number) => (n === 0 ? 'Nothing was imported' : `${questions(n)} imported`),
	doneBody: 'They are drafts. Complete them, then send them to review.',
	doneNone: 'The bank is as it was.',
	seeDrafts: 'See them in the bank',
	imported: 'Imported questions',
	again: 'Import another file',

	looks: 'Examples to begin with',
	looksLead: 'Each holds one question of every kind that the format carries. Fill in the sheet, or follow the text.',
	example: 'Example',
	exampleOf: (format: string) => `Download the example: ${format}`,

	// Export
	exportLead: 'Choose which questions, and what for. Everything is exported when you choose nothing.',
	which: 'Which questions',
	clear: 'All questions',
	foresee: 'What the format does with them',
	fit: (n: number) => plural('en', n, { one: '# question fits', other: '# questions fit' }),
	noneFit: 'No question is like this',
	noneFitBody: 'Change a filter, or take all questions.',
	noneLeft: 'None of them goes into this format',
	noneLeftBody: 'Choose another format: the sheet carries every kind.',
	carriesAll: 'The format carries all of them, with their keys, feedback and tags.',
	leftOut: (n: number) => plural('en', n, { one: '# question is left out: the format cannot carry its key.', other: '# questions are left out: the format cannot carry their keys.' }),
	lost: (n: number) => plural('en', n, { one: 'In # place the format has no room for everything.', other: 'In # places the format has no room for everything.' }),
	cannot: 'What the format cannot carry',
	secret: 'The file holds the right answers. Keep it as you keep an exam. Who took which questions, and when, is recorded.',
	download: (n: number) => `Download ${questions(n)}`,
	given: (name: string) => `${name} is with your downloads.`,

	/** What only happens here, by the error's code. */
	errors: {
		offline: { title: 'Muster cannot be reached', body: 'Nothing was changed. Check the connection of this device, then try again.' }
	} as Record<string, { title: string; body: string }>
};
