import type { AttemptSummary, ExamProgress, ModuleProgress, Progress } from '../api/types.ts';

export type Line = { id: string; title: string; done: boolean; share: number; best: number | undefined; attempts: number; on: string | undefined };

/** A record for others: the modules begun and the exams tried. */
export function transcriptOf({ modules, exams, attempts }: Progress): { modules: Line[]; exams: Line[] } {
	return {
		modules: modules.filter(({ share, complete, check }) => share > 0 || complete || (check?.attempts ?? 0) > 0).map((one) => moduleLine(one, attempts)),
		exams: exams.filter((one) => one.attempts > 0).map((one) => examLine(one, attempts))
	};
}

function moduleLine({ module, title, complete, share, check }: ModuleProgress, attempts: AttemptSummary[]): Line {
	const on = check ? firstPass(attempts, check.quiz) : undefined;
	return { id: module, title, done: complete, share, best: check?.best_score, attempts: check?.attempts ?? 0, on };
}

function examLine({ quiz, title, passed, best_score, attempts: tries }: ExamProgress, attempts: AttemptSummary[]): Line {
	return { id: quiz, title, done: passed, share: 0, best: best_score, attempts: tries, on: firstPass(attempts, quiz) };
}

/** When a quiz was passed for the first time. */
function firstPass(attempts: AttemptSummary[], quiz: string): string | undefined {
	return attempts
		.filter((one) => one.quiz === quiz && one.passed)
		.map((one) => one.ended_at ?? one.started_at)
		.sort((a, b) => a.localeCompare(b))[0];
}
