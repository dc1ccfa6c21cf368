import { asApiError, type ApiError } from '../api/error.ts';
import type { Quizzes } from './api.ts';
import type { Kept } from './kept.ts';
import { emptyQuiz, tidy } from './shape.ts';
import type { Blueprint, Forecast, QuizText } from './types.ts';

/** So long after the last change papers are forecast anew. */
const PAUSE_MS = 500;

/** A title while there is none, so that the rest can be looked at already. */
const NO_TITLE = '…';

export type Deed = 'save' | 'publish' | 'close';

/** A quiz that is being built: its text, what papers will be like, and where it stands on the server. */
export class Builder {
	quiz = $state<QuizText>(emptyQuiz());
	#quizzes: Quizzes;
	#kept: Kept;
	#saved = $state.raw<Blueprint>();
	#base = $state(0);
	#written = $state('');
	#forecast = $state.raw<Forecast>();
	#looking = $state(false);
	#doing = $state<Deed>();
	#error = $state.raw<ApiError>();
	#restored = $state<'' | 'same' | 'older'>('');
	#run = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `saved`: undefined for a new quiz. What was not saved the last time is taken up again. */
	constructor(quizzes: Quizzes, kept: Kept, saved?: Blueprint) {
		this.#quizzes = quizzes;
		this.#kept = kept;
		if (saved) {
			this.quiz = structuredClone(saved.quiz);
			this.#stand(saved);
		} else {
			this.#written = JSON.stringify(tidy(this.quiz));
		}
		const unsaved = kept.read();
		if (unsaved && JSON.stringify(tidy(unsaved.quiz)) !== this.#written) {
			this.quiz = unsaved.quiz;
			this.#restored = unsaved.base === this.#base ? 'same' : 'older';
		}
	}

	/** As the server has it; undefined before the first save. */
	get saved(): Blueprint | undefined {
		return this.#saved;
	}

	get dirty(): boolean {
		return JSON.stringify(tidy(this.quiz)) !== this.#written;
	}

	/** Undefined until papers were looked at once. */
	get forecast(): Forecast | undefined {
		return this.#forecast;
	}

	/** The forecast is of an older text. */
	get looking(): boolean {
		return this.#looking;
	}

	get doing(): Deed | undefined {
		return this.#doing;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get conflict(): boolean {
		return this.#error?.code === 'quiz_changed';
	}

	/** Whether changes of the last visit were taken up, and whether the quiz is another since. */
	get restored(): '' | 'same' | 'older' {
		return this.#restored;
	}

	/** Keeps this text on the device at once, and forecasts it when nothing else changes for a moment. Returns what stops that. */
	watch(quiz: QuizText, dirty: boolean): () => void {
		if (dirty) this.#kept.keep({ quiz, base: this.#base });
		else this.#kept.drop();
		clearTimeout(this.#timer);
		this.#looking = true;
		this.#timer = setTimeout(() => void this.look(quiz), PAUSE_MS);
		return () => clearTimeout(this.#timer);
	}

	async look(quiz: QuizText): Promise<void> {
		const run = ++this.#run;
		try {
			const forecast = await this.#quizzes.forecast({ ...quiz, title: quiz.title || NO_TITLE });
			if (run === this.#run) this.#forecast = forecast;
		} catch (thrown) {
			if (run === this.#run) this.#error = asApiError(thrown);
		} finally {
			if (run === this.#run) this.#looking = false;
		}
	}

	/** True when it is saved. */
	save(): Promise<boolean> {
		return this.#do('save', () => this.#write());
	}

	/** Saves what is not saved yet, and publishes it. */
	publish(): Promise<boolean> {
		return this.#do('publish', async () => {
			const saved = this.dirty || !this.#saved ? await this.#write() : this.#saved;
			this.#stand(saved); // also if it cannot be published
			return this.#quizzes.publish(saved.id, saved.revision);
		});
	}

	close(): Promise<boolean> {
		return this.#do('close', async () => {
			if (!this.#saved) throw new Error('a quiz that was never saved cannot be closed');
			return this.#quizzes.close(this.#saved.id, this.#base);
		});
	}

	/** After a conflict: the text of the server takes the place of this one. */
	theirs(): Promise<boolean> {
		return this.#do('save', async () => {
			const theirs = await this.#quizzes.read(this.#saved?.id ?? '');
			this.quiz = structuredClone(theirs.quiz);
			return theirs;
		});
	}

	/** After a conflict: this text is written over the server's. */
	mine(): Promise<boolean> {
		return this.#do('save', async () => {
			this.#base = (await this.#quizzes.read(this.#saved?.id ?? '')).revision;
			return this.#write();
		});
	}

	/** Takes the text back to what is saved. */
	discard(): void {
		this.quiz = this.#saved ? structuredClone(this.#saved.quiz) : emptyQuiz();
		this.#restored = '';
		this.#kept.drop();
	}

	async #write(): Promise<Blueprint> {
		const quiz = tidy($state.snapshot(this.quiz));
		return this.#saved ? this.#quizzes.save(this.#saved.id, quiz, this.#base) : this.#quizzes.create(quiz);
	}

	/** What is written while the server works stays. */
	async #do(deed: Deed, work: () => Promise<Blueprint>): Promise<boolean> {
		if (this.#doing) return false;
		this.#doing = deed;
		this.#error = undefined;
		try {
			this.#stand(await work());
			if (!this.dirty) this.#kept.drop();
			this.#restored = '';
			return true;
		} catch (thrown) {
			this.#error = asApiError(thrown);
			return false;
		} finally {
			this.#doing = undefined;
		}
	}

	/** Notes what the server has. */
	#stand(saved: Blueprint): void {
		this.#saved = saved;
		this.#base = saved.revision;
		this.#written = JSON.stringify(tidy(saved.quiz));
		this.#forecast = saved.preview;
	}
}
