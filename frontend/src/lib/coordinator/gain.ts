import type { Gain } from './types.ts';

/** Below so many people the page says that they are few. */
export const SMALL = 20;

type Told = Gain & Required<Pick<Gain, 'before' | 'after' | 'gain' | 'low' | 'high'>>;

/** The gains whose figures are told: the server leaves them out where too few people have both scores. */
export function told(gains: Gain[]): Told[] {
	return gains.filter(
		(one): one is Told =>
			one.before !== undefined && one.after !== undefined && one.gain !== undefined && one.low !== undefined && one.high !== undefined
	);
}
