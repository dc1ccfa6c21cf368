import { analysis } from './en/trainer-analysis.ts';
import type { Widened } from './index.ts';

/** The words of the pages that show how questions perform, and of mending their keys. */
export type AnalysisMessages = Widened<typeof analysis>;

const catalogues: Record<string, AnalysisMessages> = { en: analysis };

/** The catalogue for a locale; English where there is none. */
export function analysisCatalogue(locale: string): AnalysisMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? analysis;
}
