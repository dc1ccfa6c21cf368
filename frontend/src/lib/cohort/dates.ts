/** How long before deployment everything should be finished, unless somebody says another day. */
export const DAYS_BEFORE = 14;

/** Whether it is a day of the calendar as the API writes one. */
export function isDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day some days before another. */
export function daysBefore(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** The due date to propose for a deployment: two weeks before it, but not in the past; '' where no day is known. */
export function proposedDue(deploysOn: string, today: string): string {
	if (!isDate(deploysOn)) return '';
	const due = daysBefore(deploysOn, DAYS_BEFORE);
	return due < today ? today : due;
}
