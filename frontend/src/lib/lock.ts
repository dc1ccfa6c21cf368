/** Runs `work` while no other tab does; where the browser has no locks, at once. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
	if (typeof navigator === 'undefined' || !navigator.locks) return work();
	return navigator.locks.request(name, work);
}
