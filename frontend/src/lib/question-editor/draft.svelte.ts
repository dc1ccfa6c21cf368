import { local } from '../local.ts';
import { instant } from './instant.ts';
import type { QuestionText } from '../trainer/types.ts';

/** What was written and not saved: the text, and the version of the bank that it was begun from ('' for a new question). */
export type Unsaved = { question: QuestionText; tags: string[]; base: string; at: string };

/** Unsaved texts of a person on this device, one by question. Signing out removes them: a device may be shared. */
export class Draft {
	readonly #key: string;
	#kept = $state(true);

	/** `of`: the question's id, or 'new'. */
	constructor(user: string, of: string) {
		this.#key = `draft.${user}.${of}`;
	}

	/** Whether the device took the last text. */
	get kept(): boolean {
		return this.#kept;
	}

	read(): Unsaved | undefined {
		return local.read(this.#key, isUnsaved) ?? undefined;
	}

	keep(text: Omit<Unsaved, 'at'>): void {
		const whole: Unsaved = { ...text, at: instant() };
		local.write(this.#key, whole);
		this.#kept = local.read(this.#key, isUnsaved)?.at === whole.at;
	}

	drop(): void {
		local.remove(this.#key);
	}
}

function isUnsaved(value: unknown): value is Unsaved {
	if (typeof value !== 'object' || value === null || !('question' in value) || !('tags' in value) || !('base' in value) || !('at' in value)) return false;
	const { question, tags } = value;
	return typeof question === 'object' && question !== null && 'stem' in question && 'kind' in question && Array.isArray(tags);
}
