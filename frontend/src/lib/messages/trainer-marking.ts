import { marking } from './en/trainer-marking.ts';
import type { Widened } from './index.ts';

/** The words of the marking queue. */
export type MarkingMessages = Widened<typeof marking>;

const catalogues: Record<string, MarkingMessages> = { en: marking };

/** The catalogue for a locale; English where there is none. */
export function markingCatalogue(locale: string): MarkingMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? marking;
}
