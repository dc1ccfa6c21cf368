import { plural } from '../plural.ts';

/** Certificates of others, as who looks after them sees them. */
export const certificate = {
	title: 'Certificates',
	lead: 'All that the people of this cohort earned, also those that were replaced by a newer one.',
	none: 'No certificate yet.',
	state: { valid: 'Valid', ends_soon: 'Expires soon', expired: 'Expired', revoked: 'Revoked', superseded: 'Replaced' },
	issued: (when: string) => `Issued ${when}`,
	until: (when: string) => `valid until ${when}`,
	endedOn: (when: string) => `was valid until ${when}`,
	revokedOn: (when: string, reason: string) => `Revoked ${when}: ${reason}`,
	newer: 'See the newer one',
	open: 'Public page',
	openOf: (title: string) => `Public page of ${title}`,
	back: 'A revoked certificate is not restored. Who passes the exam again gets a new one.',

	find: 'Find a name',
	stateIs: 'State',
	anyState: 'Any state',
	awardIs: 'Certificate',
	anyAward: 'Any certificate',
	found: (n: number) => plural('en', n, { one: '# certificate', other: '# certificates' }),
	more: (n: number) => `Show ${n} more`,
	emptyTitle: 'Nobody here has a certificate yet',
	emptyBody: 'A certificate is issued by itself, as soon as somebody passes all that it asks for. It will stand here.',
	toReadiness: 'See who is how far',
	noMatch: 'No certificate matches. Change the name or the filter.',
	showAll: 'Show all',

	revoke: 'Revoke',
	revokeOf: (title: string, name: string) => `Revoke ${title} of ${name}`,
	revokeTitle: (name: string) => `Revoke the certificate of ${name}`,
	follows: 'What follows at once',
	followsPublic: 'The public page says that it was revoked, and when. It does not say why. The certificate and the badge cannot be downloaded any more.',
	followsHolder: (name: string) =>
		`${name} reads your reason under “My certificates”, and is asked to pass the exam again. No message is sent: write one if they should know at once.`,
	followsStanding: 'Where the cohort asks for this exam, they stand as “Behind” until they pass it again.',
	forGood: 'This cannot be taken back. Who passes the exam again gets a new certificate.',
	reason: 'Reason',
	reasonHint: 'They read it. Say what happened, in one sentence.',
	needReason: 'Give a reason.',
	longReason: 'Use at most 500 characters.',
	badReason: 'The reason has a character that cannot be shown. Type it anew.',
	already: 'It was revoked already, maybe by a colleague. Close this to see.',
	yes: 'Revoke it for good',
	cancel: 'Cancel',
	revoked: (name: string) => `The certificate of ${name} is revoked. The public page says so.`
};
