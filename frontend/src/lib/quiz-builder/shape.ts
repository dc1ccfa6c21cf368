import type { Forecast, Finding, Part, Point, Points, QuizText, Rule } from './types.ts';

/** The parts of a result, in the order in which they may be shown. */
export const PARTS = ['score', 'correctness', 'feedback', 'answers'] as const satisfies readonly Part[];

export const POINTS = ['immediate', 'submitted', 'finished', 'closed', 'never'] as const satisfies readonly Point[];

export const PURPOSES = ['exam', 'check', 'practice', 'pretest'] as const satisfies readonly QuizText['purpose'][];

export const KINDS = ['single', 'multiple', 'true_false', 'match', 'order', 'numeric', 'cloze', 'judgement', 'essay'] as const;

/** What is usual, from the most open to the most closed. */
export const PRESETS = {
	practice: { score: 'submitted', correctness: 'immediate', feedback: 'immediate', answers: 'immediate' },
	after: { score: 'submitted', correctness: 'submitted', feedback: 'submitted', answers: 'submitted' },
	window: { score: 'submitted', correctness: 'submitted', feedback: 'closed', answers: 'closed' },
	secret: { score: 'submitted', correctness: 'never', feedback: 'never', answers: 'never' }
} as const satisfies Record<string, Points>;

export type Preset = keyof typeof PRESETS;

export const PRESET_NAMES: readonly Preset[] = ['practice', 'after', 'window', 'secret'];

/** The preset that these points are, if they are one. */
export function presetOf(points: Points): Preset | undefined {
	return PRESET_NAMES.find((name) => PARTS.every((part) => PRESETS[name][part] === points[part]));
}

function rank(point: Point): number {
	return POINTS.indexOf(point);
}

/** There is no score before the end, so it may come after what is shown at once. */
function least(part: Part, point: Point): number {
	return part === 'score' ? Math.max(rank(point), rank('submitted')) : rank(point);
}

/** The points that a part can have at all. */
export function pointsOf(part: Part): readonly Point[] {
	return part === 'score' ? POINTS.slice(1) : POINTS;
}

/** The points after a choice: what is below comes no earlier, what is above no later. */
export function withPoint(points: Points, part: Part, point: Point): Points {
	const at = PARTS.indexOf(part);
	const next = { ...points, [part]: point };
	PARTS.forEach((other, i) => {
		if (i < at && least(other, next[other]) > least(other, point)) {
			if (other === 'score') next.score = point === 'immediate' ? 'submitted' : point;
			else next[other] = point;
		}
		const floor = part === 'score' && point === 'submitted' ? rank('immediate') : rank(point);
		if (i > at && other !== 'score' && rank(next[other]) < floor) next[other] = point;
	});
	return next;
}

export function emptyRule(): Rule {
	return { draw: 5, pool: 'exam' };
}

export function emptyQuiz(): QuizText {
	return {
		title: '',
		purpose: 'exam',
		pass_mark: 0.8,
		critical: true,
		time_limit_minutes: 0,
		attempts: 2,
		delay_minutes: 0,
		shows: { ...PRESETS.after },
		rules: [emptyRule()]
	};
}

/** The builder with a new quiz that asks these questions. */
export function newQuizHref(questions: readonly string[]): string {
	return `/trainer/quizzes/new?${new URLSearchParams(questions.map((id) => ['question', id]))}`;
}

/** The rules with these questions chosen: in place of a rule that nobody has touched, and not twice. */
export function withChosen(rules: readonly Rule[], questions: readonly string[]): Rule[] {
	const named = rules.flatMap((rule) => rule.questions ?? []);
	const fresh = questions.filter((id, i) => !named.includes(id) && questions.indexOf(id) === i);
	if (!fresh.length) return [...rules];
	const untouched = JSON.stringify(rules.map(tidyRule)) === JSON.stringify([emptyRule()]);
	return [...(untouched ? [] : rules), { draw: 0, questions: fresh }];
}

/** Whether a rule names its questions. */
export function isFixed(rule: Rule): boolean {
	return rule.questions !== undefined;
}

/** As it is sent: what is empty is left out, and a rule that names questions has no filter. */
export function tidyRule(rule: Rule): Rule {
	if (rule.questions !== undefined) return { draw: 0, questions: rule.questions };
	const { draw, pool, module, lesson, outcome, difficulty, tag, kind } = rule;
	const said = { pool, module, lesson, outcome, difficulty, tag: tag?.trim().toLowerCase(), kind };
	return { draw, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)) };
}

/** All fields in one order, so that two quizzes that are alike are the same text. */
export function tidy(quiz: QuizText): QuizText {
	const { purpose, pass_mark, critical, time_limit_minutes, attempts, delay_minutes, module, opens_at, closes_at } = quiz;
	const { score, correctness, feedback, answers } = quiz.shows;
	return {
		title: quiz.title.trim(),
		purpose,
		...(module ? { module } : {}),
		pass_mark,
		critical,
		time_limit_minutes,
		attempts,
		delay_minutes,
		...(opens_at ? { opens_at } : {}),
		...(closes_at ? { closes_at } : {}),
		shows: { score, correctness, feedback, answers },
		rules: quiz.rules.map(tidyRule)
	};
}

/** The findings about a field: a rule by its place, else by its name. */
export function findingsAt(findings: readonly Finding[], field: string): Finding[] {
	return findings.filter((one) => one.field === field);
}

/** Those that no field of the page shows. */
export function findingsElsewhere(findings: readonly Finding[], shown: readonly string[], rules: number): Finding[] {
	return findings.filter(({ field }) => !field || (!shown.includes(field) && !(ruleOf(field) < rules)));
}

/** The rule that a field such as "rules[2]" names; Infinity for none. */
function ruleOf(field: string): number {
	const found = /^rules\[(\d+)\]/.exec(field);
	return found ? Number(found[1]) : Infinity;
}

export function ready(forecast: Pick<Forecast, 'findings'> | undefined): boolean {
	return forecast !== undefined && !forecast.findings.some(({ severity }) => severity === 'error');
}
