import type { Formats } from '../format.ts';
import type { QuizMessages } from '../messages/trainer-quiz.ts';
import type { Forecast, QuizCard } from './types.ts';
import { standing } from './window.ts';

export const QUIZ_TONES = { draft: 'neutral', published: 'ready', closed: 'lapse' } as const satisfies Record<QuizCard['state'], string>;

/** When a quiz can be taken. */
export function windowWords(m: QuizMessages, f: Formats, window: Pick<QuizCard, 'opens_at' | 'closes_at'>, now = Date.now()): string {
	const { opens_at, closes_at } = window;
	const now_ = standing(window, now);
	const opens = opens_at && now_ === 'ahead' ? m.opensOn(f.dateTime(opens_at)) : '';
	const closes = closes_at ? (now_ === 'over' ? m.closedOn : m.closesOn)(f.dateTime(closes_at)) : '';
	return [opens, closes].filter(Boolean).join(' · ') || m.always;
}

/** What papers will be like: one sentence each. Nothing where there is no paper. */
export function expectations(m: QuizMessages, f: Formats, { forecast, shared, repeated }: Forecast, attempts: number): string[] {
	const n = forecast.questions;
	if (n === 0) return [];
	const known = Math.round(forecast.known * n);
	const all = f.number(n);
	const again = Math.round(repeated * n);
	return [
		m.expect(m.questions(n), f.minutes(forecast.minutes), f.percent(forecast.score)),
		known < n ? `${m.known(f.number(known), n)} ${m.guessed}` : m.known(f.number(known), n),
		m.shared(f.number(Math.round(shared * n)), all),
		...(attempts === 1 ? [] : [again === 0 ? m.allNew : m.repeated(f.number(again), all)])
	];
}
