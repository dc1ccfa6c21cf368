import type { PaperQuestion } from '../api/types.ts';

/** Where a picture is. Whoever knows its id may see it: an <img> sends no token. */
export function pictureHref(id: string): string {
	return `/api/v1/pictures/${id}`;
}

/**
 * Fetches the pictures of a paper before they are looked at: the service worker keeps them, so that they are there
 * when the link is gone. Returns how many there are.
 */
export function fetchAhead(questions: readonly Pick<PaperQuestion, 'pictures'>[], ask: (href: string) => void = load): number {
	const ids = new Set(questions.flatMap(({ pictures }) => (pictures ?? []).map(({ id }) => id)));
	for (const id of ids) ask(pictureHref(id));
	return ids.size;
}

function load(href: string): void {
	new Image().src = href;
}
