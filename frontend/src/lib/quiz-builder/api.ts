import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { PaperQuestion } from '../api/types.ts';
import type { Blueprint, Forecast, QuizCard, QuizText } from './types.ts';

/** The calls about quizzes that trainers design. The only file of these pages that knows their addresses. */
export class Quizzes {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	async list(): Promise<QuizCard[]> {
		return (await take(this.#api.GET('/blueprints'))).items;
	}

	read(blueprint: string): Promise<Blueprint> {
		return take(this.#api.GET('/blueprints/{blueprint}', at(blueprint)));
	}

	create(body: QuizText): Promise<Blueprint> {
		return take(this.#api.POST('/blueprints', { body }));
	}

	save(blueprint: string, quiz: QuizText, base: number): Promise<Blueprint> {
		return take(this.#api.PUT('/blueprints/{blueprint}', { ...at(blueprint), body: { base, quiz } }));
	}

	publish(blueprint: string, base: number): Promise<Blueprint> {
		return take(this.#api.POST('/blueprints/{blueprint}/publish', { ...at(blueprint), body: { base } }));
	}

	close(blueprint: string, base: number): Promise<Blueprint> {
		return take(this.#api.POST('/blueprints/{blueprint}/close', { ...at(blueprint), body: { base } }));
	}

	forecast(body: QuizText): Promise<Forecast> {
		return take(this.#api.POST('/blueprint-previews', { body }));
	}

	async sample(quiz: QuizText, seed: number): Promise<PaperQuestion[]> {
		return (await take(this.#api.POST('/blueprint-papers', { body: { quiz, seed } }))).questions;
	}
}

function at(blueprint: string) {
	return { params: { path: { blueprint } } };
}

/** A quiz's page. What trainers made begins with "bank.", and a dot would make an address look like a file's. */
export function quizHref(id: string): string {
	return `/trainer/quizzes/${id.replace(/^bank\./, '')}`;
}

/** The quiz that such an address speaks of. */
export function quizOf(param: string): string {
	return `bank.${param}`;
}
