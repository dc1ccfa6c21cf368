/** Points by criterion; undefined while none are given. */
export type Points = (number | undefined)[];

/** What a rubric gives at most. */
export function mostOf(rubric: readonly { points: number }[]): number {
	return rubric.reduce((sum, { points }) => sum + points, 0);
}

export function totalOf(points: Points): number {
	return points.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** How many criteria have no points yet. */
export function openIn(points: Points): number {
	return points.filter((one) => one === undefined).length;
}

/** The points as they are sent; undefined while some are missing. */
export function whole(points: Points): number[] | undefined {
	const given = points.filter((one) => one !== undefined);
	return given.length === points.length ? given : undefined;
}

/** What a digit gives in a criterion, after the digit before it ('' for none): the points, and the digit that one more may follow. */
export function typed(before: string, digit: string, most: number): { points: number; before: string } | undefined {
	const both = Number(before + digit);
	if (before && both <= most) return { points: both, before: '' };
	const points = Number(digit);
	if (points > most) return undefined;
	return { points, before: points > 0 && points * 10 <= most ? digit : '' };
}
