import type { Bank } from './bank.ts';
import type { QuestionText } from './types.ts';

/** What the things that a question names are called, by their keys. What cannot be read keeps its key. */
export async function namesOf(bank: Bank, question: QuestionText): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	const cited = [...(question.citations ?? []), ...(question.references ?? [])];
	const modules = [...new Set((question.outcomes ?? []).map((outcome) => outcome.split('.')[0] ?? ''))].filter(Boolean);
	const parts = [
		...(cited.length ? [bank.citable().then((list) => list.filter(({ key }) => cited.includes(key)).forEach(({ key, title, place }) => names.set(key, [title, place].filter(Boolean).join(', '))))] : []),
		...(question.corrections?.length ? [bank.corrections().then((list) => list.forEach(({ id, correction }) => names.set(id, `${id}: ${correction}`)))] : []),
		...modules.map((module) => bank.module(module).then(({ lessons }) => lessons.forEach(({ outcomes }) => outcomes.forEach(({ id, text }) => names.set(id, text)))))
	];
	await Promise.allSettled(parts);
	return names;
}
