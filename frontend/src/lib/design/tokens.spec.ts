import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/lib/design/tokens.css', 'utf8');

/** The colours that a block of the sheet sets. */
function colours(selector: string): Record<string, string> {
	const start = css.indexOf(`${selector} {`);
	const block = css.slice(start, css.indexOf('}', start));
	return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]));
}

/** WCAG 2.2: contrast of two colours, 1..21. */
function contrast(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5]
		.map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const text: [string, string][] = [];
for (const ink of ['ink', 'ink-soft', 'action', 'ready', 'lapse', 'behind'])
	for (const ground of ['paper', 'surface', 'sunken']) text.push([ink, ground]);
for (const tone of ['ready', 'lapse', 'behind', 'action', 'neutral']) text.push([tone, `${tone}-soft`], ['ink', `${tone}-soft`]);
text.push(['on-action', 'action'], ['on-action', 'action-hover'], ['action', 'action-soft'], ['ink-soft', 'neutral-soft']);

const shapes: [string, string][] = [
	['line-strong', 'paper'],
	['line-strong', 'surface'],
	['action', 'paper']
];

describe.each([
	['light', ':root'],
	['dark', ":root[data-theme='dark']"]
])('%s theme', (_, selector) => {
	const all = colours(selector);

	it.each(text)('%s on %s passes 4.5:1', (ink, ground) => {
		expect(contrast(all[ink] ?? '', all[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
	});

	it.each(shapes)('%s beside %s passes 3:1', (shape, ground) => {
		expect(contrast(all[shape] ?? '', all[ground] ?? '')).toBeGreaterThanOrEqual(3);
	});
});

describe('dark theme', () => {
	it('is the same by choice and by the device', () => {
		expect(colours(":root:not([data-theme='light'])")).toEqual(colours(":root[data-theme='dark']"));
	});
});
