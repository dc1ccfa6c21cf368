import { method } from './en/coordinator-method.ts';
import type { Widened } from './index.ts';

/** The words of the page on the method. */
export type MethodMessages = Widened<typeof method>;

const catalogues: Record<string, MethodMessages> = { en: method };

/** The catalogue for a locale; English where there is none. */
export function methodCatalogue(locale: string): MethodMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? method;
}
