import { cohort } from './en/cohort.ts';
import type { Widened } from './index.ts';

/** The words of the pages that make and change cohorts: a catalogue of its own, so that no trainee's phone loads it. */
export type CohortMessages = Widened<typeof cohort>;

const catalogues: Record<string, CohortMessages> = { en: cohort };

/** The catalogue for a locale; English where there is none. */
export function cohortCatalogue(locale: string): CohortMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? cohort;
}
