import type { Formats } from '../format.ts';
import type { QuizMessages } from '../messages/trainer-quiz.ts';
import type { Override } from '../quiz-builder/types.ts';

/** What an exception changes: "Closes 1 Feb 2027, 10:00 · 45 min". */
export function changes(m: QuizMessages, f: Formats, o: Pick<Override, 'opens_at' | 'closes_at' | 'time_limit_minutes' | 'attempts'>): string {
	return [
		o.opens_at ? m.opensOn(f.dateTime(o.opens_at)) : '',
		o.closes_at ? m.closesOn(f.dateTime(o.closes_at)) : '',
		o.time_limit_minutes === undefined ? '' : o.time_limit_minutes === 0 ? m.noLimit : m.minutes(f.number(o.time_limit_minutes)),
		o.attempts === undefined ? '' : o.attempts === 0 ? m.anyAttempts : m.attemptsN(o.attempts)
	]
		.filter(Boolean)
		.join(' · ');
}

/** The number that a field holds: undefined where it is left empty, NaN for what is none. */
export function numberOf(text: string): number | undefined {
	const said = text.trim();
	if (!said) return undefined;
	return /^\d+$/.test(said) && Number(said) <= MOST ? Number(said) : NaN;
}

/** The most minutes or attempts that the server takes. */
export const MOST = 10_000;
