import type { Regrade } from '../analysis/types.ts';
import { editable, sendable } from '../question-editor/shape.ts';
import type { QuestionText } from '../trainer/types.ts';

export type Action = Regrade['action'];

/** The ruling that stands on each version of a question; the list is newest first. */
export function standing(all: readonly Regrade[], question: string): Map<string, Regrade> {
	const stands = new Map<string, Regrade>();
	for (const one of all) if (one.question === question && !stands.has(one.version)) stands.set(one.version, one);
	return stands;
}

/** Whether a ruling of the list can be taken back: it is carried out, the newest on its version and changes how that is scored. */
export function canUndo(all: readonly Regrade[], one: Regrade): boolean {
	return one.state === 'done' && one.action !== 'restore' && all.find(({ version }) => version === one.version)?.id === one.id;
}

/** What can be done to a version: restoring only where something stands that changes it, another key only where the program judges by one. */
export function actionsFor(ruling: Regrade | undefined, kind?: QuestionText['kind']): Action[] {
	const actions: Action[] = !ruling || ruling.action === 'restore' ? ['rekey', 'void'] : ruling.action === 'void' ? ['restore', 'rekey'] : ['restore', 'rekey', 'void'];
	return kind === 'essay' ? actions.filter((action) => action !== 'rekey') : actions;
}

/** Which options stand elsewhere in the key than before: what people are told of them no longer fits. */
export function movedOptions(before: QuestionText, now: QuestionText): number[] {
	return (now.options ?? []).flatMap((option, i) => {
		const was = before.options?.[i];
		return was && ((was.correct ?? false) !== (option.correct ?? false) || (was.grade ?? 0) !== (option.grade ?? 0)) ? [i] : [];
	});
}

/** Whether the key is another one: what is only told does not count. */
export function sameKey(before: QuestionText, now: QuestionText): boolean {
	return JSON.stringify(keyOf(sendable(before))) === JSON.stringify(keyOf(sendable(now)));
}

function keyOf({ options, truth, pairs, sequence, answer, blanks }: QuestionText) {
	return [
		options?.map(({ correct, grade }) => [correct ?? false, grade ?? 0]),
		truth,
		pairs?.map(({ left, right }) => [left, right]),
		sequence,
		answer && [answer.value, answer.tolerance ?? 0],
		blanks?.map(({ accepted }) => accepted)
	];
}

/** A copy to change the key of. An option that turns wrong must not keep praise, nor one that turns right a blame: both are emptied when marked. */
export function toMend(question: QuestionText): QuestionText {
	return editable(question);
}
