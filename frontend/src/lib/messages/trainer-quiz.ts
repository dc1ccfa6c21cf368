import { quiz } from './en/trainer-quiz.ts';
import type { Widened } from './index.ts';

/** The words of the pages where trainers build quizzes, and of the exceptions from them. */
export type QuizMessages = Widened<typeof quiz>;

const catalogues: Record<string, QuizMessages> = { en: quiz };

/** The catalogue for a locale; English where there is none. */
export function quizCatalogue(locale: string): QuizMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? quiz;
}
