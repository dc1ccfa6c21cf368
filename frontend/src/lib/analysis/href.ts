import type { Which } from './types.ts';

export const WHICH = ['first', 'last', 'all'] as const;

/** Which attempts an address asks for; the first of each person where it does not say. */
export function whichOf(search: Pick<URLSearchParams, 'get'>): Which {
	return WHICH.find((one) => one === search.get('attempts')) ?? 'first';
}

/** A quiz's analysis. A dot would make an address look like a file's: "bank.night-patrol" is "bank~night-patrol". */
export function analysisHref(quiz: string, search: Record<string, string> = {}): string {
	return `/trainer/analysis/${quiz.replaceAll('.', '~')}${searchOf(search)}`;
}

/** The quiz that such an address speaks of. */
export function quizOf(param: string): string {
	return param.replaceAll('~', '.');
}

/** A question's analysis in a quiz. */
export function itemHref(quiz: string, question: string, which: Which): string {
	return `${analysisHref(quiz)}/${question.replaceAll('.', '/')}${searchOf({ attempts: which })}`;
}

/** What is usual is left out. */
function searchOf(search: Record<string, string>): string {
	const usual: Record<string, string> = { attempts: 'first', sort: 'verdict' };
	const text = new URLSearchParams(Object.entries(search).filter(([key, value]) => value && usual[key] !== value)).toString();
	return text ? `?${text}` : '';
}
