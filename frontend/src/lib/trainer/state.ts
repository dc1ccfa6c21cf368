import type { Tone } from '../components/StatusWord.svelte';
import type { BankItem, State } from './types.ts';

/** How a state is marked, beside its word. */
export function toneOf(state: State): Tone {
	const tones: Record<State, Tone> = { draft: 'neutral', review: 'info', approved: 'ready', retired: 'neutral' };
	return tones[state];
}

/** A step that can be taken from a state, by the state that it leads to. */
export type Step = { to: State; word: 'review' | 'approved' | 'draft' | 'restore' | 'retired'; look: 'primary' | 'secondary' | 'danger' };

const STEPS: Record<State, Step[]> = {
	draft: [
		{ to: 'review', word: 'review', look: 'primary' },
		{ to: 'retired', word: 'retired', look: 'danger' }
	],
	review: [
		{ to: 'approved', word: 'approved', look: 'primary' },
		{ to: 'draft', word: 'draft', look: 'secondary' },
		{ to: 'retired', word: 'retired', look: 'danger' }
	],
	approved: [{ to: 'retired', word: 'retired', look: 'danger' }],
	retired: [{ to: 'draft', word: 'restore', look: 'secondary' }]
};

/** What can be done with a question now. */
export function stepsOf(state: State): Step[] {
	return STEPS[state];
}

/** Whether somebody else must approve it: an exam question that this person wrote. */
export function needsAnother({ state, pool, own }: Pick<BankItem, 'state' | 'pool'> & { own: boolean }): boolean {
	return state === 'review' && pool === 'exam' && own;
}
