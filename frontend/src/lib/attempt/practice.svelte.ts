import type { ApiError } from '../api/error.ts';

export type PracticeSession = { questionIds: string[]; error: ApiError | undefined; retry(): void };

export function openPractice(quizId: string): PracticeSession {
	return { questionIds: [], error: undefined, retry: () => void quizId };
}
