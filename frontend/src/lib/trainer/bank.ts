import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { Answer } from '../api/types.ts';
import { queryOf, type BankFilter } from './filter.ts';
import type { BankQuestion, BulkAction, QuestionFilter, QuestionText, State } from './types.ts';

/** How many questions a page of the list has. */
export const PAGE = 50;

/** The calls about questions. The only file of these pages that knows their addresses. */
export class Bank {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	find(filter: BankFilter, cursor?: string, limit = PAGE) {
		const query = { ...queryOf(filter), limit, ...(cursor ? { cursor } : {}) };
		return take(this.#api.GET('/questions', { params: { query } }));
	}

	read(question: string): Promise<BankQuestion> {
		return take(this.#api.GET('/questions/{question}', at(question)));
	}

	add(question: QuestionText, tags: string[]): Promise<BankQuestion> {
		return take(this.#api.POST('/questions', { body: { question, tags } }));
	}

	change(id: string, body: { question: QuestionText; tags: string[]; base_version: string; note: string }): Promise<BankQuestion> {
		return take(this.#api.PUT('/questions/{question}', { ...at(id), body }));
	}

	move(id: string, body: { state: State; version: string; note: string }): Promise<BankQuestion> {
		return take(this.#api.POST('/questions/{question}/state', { ...at(id), body }));
	}

	confirm(id: string): Promise<BankQuestion> {
		return take(this.#api.POST('/questions/{question}/confirm', at(id)));
	}

	history(id: string) {
		return take(this.#api.GET('/questions/{question}/versions', at(id)));
	}

	async text(question: string, version: string): Promise<QuestionText> {
		const params = { path: { question, version } };
		return (await take(this.#api.GET('/questions/{question}/versions/{version}', { params }))).question;
	}

	comments(id: string) {
		return take(this.#api.GET('/questions/{question}/comments', at(id)));
	}

	comment(id: string, body: { version: string; text: string; quote?: string }) {
		return take(this.#api.POST('/questions/{question}/comments', { ...at(id), body }));
	}

	many(body: { questions?: string[]; filter?: QuestionFilter; action: BulkAction; value?: string }) {
		return take(this.#api.POST('/question-changes', { body }));
	}

	/** The question exactly as a trainee gets it, and what is wrong with it. */
	preview(question: QuestionText) {
		return take(this.#api.POST('/question-previews', { body: { question } }));
	}

	/** What a trainee would be told after this response. */
	attempt(question: QuestionText, response: Answer) {
		return take(this.#api.POST('/question-trials', { body: { question, response } }));
	}

	/** Keeps a picture, in base64, for questions to show. */
	addPicture(file: string) {
		return take(this.#api.POST('/pictures', { body: { file } }));
	}

	modules() {
		return take(this.#api.GET('/modules'));
	}

	module(module: string) {
		return take(this.#api.GET('/modules/{module}', { params: { path: { module } } }));
	}

	/** Everything that can be cited, with lessons and glossary beside it. */
	async citable() {
		return (await take(this.#api.GET('/search'))).items.filter(({ kind }) => kind === 'section' || kind === 'reference');
	}

	async corrections() {
		return (await take(this.#api.GET('/corrections'))).items;
	}
}

function at(question: string) {
	return { params: { path: { question } } };
}
