import type { Answer, Attempt } from '#lib/api/types.ts';
import type { Row } from './box.ts';

/** What an attempt looks like to its trainee: the server's word with this device's unsent events on top. */
export type Standing = {
	answers: Record<string, Answer>;
	flags: Record<string, boolean>;
	/** A submit was made here, sent or not. */
	submitted: boolean;
};

/** `rows` in their order win over what the server told. */
export function standingOf(attempt: Pick<Attempt, 'answers' | 'flags'>, rows: Row[]): Standing {
	const standing: Standing = { answers: {}, flags: {}, submitted: false };
	for (const [question, answer] of Object.entries(attempt.answers ?? {})) {
		if (isAnswer(answer)) standing.answers[question] = answer;
	}
	for (const question of attempt.flags ?? []) standing.flags[question] = true;
	return rows.reduce(applied, standing);
}

/** The standing after one more event. */
export function applied(before: Standing, { kind, question, response }: Row): Standing {
	const said: unknown = response ? JSON.parse(response) : undefined;
	if (kind === 'answer' && isAnswer(said)) return { ...before, answers: { ...before.answers, [question]: said } };
	if (kind === 'flag') return { ...before, flags: { ...before.flags, [question]: isOn(said) } };
	return kind === 'submit' ? { ...before, submitted: true } : before;
}

/** What the device knows beyond the server's copy: all unsent, and what was acknowledged after the copy was asked for. */
export function beyond(askedAt: number, sent: Row[], unsent: Row[]): Row[] {
	return [...sent.filter(({ acked_at }) => (acked_at ?? 0) >= askedAt), ...unsent].sort((a, b) => a.seq - b.seq);
}

function isAnswer(value: unknown): value is Answer {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOn(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'on' in value && value.on === true;
}
