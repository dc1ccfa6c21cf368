/** A link may name a place in a page that is drawn only once its data is there: an attachment for that place. */
export function reveal(node: HTMLElement): void {
	if (location.hash.slice(1) === node.id) node.scrollIntoView();
}
