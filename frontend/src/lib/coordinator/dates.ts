/** "14 Jan": for an axis, where the year is plain. */
export function shortDate(locale: string, iso: string): string {
	return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(iso));
}

/** Today as the API writes dates, by this device's calendar. */
export function today(now = new Date()): string {
	return inDays(0, now);
}

/** The date some days from now. */
export function inDays(days: number, now = new Date()): string {
	return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days)).toISOString().slice(0, 10);
}

/** Whether it is a date that is not over. */
export function isAhead(date: string, now = new Date()): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(date) && date >= today(now);
}

/** Whether a date is after a day that is not over: of a cohort that has deployed nothing is too late. */
export function isAfter(date: string, day: string | undefined, now = new Date()): boolean {
	return day !== undefined && isAhead(day, now) && isAhead(date, now) && date > day;
}
