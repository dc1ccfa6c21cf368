/** How a question is named in a list: its title, or the beginning of what it asks, without marks. */
export function labelOf({ title, stem }: { title?: string | undefined; stem: string }, most = 110): string {
	const text = title?.trim() || plainOf(stem);
	const letters = Array.from(text);
	return letters.length > most ? `${letters.slice(0, most - 1).join('').trimEnd()}…` : text;
}

/** Inline Markdown as plain text: links as their words, no stars or backticks; the blanks of a cloze stay. */
export function plainOf(markdown: string): string {
	return markdown
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/\*\*(?=\S)([^*]+?)\*\*/g, '$1')
		.replace(/(?<![\w*])[*](?=\S)([^*]+?)[*]/g, '$1')
		.replace(/`([^`]+)`/g, '$1')
		.replace(/\s+/g, ' ')
		.trim();
}
