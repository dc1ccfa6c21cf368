import { local } from '../local.ts';
import type { QuizText } from './types.ts';

/** A quiz that was changed and not saved: its text, and the revision it was begun from (0 for a new one). */
export type Unsaved = { quiz: QuizText; base: number };

/** Unsaved quizzes of a person on this device. Signing out removes them: a device may be shared. */
export class Kept {
	readonly #key: string;

	/** `of`: the quiz's id, or 'new'. */
	constructor(user: string, of: string) {
		this.#key = `draft.quiz.${user}.${of}`;
	}

	read(): Unsaved | undefined {
		return local.read(this.#key, isUnsaved) ?? undefined;
	}

	keep(text: Unsaved): void {
		local.write(this.#key, text);
	}

	drop(): void {
		local.remove(this.#key);
	}
}

function isUnsaved(value: unknown): value is Unsaved {
	if (typeof value !== 'object' || value === null || !('quiz' in value) || !('base' in value)) return false;
	const { quiz, base } = value;
	return typeof base === 'number' && typeof quiz === 'object' && quiz !== null && 'rules' in quiz && Array.isArray(quiz.rules) && 'shows' in quiz && 'title' in quiz;
}
