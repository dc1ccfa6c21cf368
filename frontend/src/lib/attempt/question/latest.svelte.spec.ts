import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { Answer } from '#lib/api/types.ts';
import { Latest } from './latest.svelte.ts';

function setUp() {
	let shown = $state.raw<Answer>();
	let latest: Latest | undefined;
	const stop = $effect.root(() => {
		latest = new Latest(() => shown);
	});
	if (!latest) throw new Error('not made');
	flushSync();
	const written = (answer: Answer) => {
		shown = answer;
		flushSync();
	};
	return { latest, written, stop };
}

describe('Latest', () => {
	it('builds a second choice on a first that is not written down yet', () => {
		const { latest, written, stop } = setUp();
		latest.give({ choices: ['a'] });
		const second = latest.give({ choices: [...(latest.value.choices ?? []), 'b'] });
		expect(second).toEqual({ choices: ['a', 'b'] });
		written({ choices: ['a'] });
		expect(latest.value).toEqual(second);
		stop();
	});

	it('follows what is shown once all that was given is written down', () => {
		const { latest, written, stop } = setUp();
		expect(latest.value).toEqual({});
		latest.give({ choices: ['a'] });
		written({ choices: ['a'] });
		// Another tab answers.
		written({ choices: ['c'] });
		expect(latest.value).toEqual({ choices: ['c'] });
		stop();
	});
});
