import { Formats } from './format.ts';
import { catalogue, type Messages } from './messages/index.ts';

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** Which way text of this locale runs. */
export function direction(locale: string): 'ltr' | 'rtl' {
	return RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The person's locale: text, formats and direction. Text that has no catalogue in it yet is English. */
export class Locale {
	#wanted: () => string | undefined;
	readonly code: string = $derived.by(() => this.#wanted() ?? navigator.language ?? 'en');
	readonly messages: Messages = $derived(catalogue(this.code));
	readonly formats: Formats = $derived(new Formats(this.messages.locale, this.messages));
	readonly dir: 'ltr' | 'rtl' = $derived(direction(this.code));

	constructor(wanted: () => string | undefined) {
		this.#wanted = wanted;
	}
}
