/** The reader and its sheets. */
export const lesson = {
	notes: 'Notes',
	minutes: (time: string) => `About ${time}`,
	outcomes: 'After this lesson you can',
	unreviewed: 'No subject-matter expert has reviewed this text yet.',
	silent: 'The source articles do not cover this subject. The lesson rests on the references below alone.',
	check: 'Check yourself',
	checkMore: 'More to check yourself',
	inShort: 'In short',
	keyPoints: 'Key points',
	mistakes: 'Common mistakes',
	inTheField: 'What to do in the field',
	correctionsTitle: 'Corrections that matter here',
	correctionsLead: 'The source articles say this. It is not right. Open each to see what is.',
	references: 'References',
	sourcesTitle: 'Source sections',
	previous: 'Before this',
	next: 'Next',
	backTo: 'Back to the module',
	resume: (share: string) => `Go on where you stopped (${share})`,
	progress: 'How far you have read',
	openSource: 'Open the source',

	markSource: 'Source section',
	markReference: 'Authority',
	markCorrection: 'Correction',
	markLabel: (n: number, kind: string, title: string) => `${kind} ${n}: ${title}`,
	digestNote: 'What the section says, in our own words:',
	hasCorrections: 'A fact check found errors in this section:',
	claim: 'The source says',
	right: 'What is right',
	authorities: 'Authority',
	confidence: {
		high: 'We are sure of this.',
		medium: 'We are fairly sure of this.',
		low: 'We are not sure of this. Check before you rely on it.'
	} as Record<string, string>,
	severity: {
		A: 'False or dangerous',
		B: 'Misleading or outdated',
		C: 'Not exact'
	} as Record<string, string>,
	asOf: (date: string) => `As of ${date}`,
	checkedPublic: 'Checked against a public source',
	checkedKnowledge: 'From expert knowledge, not yet checked against a public source',
	checkedPartly: 'Partly checked against a public source',
	referenceKind: {
		treaty: 'Treaty',
		resolution: 'Resolution',
		report: 'Report',
		policy: 'Policy',
		guideline: 'Guideline',
		manual: 'Manual',
		study: 'Study',
		other: 'Document'
	} as Record<string, string>,
	referenceConfidence: {
		medium: 'Title or number not fully checked',
		low: 'Not checked: look it up before you quote it'
	} as Record<string, string>,
	missing: 'The server sent no text for this mark. Load the page again.'
};
