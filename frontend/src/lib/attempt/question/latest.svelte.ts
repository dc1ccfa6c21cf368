import type { Answer } from '#lib/api/types.ts';

/**
 * The newest answer given in a question. What is shown comes back only once it is written down; a second choice
 * made before that builds on the first instead of undoing it.
 */
export class Latest {
	#shown: () => Answer | undefined;
	#given: Answer | undefined;

	/** To be made at a component's start. */
	constructor(shown: () => Answer | undefined) {
		this.#shown = shown;
		$effect(() => {
			if (JSON.stringify(shown()) === JSON.stringify(this.#given)) this.#given = undefined;
		});
	}

	get value(): Answer {
		return this.#given ?? this.#shown() ?? {};
	}

	/** Remembers what is being given, and returns it. */
	give(answer: Answer): Answer {
		this.#given = answer;
		return answer;
	}
}
