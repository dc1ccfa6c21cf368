import { asApiError, type ApiError } from '../api/error.ts';
import { base64 } from '../cohort/file.ts';
import type { Exchange } from './api.ts';
import { troubleWith, type FileTrouble } from './file.ts';
import type { ImportBody, Imported, ImportReport, ReadFormat } from './types.ts';

/** `choose` a file, see what is in it (`checked`), and what was kept (`done`). */
export type Step = 'choose' | 'checking' | 'checked' | 'keeping' | 'done';

/** What a trainer says of a file; '' where nothing is said. */
export type Given = { format: ReadFormat; pool: 'practice' | 'exam'; module: string; lesson: string; tags: string };

/** Tags as people type them. */
export function tagsOf(text: string): string[] {
	const tags = text.split(/[,;\n]/).map((tag) => tag.trim());
	return tags.filter((tag, i) => tag && tags.indexOf(tag) === i).slice(0, 30);
}

/** A tag that was given and that all of these have: by it they are found again. */
export function sharedTag(given: string[], questions: Pick<Imported, 'tags'>[]): string | undefined {
	return given.map((tag) => tag.toLowerCase()).find((tag) => questions.length > 0 && questions.every(({ tags }) => tags.includes(tag)));
}

/** A file of questions on its way into the bank: nothing is kept before somebody has seen what was read. */
export class Bringing {
	#exchange: Pick<Exchange, 'import'>;
	#step = $state<Step>('choose');
	#name = $state('');
	#trouble = $state<FileTrouble | 'unreadable'>();
	#lessonMissing = $state(false);
	#error = $state.raw<ApiError>();
	#report = $state.raw<ImportReport>();
	#copies = $state(false);
	#file = $state.raw<string>();
	/** To be filled in by the page; kept for the next file. */
	given = $state<Given>({ format: 'auto', pool: 'practice', module: '', lesson: '', tags: '' });

	constructor(exchange: Pick<Exchange, 'import'>) {
		this.#exchange = exchange;
	}

	get step(): Step {
		return this.#step;
	}

	/** Of the file. */
	get name(): string {
		return this.#name;
	}

	/** Whether a file is chosen, so that it can be read again. */
	get held(): boolean {
		return this.#file !== undefined;
	}

	/** What is wrong with the file before it was sent. */
	get trouble(): FileTrouble | 'unreadable' | undefined {
		return this.#trouble;
	}

	/** A module was chosen, and no lesson of it. */
	get lessonMissing(): boolean {
		return this.#lessonMissing && Boolean(this.given.module) && !this.given.lesson;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get report(): ImportReport | undefined {
		return this.#report;
	}

	/** Whether questions that the bank has are kept a second time. */
	get copies(): boolean {
		return this.#copies;
	}

	/** What an import keeps, or has kept. */
	get fresh(): Imported[] {
		return this.#report?.questions.filter(({ known }) => !known || this.#copies) ?? [];
	}

	/** Reads a file: a dry run. */
	async choose(file: File): Promise<void> {
		this.reset();
		this.#trouble = troubleWith(file);
		if (this.#trouble) return;
		this.#name = file.name;
		try {
			this.#file = await base64(file);
		} catch {
			this.#trouble = 'unreadable';
			return;
		}
		await this.check();
	}

	/** Also after an error, or with other settings: the file is still at hand. */
	async check(): Promise<void> {
		this.#lessonMissing = true;
		if (this.lessonMissing) return;
		await this.#send('checking', this.#report ? 'checked' : 'choose', true, () => (this.#step = 'checked'));
	}

	/** Says whether second copies are kept, and what the file would do then. */
	async copy(copies: boolean): Promise<void> {
		this.#copies = copies;
		await this.check();
		if (this.#error) this.#copies = !copies;
	}

	/** Keeps the questions as drafts. */
	async keep(): Promise<void> {
		await this.#send('keeping', 'checked', false, () => (this.#step = 'done'));
	}

	/** Back to the settings, with the file. */
	change(): void {
		this.#report = undefined;
		this.#error = undefined;
		this.#step = 'choose';
	}

	reset(): void {
		this.change();
		this.#name = '';
		this.#trouble = undefined;
		this.#lessonMissing = false;
		this.#copies = false;
		this.#file = undefined;
	}

	async #send(during: Step, otherwise: Step, dry: boolean, then: () => void): Promise<void> {
		const file = this.#file;
		if (file === undefined || this.#step === 'checking' || this.#step === 'keeping') return;
		this.#step = during;
		this.#error = undefined;
		try {
			this.#report = await this.#exchange.import(this.#body(file, dry));
			then();
		} catch (thrown) {
			this.#error = asApiError(thrown);
			this.#step = otherwise;
		}
	}

	#body(file: string, dry: boolean): ImportBody {
		const { format, pool, module, lesson } = this.given;
		const tags = tagsOf(this.given.tags);
		return {
			name: this.#name, file, format, pool, dry_run: dry, copies: this.#copies,
			...(module && lesson ? { module, lesson } : {}),
			...(tags.length ? { tags } : {})
		};
	}
}
