import { useApp, type App } from '../app.svelte.ts';
import { trainerCatalogue, type TrainerMessages } from '../messages/trainer.ts';
import { quizCatalogue, type QuizMessages } from '../messages/trainer-quiz.ts';
import { Bank } from '../trainer/bank.ts';
import { Quizzes } from './api.ts';

/** What each part of the quizzes' pages needs. Read `t` and `m` where they are shown: the language may change. */
export type QuizTools = { app: App; quizzes: Quizzes; bank: Bank; readonly t: TrainerMessages; readonly m: QuizMessages };

export function useQuizzes(): QuizTools {
	const app = useApp();
	return {
		app,
		quizzes: new Quizzes(app.api),
		bank: new Bank(app.api),
		get t() {
			return trainerCatalogue(app.m.locale);
		},
		get m() {
			return quizCatalogue(app.m.locale);
		}
	};
}
