/** A moment as a field for local time holds it: "2027-01-14T09:30"; "" for none. */
export function toLocal(iso: string | undefined): string {
	if (!iso) return '';
	const at = new Date(iso);
	if (Number.isNaN(at.getTime())) return '';
	const two = (n: number) => String(n).padStart(2, '0');
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment that a local time is here; undefined for none, or for what is no time. */
export function fromLocal(local: string): string | undefined {
	if (!/^\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return undefined;
	const at = new Date(local);
	return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The name of the zone that times on this page are in. */
export function zone(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Where a window stands now. */
export function standing(window: { opens_at?: string | undefined; closes_at?: string | undefined }, now = Date.now()): 'ahead' | 'open' | 'over' {
	if (window.closes_at && Date.parse(window.closes_at) <= now) return 'over';
	return window.opens_at && Date.parse(window.opens_at) > now ? 'ahead' : 'open';
}
