import type { components } from '../api/schema.d.ts';
import type { AuditMessages } from '../messages/audit.ts';

export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditPage = components['schemas']['AuditPage'];

/** Which entries are meant. It stands in the page's address; the days are the reader's. */
export type AuditFilter = { actor?: string; action?: string; object?: string; from?: string; to?: string };

const KEYS = ['actor', 'action', 'object', 'from', 'to'] as const;

/** The filter that an address holds. */
export function filterOf(search: Pick<URLSearchParams, 'get'>): AuditFilter {
	const filter: AuditFilter = {};
	for (const key of KEYS) {
		const value = search.get(key)?.trim();
		if (value && (key !== 'from' && key !== 'to' ? true : dayStart(value))) filter[key] = value;
	}
	return filter;
}

/** The filter as an address holds it: "" or "?actor=amina". */
export function searchOf(filter: AuditFilter): string {
	const search = new URLSearchParams();
	for (const key of KEYS) {
		const value = filter[key];
		if (value) search.set(key, value);
	}
	const text = search.toString();
	return text ? `?${text}` : '';
}

/** Whether it leaves anything out. */
export function narrows(filter: AuditFilter): boolean {
	return KEYS.some((key) => Boolean(filter[key]));
}

/** Whether its last day comes before its first. */
export function backwards({ from, to }: AuditFilter): boolean {
	return Boolean(from && to && to < from);
}

/** The filter as the API's parameters: both days are whole days here, wherever here is. */
export function queryOf({ from, to, ...rest }: AuditFilter): AuditFilter {
	const query: AuditFilter = { ...rest };
	const start = from && dayStart(from);
	const end = to && dayStart(to, 1);
	if (start) query.from = start.toISOString();
	if (end) query.to = end.toISOString();
	return query;
}

/** The start of a day "2027-01-14" on this device's calendar, or of so many days later; undefined for what is no day. */
function dayStart(day: string, later = 0): Date | undefined {
	const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number);
	if (year === undefined || month === undefined || date === undefined) return undefined;
	const start = new Date(year, month - 1, date);
	if (start.getMonth() !== month - 1 || start.getDate() !== date) return undefined;
	return new Date(year, month - 1, date + later);
}

/** The word for an action; its own name where there is none yet. */
export function wordOf(m: AuditMessages, action: string): string {
	return m.actions[action] ?? action;
}

/** What can be chosen: each noun as a whole, then its actions; and what the address asks for, where that is another. */
export function choices(m: AuditMessages, chosen: string | undefined): { value: string; text: string }[] {
	const list = [{ value: '', text: m.any }];
	for (const [noun, name] of Object.entries(m.nouns)) {
		list.push({ value: noun, text: m.all(name) });
		for (const [action, word] of Object.entries(m.actions)) {
			if (action.startsWith(`${noun}.`)) list.push({ value: action, text: m.one(name, word) });
		}
	}
	if (chosen && !list.some(({ value }) => value === chosen)) list.push({ value: chosen, text: chosen });
	return list;
}

/** "2027-01-14 09:30:05": the instant as the server's log has it. */
export function utc(at: string): string {
	return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** A detail as names and values, or as a text without a name. */
export function partsOf(detail: unknown): { name: string; value: string }[] {
	if (detail === undefined || detail === null) return [];
	if (typeof detail !== 'object') return [{ name: '', value: String(detail) }];
	return Object.entries(detail).map(([name, value]) => ({ name: name.replaceAll('_', ' '), value: plain(value) }));
}

function plain(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}
