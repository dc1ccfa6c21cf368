/** localStorage that never throws: a phone may forbid it or have it full. Values are JSON. */
export const local = {
	read<T>(key: string, valid: (value: unknown) => value is T): T | null {
		try {
			const value: unknown = JSON.parse(localStorage.getItem(`muster.${key}`) ?? 'null');
			return valid(value) ? value : null;
		} catch {
			return null;
		}
	},
	write(key: string, value: unknown): void {
		try {
			localStorage.setItem(`muster.${key}`, JSON.stringify(value));
		} catch {
			// Full or forbidden: the value lives only as long as the page.
		}
	},
	remove(key: string): void {
		try {
			localStorage.removeItem(`muster.${key}`);
		} catch {
			// Forbidden: then it was never written.
		}
	},
	/** Removes every value whose key begins so. */
	forget(prefix: string): void {
		try {
			for (const key of Object.keys(localStorage)) if (key.startsWith(`muster.${prefix}`)) localStorage.removeItem(key);
		} catch {
			// Forbidden: then nothing was written.
		}
	}
};
