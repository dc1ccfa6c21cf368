import { asApiError, type ApiError } from '../api/error.ts';
import type { Cohorts, ImportReport, ImportRequest } from './api.ts';
import { badRows, base64, formatOf, troubleWith, type FileTrouble } from './file.ts';

/** `choose` a file, see what it would do (`checked`), and what it did (`done`). */
export type Step = 'choose' | 'checking' | 'checked' | 'adding' | 'done';

/** A file of people on its way: nothing is changed before somebody has seen what it would do. */
export class Importing {
	#cohorts: Pick<Cohorts, 'import'>;
	#cohort: string;
	#step = $state<Step>('choose');
	#name = $state('');
	#trouble = $state<FileTrouble | 'unreadable'>();
	#error = $state.raw<ApiError>();
	#report = $state.raw<ImportReport>();
	#changed = $state(false);
	#file: Pick<ImportRequest, 'format' | 'file'> | undefined;

	constructor(cohorts: Pick<Cohorts, 'import'>, cohort: string) {
		this.#cohorts = cohorts;
		this.#cohort = cohort;
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

	get report(): ImportReport | undefined {
		return this.#report;
	}

	/** The file was good when it was checked and no longer is: nobody was added. */
	get changed(): boolean {
		return this.#changed;
	}

	get bad(): number {
		return this.#report ? badRows(this.#report) : 0;
	}

	/** Checks a file: a dry run. */
	async choose(file: File): Promise<void> {
		this.reset();
		const format = formatOf(file.name);
		this.#trouble = troubleWith(file);
		if (this.#trouble || !format) return;
		this.#name = file.name;
		try {
			this.#file = { format, file: await base64(file) };
		} catch {
			this.#trouble = 'unreadable';
			return;
		}
		await this.check();
	}

	/** Also after an error: the file is still at hand. */
	async check(): Promise<void> {
		await this.#send('checking', 'choose', { dry_run: true, skip_bad: false }, () => (this.#step = 'checked'));
	}

	/** Adds the people, without the bad rows if they are to be left out. */
	async add(skip: boolean): Promise<void> {
		const wanted = this.#report?.people.length;
		await this.#send('adding', 'checked', { dry_run: false, skip_bad: skip }, ({ created }) => {
			this.#changed = created === 0 && wanted !== 0;
			this.#step = this.#changed ? 'checked' : 'done';
		});
	}

	reset(): void {
		this.#step = 'choose';
		this.#name = '';
		this.#trouble = undefined;
		this.#error = undefined;
		this.#report = undefined;
		this.#changed = false;
		this.#file = undefined;
	}

	async #send(during: Step, otherwise: Step, how: Pick<ImportRequest, 'dry_run' | 'skip_bad'>, then: (report: ImportReport) => void) {
		if (!this.#file || this.#step === during) return;
		this.#step = during;
		this.#error = undefined;
		try {
			const report = await this.#cohorts.import(this.#cohort, { ...this.#file, ...how });
			this.#report = report;
			then(report);
		} catch (thrown) {
			this.#error = asApiError(thrown);
			this.#step = otherwise;
		}
	}
}
