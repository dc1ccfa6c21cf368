/** The rows of a long table that are drawn, and the room that those above and below take. */
export type Rows = { from: number; to: number; above: number; below: number };

/** `spare` rows more at either side, so that scrolling does not show gaps. */
export function rowsInView(scrolled: number, height: number, row: number, total: number, spare = 8): Rows {
	if (row <= 0 || total === 0) return { from: 0, to: 0, above: 0, below: 0 };
	const first = Math.floor(scrolled / row) - spare;
	const from = Math.max(0, Math.min(first, total - 1));
	const to = Math.min(total, Math.ceil((scrolled + height) / row) + spare);
	return { from, to: Math.max(to, from), above: from * row, below: Math.max(0, total - to) * row };
}
