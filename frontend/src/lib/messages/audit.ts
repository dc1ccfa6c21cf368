import { audit } from './en/audit.ts';
import type { Widened } from './index.ts';

/** The words of the audit page: a catalogue of its own, so that nobody else's phone loads it. */
export type AuditMessages = Widened<typeof audit>;

const catalogues: Record<string, AuditMessages> = { en: audit };

/** The catalogue for a locale; English where there is none. */
export function auditCatalogue(locale: string): AuditMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? audit;
}
