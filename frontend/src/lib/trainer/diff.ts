/** A stretch of text that both have, or only one of them. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** Beyond this many cells the middle is shown as replaced: a table of that size would stop the page. */
const MOST_CELLS = 4_000_000;

/** What became of a text, word by word: the fewest words taken out and put in. */
export function wordDiff(before: string, after: string): Piece[] {
	const a = words(before);
	const b = words(after);
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	return joined([
		...a.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
		...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
		...a.slice(a.length - end).map((text) => ({ kind: 'same' as const, text }))
	]);
}

/** Words with the space after them, so that joined they are the text again. */
function words(text: string): string[] {
	return text.match(/\S+\s*|\s+/g) ?? [];
}

/** By the longest common subsequence. */
function middle(a: string[], b: string[]): Piece[] {
	const removed = a.map((text) => ({ kind: 'removed' as const, text }));
	const added = b.map((text) => ({ kind: 'added' as const, text }));
	if (a.length * b.length === 0 || a.length * b.length > MOST_CELLS) return [...removed, ...added];
	const width = b.length + 1;
	const longest = new Uint32Array((a.length + 1) * width);
	const at = (i: number, j: number) => longest[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
		}
	}
	const pieces: Piece[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		const [x, y] = [a[i], b[j]];
		if (x !== undefined && x === y) {
			pieces.push({ kind: 'same', text: x });
			i++;
			j++;
		} else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
			pieces.push({ kind: 'removed', text: x });
			i++;
		} else if (y !== undefined) {
			pieces.push({ kind: 'added', text: y });
			j++;
		}
	}
	return pieces;
}

/** Neighbours of one kind as one piece. */
function joined(pieces: Piece[]): Piece[] {
	const all: Piece[] = [];
	for (const piece of pieces) {
		const last = all.at(-1);
		if (last?.kind === piece.kind) last.text += piece.text;
		else all.push({ ...piece });
	}
	return all;
}
