import { bank } from './en/trainer-bank.ts';
import type { Widened } from './index.ts';

/** The words of the question bank and of the question's editor. */
export type BankMessages = Widened<typeof bank>;

const catalogues: Record<string, BankMessages> = { en: bank };

/** The catalogue for a locale; English where there is none. */
export function bankCatalogue(locale: string): BankMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? bank;
}
