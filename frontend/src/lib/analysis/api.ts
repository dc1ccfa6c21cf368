import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import { fileName } from '../coordinator/api.ts';
import type { AnalysedQuiz, ItemAnalysis, QuizAnalysis, Which } from './types.ts';

/** The calls about how quizzes perform. The only file of these pages that knows their addresses. */
export class Analyses {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	/** Every quiz, in the order of the modules. */
	async quizzes(): Promise<AnalysedQuiz[]> {
		const all: AnalysedQuiz[] = [];
		let cursor: string | undefined;
		do {
			const query = { sort: 'curriculum' as const, limit: 200, ...(cursor ? { cursor } : {}) };
			const page = await take(this.#api.GET('/item-analysis', { params: { query } }));
			all.push(...page.items);
			cursor = page.next_cursor;
		} while (cursor);
		return all;
	}

	quiz(quiz: string, attempts: Which): Promise<QuizAnalysis> {
		return take(this.#api.GET('/item-analysis/{quiz}', { params: { path: { quiz }, query: { attempts } } }));
	}

	question(quiz: string, question: string, attempts: Which): Promise<ItemAnalysis> {
		return take(this.#api.GET('/item-analysis/{quiz}/items/{question}', { params: { path: { quiz, question }, query: { attempts } } }));
	}

	/** The table of questions as a file with its name. */
	async report(quiz: string, attempts: Which, format: 'csv' | 'xlsx'): Promise<{ blob: Blob; name: string }> {
		const answer = this.#api.GET('/item-analysis/{quiz}/report', { params: { path: { quiz }, query: { attempts, format } }, parseAs: 'blob' });
		const blob = await take<unknown>(answer);
		const { response } = await answer;
		if (!(blob instanceof Blob)) throw new TypeError('the report is not a file');
		return { blob, name: fileName(response.headers.get('Content-Disposition')) ?? `${quiz}.${format}` };
	}
}
