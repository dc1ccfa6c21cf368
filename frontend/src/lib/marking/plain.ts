/** The words of HTML that the server made, on one line and cut where there are too many: the name of an answer in a list. */
export function plainOf(html: string, most = 160): string {
	const text = new DOMParser().parseFromString(html, 'text/html').body.textContent.replace(/\s+/g, ' ').trim();
	const letters = Array.from(text);
	return letters.length > most ? `${letters.slice(0, most - 1).join('').trimEnd()}…` : text;
}
