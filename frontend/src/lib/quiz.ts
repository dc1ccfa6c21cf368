import type { QuizCard } from './api/types.ts';

/** What a quiz is called where its module is not in sight. */
export function quizName({ title, module_title }: Pick<QuizCard, 'title' | 'module_title'>): string {
	return module_title ? `${module_title} · ${title}` : title;
}

/** Spaced review is made for one person and measures what is held: nobody passes or fails it. */
export function isRecall({ purpose }: Pick<QuizCard, 'purpose'>): boolean {
	return purpose === 'review';
}

/** Where one goes back to from a quiz: its module, or all of them for an exam over several. */
export function quizHome({ module, purpose }: Pick<QuizCard, 'module' | 'purpose'>): string {
	if (isRecall({ purpose })) return '/recall';
	return module ? `/modules/${module}` : '/modules';
}

/** Built by a trainer, not a part of the curriculum. */
export function isAuthored({ id }: Pick<QuizCard, 'id'>): boolean {
	return id.startsWith('bank.');
}

/** Whether the points alone would pass: who has them and did not pass crossed a red line. */
export function enough(score: number, passMark: number): boolean {
	return score >= passMark - 1e-9;
}
