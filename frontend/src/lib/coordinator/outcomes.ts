import type { OutcomeFigures, Person, PersonOutcome, Readiness } from './types.ts';

/** The outcomes that are asked for (those of one module, or of all), what fewest people hold on the day first. */
export function weakestFirst(readiness: Pick<Readiness, 'modules' | 'outcomes'>, module = ''): OutcomeFigures[] {
	const asked = new Set(readiness.modules.filter((one) => one.required && (!module || one.module === module)).map((one) => one.module));
	return readiness.outcomes
		.filter((one) => asked.has(one.module))
		.sort((a, b) => a.held_on_day - b.held_on_day || (a.mean_mastery_on_day ?? 0) - (b.mean_mastery_on_day ?? 0));
}

export type LessonFigures = { module: string; lesson: string; title: string; required: boolean; held: number };

/** The lessons (of one module, or of all), what is asked for and fewest people hold on the day first. */
export function lessonsWeakestFirst(readiness: Pick<Readiness, 'modules' | 'outcomes'>, module = ''): LessonFigures[] {
	const lessons = new Map<string, LessonFigures>();
	for (const one of readiness.outcomes) {
		if (module && one.module !== module) continue;
		const key = `${one.module} ${one.lesson}`;
		const required = readiness.modules.some((asked) => asked.module === one.module && asked.required);
		const held = Math.min(one.held_on_day, lessons.get(key)?.held ?? Infinity);
		lessons.set(key, { module: one.module, lesson: one.lesson, title: one.lesson_title, required, held });
	}
	return [...lessons.values()].sort((a, b) => Number(b.required) - Number(a.required) || a.held - b.held);
}

export type OutcomeGroup = { module: string; title: string; required: boolean; outcomes: PersonOutcome[] };

/** A person's outcomes by module, the required modules first; modules without any answer that nobody asks for are left out. */
export function byModule(outcomes: PersonOutcome[], modules: Person['modules']): OutcomeGroup[] {
	const groups = modules.map(({ module, required }) => {
		const own = outcomes.filter((one) => one.module === module);
		return { module, title: own[0]?.module_title ?? module, required, outcomes: own };
	});
	const told = groups.filter(({ required, outcomes: own }) => own.length > 0 && (required || own.some(({ answers }) => answers > 0)));
	return [...told.filter(({ required }) => required), ...told.filter(({ required }) => !required)];
}
