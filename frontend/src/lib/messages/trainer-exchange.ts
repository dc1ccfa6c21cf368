import { exchange } from './en/trainer-exchange.ts';
import type { Widened } from './index.ts';

/** The words of the page where questions come in as files and go out again. */
export type ExchangeMessages = Widened<typeof exchange>;

const catalogues: Record<string, ExchangeMessages> = { en: exchange };

/** The catalogue for a locale; English where there is none. */
export function exchangeCatalogue(locale: string): ExchangeMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? exchange;
}
