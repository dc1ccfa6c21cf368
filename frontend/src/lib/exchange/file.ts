export const MAX_BYTES = 20 * 1024 * 1024;

/** What is wrong with a file before anybody reads it. Its ending says little of its format: the server looks inside. */
export type FileTrouble = 'oldExcel' | 'isDocument' | 'tooLarge' | 'empty';

export function troubleWith({ name, size }: { name: string; size: number }): FileTrouble | undefined {
	const ending = /\.[a-z]+$/i.exec(name.trim())?.[0].toLowerCase() ?? '';
	if (['.xls', '.xlsm', '.xlsb'].includes(ending)) return 'oldExcel';
	if (['.pdf', '.doc', '.docx', '.odt', '.rtf'].includes(ending)) return 'isDocument';
	if (size === 0) return 'empty';
	return size > MAX_BYTES ? 'tooLarge' : undefined;
}
