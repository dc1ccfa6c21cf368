import type { QuizCard } from './api/types.ts';

/** What a quiz is called where its module is not in sight. */
export function quizName({ title, module_title }: Pick<QuizCard, 'title' | 'module_title'>): string {
	return module_title ? `${module_title} · ${title}` : title;
}

/** Where one goes back to from a quiz: its module, or all of them for an exam over several. */
export function quizHome({ module }: Pick<QuizCard, 'module'>): string {
	return module ? `/modules/${module}` : '/modules';
}
