import { plural } from '../plural.ts';

/** Words that every page shares. */
export const common = {
	app: 'Muster',
	skip: 'Skip to the text',
	loading: 'Loading',
	close: 'Close',
	back: 'Back',
	retry: 'Try again',
	home: 'Home',
	modules: 'Modules',
	sources: 'Sources',
	glossary: 'Glossary',
	me: 'Me',
	cohorts: 'Cohorts',
	audit: 'Audit',
	teach: 'Teach',
	places: 'Places',
	erased: 'Erased person',
	goHome: 'Go to Home',
	signIn: 'Sign in',
	reload: 'Load the page again',
	offline: 'You are offline.',
	offlineBody: 'You can read what this device has kept. What you do here is saved on it and sent when you are back.',
	newVersion: 'A newer Muster is ready.',
	notFoundTitle: 'There is no such page',
	notFoundBody: 'The address may be mistyped, or the page was moved. Your work is safe.',
	brokenTitle: 'This page could not be shown',
	brokenBody: 'Something in this page failed. Your work is safe. Load the page again; if it fails again, tell your trainer.',
	title: (page: string) => `${page} · Muster`
};

export const saved = {
	saved: 'Saved',
	device: 'Saved on this device',
	attention: 'Needs attention'
};

/** A number and its unit stay on one line: the space does not break. */
export const units = {
	percent: (n: string) => `${n}\u00a0%`,
	minutes: (n: string) => `${n}\u00a0min`,
	hours: (n: string) => `${n}\u00a0h`,
	of: (part: string, whole: string) => `${part} of ${whole}`
};

const byCode = {
	offline: { title: 'Muster cannot be reached', body: 'Check the connection of this device, then try again. What you did so far is saved.' },
	unavailable: { title: 'Muster is not answering', body: 'The server is busy or being updated. Wait a minute, then try again.' },
	internal: { title: 'Something went wrong on the server', body: 'Nothing you saved is lost. Try again; if it fails again, tell your trainer.' },
	unknown: { title: 'Something went wrong', body: 'Load the page again. If it fails again, tell your trainer.' },
	invalid: { title: 'Something is missing or not right', body: 'Check what you filled in, then try again.' },
	unauthenticated: { title: 'You are signed out', body: 'Sign in again. What you saved on this device stays on it.' },
	session_expired: { title: 'You are signed out', body: 'Sign in again. What you saved on this device stays on it.' },
	wrong_credentials: { title: 'The user name or the password is not right', body: 'Check both. Capital letters count in the password.' },
	suspended: { title: 'This account is closed for now', body: 'Ask your coordinator to open it again.' },
	forbidden: { title: 'This is not open to you', body: 'Ask your coordinator if you think that it should be.' },
	not_found: { title: 'This is not here', body: 'It may have been moved, or it is not open to you.' },
	conflict: { title: 'This changed in the meantime', body: 'Load the page again to see how it stands now.' },
	event_conflict: { title: 'An answer does not match what the server has', body: 'Your answers are kept. Tell your trainer.' },
	sequence_gap: { title: 'Some answers came out of order', body: 'They are kept and are being sent again.' },
	attempt_closed: { title: 'This attempt is closed', body: 'Your answers are kept. See its result.' },
	attempt_open: { title: 'This attempt is still open', body: 'Finish it to see the result.' },
	chain_broken: { title: 'The record of this attempt does not fit together', body: 'Your answers are kept. Tell your trainer.' },
	too_few_questions: { title: 'This has too few questions yet', body: 'Tell your trainer. Go on with another lesson meanwhile.' },
	attempts_used_up: { title: 'You used all your attempts', body: 'Ask your trainer if you need another one.' },
	too_soon: { title: 'It is too soon for another attempt', body: 'Use the time to study, then come back.' },
	not_open: { title: 'This is not open now', body: 'Its time has not come yet, or it is over. Ask your trainer.' },
	username_taken: { title: 'Somebody has this user name', body: 'Choose another one.' },
	weak_password: { title: 'This password is too easy to guess', body: 'Use at least 12 characters. Three or four words in a row work well.' },
	nothing_due: { title: 'Nothing is due yet', body: 'Come back on the day that Review names.' },
	revoked: { title: 'This certificate was revoked', body: 'It is no longer given out. Ask your coordinator why.' },
	wrong_code: { title: 'This code does not work', body: 'Check each character. If it is right, ask your coordinator for a new code.' }
};

export const errors = {
	byCode,
	notKept: {
		title: 'This page is not on this device yet',
		body: 'Open it once with a connection. After that you can read it without one.'
	},
	throttled: {
		title: 'Too many tries',
		body: (seconds: number) =>
			seconds > 90
				? `Wait ${plural('en', Math.ceil(seconds / 60), { one: '# minute', other: '# minutes' })}, then try again.`
				: `Wait ${plural('en', seconds, { one: '# second', other: '# seconds' })}, then try again.`
	},
	number: (id: string) => `Number to quote: ${id}`
};
