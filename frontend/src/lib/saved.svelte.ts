export type SavedState = 'saved' | 'device' | 'attention';

const rank: Record<SavedState, number> = { saved: 0, device: 1, attention: 2 };

/** What the dot in the top bar says: the worst of what each part reports. */
export class Saved {
	#sources = $state<Record<string, { state: SavedState; unsent: number }>>({});

	readonly state: SavedState = $derived(
		Object.values(this.#sources).reduce<SavedState>(
			(worst, { state }) => (rank[state] > rank[worst] ? state : worst),
			'saved'
		)
	);
	/** How many answers wait on this device. */
	readonly unsent: number = $derived(
		Object.values(this.#sources).reduce((sum, { unsent }) => sum + unsent, 0)
	);

	report(source: string, state: SavedState, unsent = 0): void {
		this.#sources[source] = { state, unsent };
	}
}
