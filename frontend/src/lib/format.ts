import type { Messages } from './messages/index.ts';

const DAY_MS = 86_400_000;

/** Dates, numbers and durations as the reader's language writes them. */
export class Formats {
	#locale: string;
	#m: Messages;

	constructor(locale: string, messages: Messages) {
		this.#locale = locale;
		this.#m = messages;
	}

	number(n: number): string {
		return new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 2 }).format(n);
	}

	/** `share` is 0..1. Rounded down, so that nobody reads 80 % who has 79.6 %. */
	percent(share: number): string {
		return this.#m.units.percent(this.number(Math.floor(share * 100 + 1e-9)));
	}

	/** "14 Jan 2027". */
	date(iso: string): string {
		return this.#dates({ day: 'numeric', month: 'short', year: 'numeric' }, iso);
	}

	/** "14 Jan 2027 (in 9 days)". */
	dateIn(iso: string, now = new Date()): string {
		return `${this.date(iso)} (${this.#inDays(daysUntil(iso, now))})`;
	}

	/** "16:05". */
	time(iso: string): string {
		return this.#dates({ hour: '2-digit', minute: '2-digit' }, iso);
	}

	dateTime(iso: string): string {
		return `${this.date(iso)}, ${this.time(iso)}`;
	}

	/** "45 min", "1 h 15 min". */
	minutes(n: number): string {
		const whole = Math.max(1, Math.round(n));
		if (whole < 60) return this.#m.units.minutes(this.number(whole));
		const hours = this.#m.units.hours(this.number(Math.floor(whole / 60)));
		return whole % 60 === 0 ? hours : `${hours} ${this.#m.units.minutes(this.number(whole % 60))}`;
	}

	/** "4:05", "1:02:05". */
	countdown(ms: number): string {
		const s = Math.max(0, Math.ceil(ms / 1000));
		const parts = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
		const shown = parts[0] === 0 ? parts.slice(1) : parts;
		return shown.map((n, i) => (i === 0 ? String(n) : String(n).padStart(2, '0'))).join(':');
	}

	list(items: string[]): string {
		return new Intl.ListFormat(this.#locale, { type: 'conjunction' }).format(items);
	}

	#dates(options: Intl.DateTimeFormatOptions, iso: string): string {
		// A bare date is that day everywhere; read as UTC midnight it would be the day before in the Americas.
		const zone = isBareDate(iso) ? { timeZone: 'UTC' } : {};
		return new Intl.DateTimeFormat(this.#locale, { ...options, ...zone }).format(new Date(iso));
	}

	#inDays(days: number): string {
		return new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto' }).format(days, 'day');
	}
}

function isBareDate(iso: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(iso);
}

/** Calendar days from now, as this device's calendar has them: tomorrow morning is 1, however few the hours. */
export function daysUntil(iso: string, now = new Date()): number {
	const midnight = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
	const then = isBareDate(iso) ? Date.parse(iso) : midnight(new Date(iso));
	return Math.round((then - midnight(now)) / DAY_MS);
}
