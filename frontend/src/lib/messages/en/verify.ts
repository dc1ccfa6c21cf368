/** The public page of a certificate, which anybody may open. */
export const verify = {
	title: 'Check a certificate',
	lead: 'This page says whether a certificate that was issued with Muster holds now.',
	status: { valid: 'Valid', expired: 'Expired', revoked: 'Revoked', superseded: 'Replaced' },
	means: {
		valid: (until: string) => `This certificate holds until ${until}.`,
		expired: (until: string) => `This certificate held until ${until}. It has not been renewed.`,
		revoked: (on: string) => `This certificate was taken back on ${on}. It does not hold.`,
		superseded: () => 'The holder has a newer certificate, which takes the place of this one.'
	},
	newer: 'See the newer certificate',
	holder: 'Holder',
	holderInitials: (initials: string) => `${initials} (the holder shows only initials)`,
	holderNone: 'The holder shows no name here.',
	issuer: 'Issued by',
	issued: 'Issued',
	until: 'Valid until',
	revoked: 'Revoked',
	number: 'Number',
	criteria: 'What it took',
	compare: 'Compare the number with the one on the paper, and ask for a proof of identity: a paper can be copied.',
	notFoundTitle: 'There is no such certificate',
	notFoundBody: 'Nothing was issued here under this number. Check each character of the address, or scan the code again.',
	enterNumber: 'Number of the certificate',
	enterHint: 'It is the last part of the address on the paper.',
	fillNumber: 'Enter the number.',
	check: 'Check',
	unreachableTitle: 'The certificate could not be checked',
	unreachableBody: 'Muster was not reached. That says nothing about the certificate. Try again with a link.',
	offlineTitle: 'Check the signature without this site',
	offlineLead: 'Each certificate has a signed badge file (an Open Badge 3.0). Its signature can be checked without a link:',
	steps: {
		file: 'Ask the holder for the badge file: badge.jwt, badge.svg or badge.png.',
		keys: 'Take the keys of the issuer once, from:',
		run: 'Put both in a folder with the Muster program and run:'
	},
	name: 'The badge names nobody: it holds a sealed form of the name. Add --name "FULL NAME" to check whose it is.',
	later: 'Offline you learn that the file is genuine and until when it holds. Whether it was revoked since, only this page says.',
	toMuster: 'Go to Muster'
};
