import { certificate } from './en/certificate.ts';
import type { Widened } from './index.ts';

/** The words about others' certificates: a catalogue of its own, so that no trainee's phone loads it. */
export type CertificateMessages = Widened<typeof certificate>;

const catalogues: Record<string, CertificateMessages> = { en: certificate };

/** The catalogue for a locale; English where there is none. */
export function certificateCatalogue(locale: string): CertificateMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? certificate;
}
