import { describe, expect, it } from 'vitest';
import type { Answer, Scenario } from '#lib/api/types.ts';
import { shareOf, stepsOf } from './story.ts';

const choice = (id: string, grade: number, next: string) => ({ id, html: id, grade, consequence_html: '', next });
const scenario = {
	nodes: [
		{ id: 'start', text_html: '', choices: [choice('good', 3, 'second'), choice('bad', 0, 'end')] },
		{ id: 'second', text_html: '', choices: [choice('fair', 2, 'end'), choice('loop', 1, 'start')] },
		{ id: 'end', text_html: '', ending: 'good', choices: [] }
	]
} as unknown as Scenario;
const played = (answers: Record<string, string>) => stepsOf(scenario, (node): Answer | undefined => (answers[node] ? { choice: answers[node] } : undefined));
const ids = (answers: Record<string, string>) => played(answers).map(({ node }) => node.id);

describe('the path through a scenario', () => {
	it('begins at the first node', () => expect(ids({})).toEqual(['start']));
	it('follows what was chosen', () => expect(ids({ start: 'good' })).toEqual(['start', 'second']));
	it('ends at an ending', () => expect(ids({ start: 'good', second: 'fair' })).toEqual(['start', 'second', 'end']));
	it('leaves out decisions that are not on the path', () => expect(ids({ start: 'bad', second: 'fair' })).toEqual(['start', 'end']));
	it('does not run in a circle', () => expect(ids({ start: 'good', second: 'loop' })).toEqual(['start', 'second']));
	it('takes an unknown choice for none', () => expect(ids({ start: 'gone' })).toEqual(['start']));
	it('counts the decisions on the path alone', () => expect(shareOf(played({ start: 'good', second: 'fair' }))).toBeCloseTo(5 / 6));
	it('counts a harmful one as nothing', () => expect(shareOf(played({ start: 'bad' }))).toBe(0));
});
