import { asApiError, type ApiError } from '../api/error.ts';
import { base64 } from '../cohort/file.ts';
import type { Library } from './api.ts';
import { troubleWith, type FileTrouble } from './file.ts';
import type { MaterialImport, NewMaterial, Reliability } from './types.ts';

/** `choose` a file, see what was read (`read`), and what was kept (`done`). */
export type Step = 'choose' | 'reading' | 'read' | 'keeping' | 'done';

/** What a trainer says of a file. */
export type Said = { title: string; reliability: Reliability; ai: boolean; disclosure: string; note: string };

const nothingSaid = (): Said => ({ title: '', reliability: 'unverified', ai: false, disclosure: '', note: '' });

/** A file on its way into the library: nothing is kept before somebody has seen what was read. */
export class Uploading {
	/** The document whose next edition this is; '' for a new document. */
	readonly document: string;
	#library: Pick<Library, 'import' | 'renew'>;
	#step = $state<Step>('choose');
	#name = $state('');
	#trouble = $state<FileTrouble | 'unreadable'>();
	#error = $state.raw<ApiError>();
	#report = $state.raw<MaterialImport>();
	#file = '';
	/** To be filled in by the page. */
	said = $state(nothingSaid());
	/** Somebody has looked at what seems garbled. */
	looked = $state(false);

	constructor(library: Pick<Library, 'import' | 'renew'>, document = '') {
		this.#library = library;
		this.document = document;
	}

	get step(): Step {
		return this.#step;
	}

	/** Of the file. */
	get name(): string {
		return this.#name;
	}

	/** What is wrong with the file before it was sent. */
	get trouble(): FileTrouble | 'unreadable' | undefined {
		return this.#trouble;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	get report(): MaterialImport | undefined {
		return this.#report;
	}

	get garbled(): boolean {
		return this.#report?.findings.some(({ kind }) => kind === 'garbled') ?? false;
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
		await this.read();
	}

	/** Also after an error: the file is still at hand. */
	async read(): Promise<void> {
		await this.#send('reading', 'choose', true, (report) => {
			this.said.title ||= report.document.title;
			this.#step = 'read';
		});
	}

	/** Keeps the document, or the edition. */
	async keep(): Promise<void> {
		await this.#send('keeping', 'read', false, () => (this.#step = 'done'));
	}

	reset(): void {
		this.#step = 'choose';
		this.#name = '';
		this.#trouble = undefined;
		this.#error = undefined;
		this.#report = undefined;
		this.#file = '';
		this.said = nothingSaid();
		this.looked = false;
	}

	async #send(during: Step, otherwise: Step, dry: boolean, then: (report: MaterialImport) => void): Promise<void> {
		if (!this.#file || this.#step === during) return;
		this.#step = during;
		this.#error = undefined;
		try {
			const report = await (this.document ? this.#library.renew(this.document, this.#upload(dry)) : this.#library.import(this.#whole(dry)));
			this.#report = report;
			then(report);
		} catch (thrown) {
			this.#error = asApiError(thrown);
			this.#step = otherwise;
		}
	}

	#upload(dry: boolean) {
		const note = this.said.note.trim();
		return { name: this.#name, file: this.#file, dry_run: dry, accept_garbled: this.looked, ...(note ? { note } : {}) };
	}

	#whole(dry: boolean): NewMaterial {
		const { title, reliability, ai, disclosure } = this.said;
		const named = title.trim() ? { title: title.trim() } : {};
		return { ...this.#upload(dry), ...named, reliability, ai_disclosed: ai, disclosure: disclosure.trim() };
	}
}
