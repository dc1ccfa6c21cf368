import type { ImportReport, ImportRequest } from './api.ts';

export const MAX_BYTES = 2 * 1024 * 1024;

/** What is wrong with a file before anybody reads it. */
export type FileTrouble = 'oldExcel' | 'wrongKind' | 'tooLarge';

/** What sort of file it is, by its name: browsers differ in what they say of its type. */
export function formatOf(name: string): ImportRequest['format'] | undefined {
	const ending = /\.([a-z]+)$/i.exec(name.trim())?.[1]?.toLowerCase();
	return ending === 'csv' || ending === 'txt' || ending === 'tsv' ? 'csv' : ending === 'xlsx' ? 'xlsx' : undefined;
}

export function troubleWith({ name, size }: { name: string; size: number }): FileTrouble | undefined {
	if (/\.(xls|xlsm|xlsb)$/i.test(name.trim())) return 'oldExcel';
	if (!formatOf(name)) return 'wrongKind';
	return size > MAX_BYTES ? 'tooLarge' : undefined;
}

/** A file's bytes as base64. */
export function base64(file: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		// "data:text/csv;base64,bmFtZQ==": an empty file has nothing after the comma, or no comma at all.
		reader.onload = () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '');
		reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'));
		reader.readAsDataURL(file);
	});
}

/** The empty file to fill in, with a mark by which Excel knows that it is UTF-8. */
export function template(columns: string[]): Blob {
	return new Blob([`\ufeff${columns.join(',')}\r\n`], { type: 'text/csv;charset=utf-8' });
}

/** Rows that cannot be taken. */
export function badRows({ rows, people }: Pick<ImportReport, 'rows' | 'people'>): number {
	return Math.max(0, rows - people.length);
}
