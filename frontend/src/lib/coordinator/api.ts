import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { Filter } from './filter.ts';
import { PAGE } from './people.svelte.ts';
import type { Extending, PersonList } from './types.ts';

export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The calls about one cohort. The only file of these pages that knows their addresses. */
export class CohortApi {
	#api: Api;
	readonly cohort: string;

	constructor(api: Api, cohort: string) {
		this.#api = api;
		this.cohort = cohort;
	}

	detail() {
		return take(this.#api.GET('/cohorts/{cohort}', { params: { path: this.#path } }));
	}

	readiness() {
		return take(this.#api.GET('/cohorts/{cohort}/readiness', { params: { path: this.#path } }));
	}

	people(filter: Filter, cursor: string | undefined): Promise<PersonList> {
		const query = { ...queryOf(filter), limit: PAGE, ...(cursor ? { cursor } : {}) };
		return take(this.#api.GET('/cohorts/{cohort}/people', { params: { path: this.#path, query } }));
	}

	person(user: string) {
		return take(this.#api.GET('/cohorts/{cohort}/people/{user}', { params: { path: { ...this.#path, user } } }));
	}

	/** Removes for ever who somebody was; only administrators may. */
	erase(user: string, username: string) {
		return take(this.#api.POST('/users/{user}/erasure', { params: { path: { user } }, body: { username } }));
	}

	assignRefresher(body: { users: string[]; module: string; lesson: string; due_on: string }) {
		return take(this.#api.POST('/cohorts/{cohort}/refreshers', { params: { path: this.#path }, body }));
	}

	extend(body: Extending) {
		return take(this.#api.POST('/cohorts/{cohort}/extensions', { params: { path: this.#path }, body }));
	}

	send(body: { users: string[]; subject: string; body: string; about?: string }) {
		return take(this.#api.POST('/cohorts/{cohort}/messages', { params: { path: this.#path }, body }));
	}

	/** The report of exactly the people of a filter, as a file with its name. */
	async report(filter: Filter, format: ReportFormat): Promise<{ blob: Blob; name: string }> {
		const answer = this.#api.GET('/cohorts/{cohort}/report', {
			params: { path: this.#path, query: { ...queryOf(filter), format } },
			parseAs: 'blob'
		});
		const blob = await take<unknown>(answer);
		const { response } = await answer;
		if (!(blob instanceof Blob)) throw new TypeError('the report is not a file');
		return { blob, name: fileName(response.headers.get('Content-Disposition')) ?? `cohort.${format}` };
	}

	get #path(): { cohort: string } {
		return { cohort: this.cohort };
	}
}

/** The filter as the API's parameters. */
function queryOf(filter: Filter): Record<string, string> {
	return Object.fromEntries(Object.entries(filter).filter(([, value]) => Boolean(value)));
}

/** The name that the server gives a file. */
export function fileName(disposition: string | null): string | undefined {
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
	if (encoded) return decodeURIComponent(encoded);
	return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
}
