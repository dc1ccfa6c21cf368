export const MAX_BYTES = 20 * 1024 * 1024;

/** What a file chooser offers. */
export const ENDINGS = '.pdf,.docx,.md,.markdown,.html,.htm,.xhtml,.txt,.text';

/** What is wrong with a file before anybody reads it. */
export type FileTrouble = 'oldWord' | 'wrongKind' | 'tooLarge' | 'empty';

export function troubleWith({ name, size }: { name: string; size: number }): FileTrouble | undefined {
	const ending = /\.[a-z]+$/i.exec(name.trim())?.[0].toLowerCase() ?? '';
	if (ending === '.doc' || ending === '.rtf' || ending === '.odt') return 'oldWord';
	if (!ENDINGS.split(',').includes(ending)) return 'wrongKind';
	if (size === 0) return 'empty';
	return size > MAX_BYTES ? 'tooLarge' : undefined;
}
