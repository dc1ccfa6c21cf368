import type { Person, Reason } from './types.ts';

export type ReasonGroup = {
	code: string;
	count: number;
	/** The module or exam that it is about. */
	what: string;
	/** The outcomes that it is about, if it is about outcomes. */
	texts: string[];
	due_on: string | undefined;
	overdue: boolean;
	/** Overdue since before they came to the cohort. */
	joined_late: boolean;
};

/** Reasons of one sort in one module or exam are one line: nobody reads twenty. */
export function reasonGroups(reasons: Reason[]): ReasonGroup[] {
	const groups = new Map<string, ReasonGroup>();
	for (const reason of reasons) {
		const what = reason.exam_title ?? reason.exam ?? reason.module_title ?? reason.module ?? '';
		const key = `${reason.code} ${reason.exam ?? ''} ${reason.module ?? ''}`;
		const group = groups.get(key) ?? { code: reason.code, count: 0, what, texts: [], due_on: reason.due_on, overdue: reason.overdue, joined_late: reason.joined_late ?? false };
		group.count++;
		if (reason.text && !group.texts.includes(reason.text)) group.texts.push(reason.text);
		groups.set(key, group);
	}
	return [...groups.values()];
}

const RANK = ['critical_failure', 'credential_revoked', 'module_open', 'exam_open', 'outcome_weak', 'too_little_evidence', 'credential_expires', 'outcome_lapses'];

/** The reason that weighs most of why a person is not ready, and how many more there are. Who has not begun needs none. */
export function firstReason({ standing, reasons }: Pick<Person, 'standing' | 'reasons'>): { reason: Person['reasons'][number]; more: number } | undefined {
	if (standing === 'not_started') return undefined;
	const [reason] = reasons.toSorted((a, b) => RANK.indexOf(a.code) - RANK.indexOf(b.code));
	return reason && { reason, more: reasons.length - 1 };
}

/** Whether something was past its date before they came to the cohort. */
export function joinedLate({ reasons }: Pick<Person, 'reasons'>): boolean {
	return reasons.some((reason) => reason.joined_late);
}
