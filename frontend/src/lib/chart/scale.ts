/** Drawing room of a chart: where the plot lies inside it, in the SVG's own units. */
export type Plot = { left: number; right: number; top: number; bottom: number };

export type Point = { x: number; y: number };

/** From a value in `from` to a place in `to`; a span of nothing lies at its start. */
export function linear(from: [number, number], to: [number, number]): (value: number) => number {
	const span = from[1] - from[0];
	return (value) => (span === 0 ? to[0] : to[0] + ((value - from[0]) / span) * (to[1] - to[0]));
}

/** A line through points, as an SVG path. */
export function line(points: Point[]): string {
	return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** At most `most` of many things, evenly spread, always with the first and the last. */
export function spread<T>(items: T[], most: number): T[] {
	if (items.length <= most || most < 2) return items.slice(0, Math.max(most, 0));
	const step = (items.length - 1) / (most - 1);
	return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]).filter((item): item is T => item !== undefined);
}

/** Parts of a bar of 100, none of those that are there narrower than `least`. */
export function widths(values: number[], least: number): number[] {
	const total = values.reduce((sum, value) => sum + value, 0);
	if (total === 0) return values.map(() => 0);
	const raw = values.map((value) => (value / total) * 100);
	const small = raw.map((width, i) => (values[i] ?? 0) > 0 && width < least);
	const lent = raw.reduce((sum, width, i) => sum + (small[i] ? least - width : 0), 0);
	const rest = raw.reduce((sum, width, i) => sum + (small[i] ? 0 : width), 0);
	return raw.map((width, i) => (small[i] ? least : rest === 0 ? width : width - (lent * width) / rest));
}

function round(n: number): number {
	return Math.round(n * 10) / 10;
}
