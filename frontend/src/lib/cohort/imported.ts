const KEY = 'muster-imported';

/** Tells the page of sign-in codes who has just been added, as far as this tab lives: one may go there and back. */
export function handOver(cohort: string, usernames: string[]): void {
	try {
		sessionStorage.setItem(KEY, JSON.stringify({ cohort, usernames }));
	} catch {
		// Without storage the page proposes all who never signed in: these are among them.
	}
}

/** Who was last added to a cohort in this tab; nobody where that is not known. */
export function lastImported(cohort: string): Set<string> {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
		if (isKept(kept) && kept.cohort === cohort) return new Set(kept.usernames);
	} catch {
		// As above.
	}
	return new Set();
}

/** After their codes are made. */
export function forgetImported(): void {
	try {
		sessionStorage.removeItem(KEY);
	} catch {
		// There was none.
	}
}

function isKept(value: unknown): value is { cohort: string; usernames: string[] } {
	return typeof value === 'object' && value !== null && 'cohort' in value && 'usernames' in value && Array.isArray(value.usernames);
}
