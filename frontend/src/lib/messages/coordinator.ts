import { coordinator } from './en/coordinator.ts';
import type { Widened } from './index.ts';

/** The words of the coordinator's pages: a catalogue of its own, so that no trainee's phone loads it. */
export type CoordinatorMessages = Widened<typeof coordinator>;

const catalogues: Record<string, CoordinatorMessages> = { en: coordinator };

/** The catalogue for a locale; English where there is none. */
export function coordinatorCatalogue(locale: string): CoordinatorMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? coordinator;
}
