import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { QuizState } from '../api/types.ts';
import { isAuthored } from '../quiz.ts';
import type { Override, OverrideRequest } from '../quiz-builder/types.ts';

const PURPOSES: readonly string[] = ['exam', 'check', 'pretest'];

/** The calls about exceptions from quizzes. The only file of these parts that knows their addresses. */
export class Overrides {
	#api: Api;
	#cohort: string;

	constructor(api: Api, cohort: string) {
		this.#api = api;
		this.#cohort = cohort;
	}

	async list(): Promise<Override[]> {
		return (await take(this.#api.GET('/cohorts/{cohort}/overrides', this.#at))).items;
	}

	async set(body: OverrideRequest): Promise<Override[]> {
		return (await take(this.#api.PUT('/cohorts/{cohort}/overrides', { ...this.#at, body }))).items;
	}

	async remove({ quiz, user }: Pick<Override, 'quiz' | 'user'>): Promise<Override[]> {
		const params = { path: { cohort: this.#cohort, quiz }, query: user ? { user } : {} };
		return (await take(this.#api.DELETE('/cohorts/{cohort}/overrides/{quiz}', { params }))).items;
	}

	/** What one can make an exception from: trainers' quizzes first. */
	async quizzes(): Promise<QuizState[]> {
		const { items } = await take(this.#api.GET('/quizzes'));
		const wanted = items.filter((quiz) => isAuthored(quiz) || PURPOSES.includes(quiz.purpose));
		return wanted.sort((a, b) => Number(isAuthored(b)) - Number(isAuthored(a)));
	}

	get #at() {
		return { params: { path: { cohort: this.#cohort } } };
	}
}
