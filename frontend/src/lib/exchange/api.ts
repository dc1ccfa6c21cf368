import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import { fileName } from '../coordinator/api.ts';
import { bodyOf, type BankFilter } from '../trainer/filter.ts';
import type { Foreseen, Format, ImportBody, ImportReport, Taken } from './types.ts';

/** The calls about questions as files. The only file of this page that knows their addresses. */
export class Exchange {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	import(body: ImportBody): Promise<ImportReport> {
		return take(this.#api.POST('/question-imports', { body }));
	}

	/** What of the questions that fit a format cannot carry. */
	foresee(filter: BankFilter, format: Format): Promise<Foreseen> {
		return take(this.#api.GET('/question-export-findings', { params: { query: { ...bodyOf(filter), format } } }));
	}

	/** The questions that fit, with their keys. */
	export(filter: BankFilter, format: Format): Promise<Taken> {
		return taken(this.#api.GET('/question-exports', { params: { query: { ...bodyOf(filter), format } }, parseAs: 'blob' }), format);
	}

	/** A question of each kind that the format carries. */
	template(format: Format): Promise<Taken> {
		return taken(this.#api.GET('/question-templates', { params: { query: { format } }, parseAs: 'blob' }), format);
	}
}

async function taken(answer: Promise<{ data?: unknown; error?: unknown; response: Response }>, format: Format): Promise<Taken> {
	const blob = await take<unknown>(answer);
	const { response } = await answer;
	if (!(blob instanceof Blob)) throw new TypeError('the questions are not a file');
	return { blob, name: fileName(response.headers.get('Content-Disposition')) ?? `questions.${format}` };
}
