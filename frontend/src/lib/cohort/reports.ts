import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type Schedule = Schemas['ReportSchedule'];
export type Wish = Schemas['ReportWish'];
export type ReportFile = Schemas['ReportFile'];

export const WISH_FORMATS = ['pdf', 'xlsx', 'csv'] as const satisfies readonly Wish['format'][];

/** The calls about a cohort's weekly report. */
export class Reports {
	#api: Api;
	#params: { path: { cohort: string } };

	constructor(api: Api, cohort: string) {
		this.#api = api;
		this.#params = { path: { cohort } };
	}

	schedule(): Promise<Schedule> {
		return take(this.#api.GET('/cohorts/{cohort}/report-schedule', { params: this.#params }));
	}

	ask(body: Wish): Promise<Schedule> {
		return take(this.#api.PUT('/cohorts/{cohort}/report-schedule', { params: this.#params, body }));
	}

	stop(): Promise<Schedule> {
		return take(this.#api.DELETE('/cohorts/{cohort}/report-schedule', { params: this.#params }));
	}

	async files(): Promise<ReportFile[]> {
		return (await take(this.#api.GET('/cohorts/{cohort}/report-files', { params: this.#params }))).items;
	}

	async file(id: string): Promise<Blob> {
		const path = { ...this.#params.path, file: id };
		const blob = await take<unknown>(this.#api.GET('/cohorts/{cohort}/report-files/{file}', { params: { path }, parseAs: 'blob' }));
		if (!(blob instanceof Blob)) throw new TypeError('the report is not a file');
		return blob;
	}

	changeEmail(email: string): Promise<{ email: string }> {
		return take(this.#api.PUT('/me/email', { body: { email } }));
	}
}

/** The days of the week in a language, Monday first, by their ISO 8601 numbers. */
export function weekdays(locale: string): { value: string; text: string }[] {
	const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
	// 1 January 2024 was a Monday.
	return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), text: name.format(Date.UTC(2024, 0, day)) }));
}
