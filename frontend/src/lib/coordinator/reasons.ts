import type { Reason } from './types.ts';

export type ReasonGroup = {
	code: string;
	count: number;
	/** The module or exam that it is about. */
	what: string;
	/** The outcomes that it is about, if it is about outcomes. */
	texts: string[];
	due_on: string | undefined;
	overdue: boolean;
};

/** Reasons of one sort in one module or exam are one line: nobody reads twenty. */
export function reasonGroups(reasons: Reason[]): ReasonGroup[] {
	const groups = new Map<string, ReasonGroup>();
	for (const reason of reasons) {
		const what = reason.exam_title ?? reason.exam ?? reason.module_title ?? reason.module ?? '';
		const key = `${reason.code} ${reason.exam ?? ''} ${reason.module ?? ''}`;
		const group = groups.get(key) ?? { code: reason.code, count: 0, what, texts: [], due_on: reason.due_on, overdue: reason.overdue };
		group.count++;
		if (reason.text && !group.texts.includes(reason.text)) group.texts.push(reason.text);
		groups.set(key, group);
	}
	return [...groups.values()];
}
