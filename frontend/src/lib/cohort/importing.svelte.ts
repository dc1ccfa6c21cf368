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
	#addKnown = $state(false);
	#newDate = $state('');
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

	/** Whether who has an account already is added too. */
	get addsKnown(): boolean {
		return this.#addKnown;
	}

	/** The date that the people who were added have for what was due before; '' where they have the cohort's. */
	get newDate(): string {
		return this.#newDate;
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
		const otherwise = this.#report ? 'checked' : 'choose';
		await this.#send('checking', otherwise, { dry_run: true, skip_bad: false }, () => (this.#step = 'checked'));
	}

	/** Says whether who has an account already is added too, and what the file would do then. */
	async known(add: boolean): Promise<void> {
		this.#addKnown = add;
		await this.check();
		if (this.#error) this.#addKnown = !add;
	}

	/** Adds the people, without the bad rows if they are to be left out, and with a date of their own for what was due before. */
	async add(skip: boolean, newDate = ''): Promise<void> {
		const wanted = this.#report?.people.length;
		await this.#send('adding', 'checked', { dry_run: false, skip_bad: skip, ...(newDate ? { new_date: newDate } : {}) }, ({ created }) => {
			this.#changed = created === 0 && wanted !== 0;
			this.#newDate = newDate;
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
		this.#addKnown = false;
		this.#newDate = '';
		this.#file = undefined;
	}

	async #send(during: Step, otherwise: Step, how: Pick<ImportRequest, 'dry_run' | 'skip_bad' | 'new_date'>, then: (report: ImportReport) => void) {
		if (!this.#file || this.#step === during) return;
		this.#step = during;
		this.#error = undefined;
		try {
			const report = await this.#cohorts.import(this.#cohort, { ...this.#file, ...how, add_known: this.#addKnown });
			this.#report = report;
			then(report);
		} catch (thrown) {
			this.#error = asApiError(thrown);
			this.#step = otherwise;
		}
	}
}
