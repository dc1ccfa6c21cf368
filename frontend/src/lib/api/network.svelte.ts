const RECHECK_MS = 15_000;

/** Whether the server can be reached: the browser's word and the outcome of the last request. */
export class Network {
	#online = $state(true);
	#listeners: (() => void)[] = [];
	#timer: ReturnType<typeof setInterval> | undefined;

	get online(): boolean {
		return this.#online;
	}

	/** Listens to the browser; returns what stops it. */
	watch(): () => void {
		const off = () => this.report(false);
		const on = () => void this.check();
		window.addEventListener('offline', off);
		window.addEventListener('online', on);
		if (!navigator.onLine) this.report(false);
		return () => {
			window.removeEventListener('offline', off);
			window.removeEventListener('online', on);
			clearInterval(this.#timer);
		};
	}

	/** Called after every request. */
	report(reached: boolean): void {
		if (reached === this.#online) return;
		this.#online = reached;
		clearInterval(this.#timer);
		if (reached) for (const listener of this.#listeners) listener();
		else this.#timer = setInterval(() => void this.check(), RECHECK_MS);
	}

	/** `listener` is called each time the link comes back. */
	onBack(listener: () => void): () => void {
		this.#listeners.push(listener);
		return () => (this.#listeners = this.#listeners.filter((one) => one !== listener));
	}

	/** Asks the server for a sign of life. */
	async check(): Promise<void> {
		if (document.visibilityState === 'hidden') return;
		try {
			const response = await fetch('/healthz', { method: 'GET', cache: 'no-store' });
			if (response.ok) this.report(true);
		} catch {
			this.report(false);
		}
	}
}
