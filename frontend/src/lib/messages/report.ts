import { report } from './en/report.ts';
import type { Widened } from './index.ts';

/** The words of a cohort's weekly report: a catalogue of its own, so that no trainee's phone loads it. */
export type ReportMessages = Widened<typeof report>;

const catalogues: Record<string, ReportMessages> = { en: report };

/** The catalogue for a locale; English where there is none. */
export function reportCatalogue(locale: string): ReportMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? report;
}
