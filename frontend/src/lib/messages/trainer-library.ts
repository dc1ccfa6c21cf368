import { library } from './en/trainer-library.ts';
import type { Widened } from './index.ts';

/** The words of documents and of the workbench. */
export type LibraryMessages = Widened<typeof library>;

const catalogues: Record<string, LibraryMessages> = { en: library };

/** The catalogue for a locale; English where there is none. */
export function libraryCatalogue(locale: string): LibraryMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? library;
}
