/** Lower case without accents, so that "resume" finds "résumé". */
export function folded(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase();
}
