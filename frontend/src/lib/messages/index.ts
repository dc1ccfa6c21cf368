import { en } from './en.ts';

export type Widened<T> = T extends string
	? string
	: T extends (...args: infer A) => infer R
		? (...args: A) => Widened<R>
		: { [K in keyof T]: Widened<T[K]> };

/** What every language must have: the shape of the English catalogue. */
export type Messages = Widened<typeof en>;

const catalogues: Record<string, Messages> = { en };

/** The catalogue for a locale; English where there is none. */
export function catalogue(locale: string): Messages {
	return catalogues[locale.split('-')[0] ?? ''] ?? en;
}
