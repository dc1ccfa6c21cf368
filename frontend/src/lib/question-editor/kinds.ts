import type { Component } from 'svelte';
import type { Kind, QuestionText } from '../trainer/types.ts';
import Blanks from './Blanks.svelte';
import Essay from './Essay.svelte';
import Options from './Options.svelte';
import Pairs from './Pairs.svelte';
import Quantity from './Quantity.svelte';
import Sequence from './Sequence.svelte';
import TrueFalse from './TrueFalse.svelte';

type KindEditor = Component<{ question: QuestionText }, object, 'question'>;

/** What edits the parts of each kind. A new kind needs its line here, its fields and its empty parts in shape.ts, and its word. */
export const EDITORS: Record<Kind, KindEditor> = {
	single: Options,
	multiple: Options,
	true_false: TrueFalse,
	match: Pairs,
	order: Sequence,
	numeric: Quantity,
	cloze: Blanks,
	judgement: Options,
	essay: Essay
};
