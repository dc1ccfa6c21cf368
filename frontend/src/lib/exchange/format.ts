import type { Format, ReadFormat } from './types.ts';

/** The formats, those that people fill in by hand first. */
export const FORMATS = ['sheet', 'csv', 'gift', 'aiken', 'moodlexml', 'qti21', 'qti30'] as const satisfies readonly Format[];

export const READ_FORMATS = ['auto', ...FORMATS] as const satisfies readonly ReadFormat[];

export function formatOf(name: string | null): Format {
	return FORMATS.find((format) => format === name) ?? 'sheet';
}

export function readFormatOf(name: string): ReadFormat {
	return READ_FORMATS.find((format) => format === name) ?? 'auto';
}

/** What a format is called, also by a name that is written a little differently; a new one keeps its name. */
export function formatTitle(titles: Record<string, string>, name: string): string {
	return titles[name] ?? titles[name.toLowerCase().replace(/[^a-z0-9]/g, '')] ?? name;
}
