import type { Regrade } from '../analysis/types.ts';

const EVERY_MS = 2000;

/** A regrade that is looked at again until it is done. A link that fails is tried again. */
export class Running {
	readonly #read: (id: string) => Promise<Regrade>;
	#now = $state.raw<Regrade>() as Regrade;

	constructor(read: (id: string) => Promise<Regrade>, started: Regrade) {
		this.#read = read;
		this.#now = started;
	}

	get now(): Regrade {
		return this.#now;
	}

	/** Begins to look; answers with how to stop. */
	follow(every = EVERY_MS): () => void {
		let stopped = false;
		let timer: ReturnType<typeof setTimeout>;
		const look = async () => {
			const { id, state } = this.#now;
			if (stopped || !id || state === 'done') return;
			try {
				const next = await this.#read(id);
				if (!stopped) this.#now = next;
			} catch {
				// The next look may reach the server again.
			}
			timer = setTimeout(() => void look(), every);
		};
		timer = setTimeout(() => void look(), every);
		return () => {
			stopped = true;
			clearTimeout(timer);
		};
	}
}
