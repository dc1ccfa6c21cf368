import type { Answer, Scenario, ScenarioChoice, ScenarioNode } from '#lib/api/types.ts';

/** A moment of the story as it was played: the last one is a decision that is open, or the ending. */
export type Step = { node: ScenarioNode; choice: ScenarioChoice | undefined };

/** The path that the answers take from the start. A path never comes back to where it was. */
export function stepsOf(scenario: Scenario, answer: (node: string) => Answer | undefined): Step[] {
	const steps: Step[] = [];
	let node = scenario.nodes[0];
	while (node && !steps.some((step) => step.node === node)) {
		const chosen = answer(node.id)?.choice;
		const choice = node.choices.find(({ id }) => id === chosen);
		steps.push({ node, choice });
		const next = choice?.next;
		node = next ? scenario.nodes.find(({ id }) => id === next) : undefined;
	}
	return steps;
}

/** The share of the points on the path, as the server counts it: the mean of the grades, 3 being the best. */
export function shareOf(steps: Step[]): number {
	const grades = steps.filter(({ node }) => !node.ending).map(({ choice }) => choice?.grade ?? 0);
	return grades.length ? grades.reduce((sum, grade) => sum + grade, 0) / (3 * grades.length) : 0;
}
