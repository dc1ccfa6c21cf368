import { onDestroy } from 'svelte';
import { asApiError, type ApiError } from '#lib/api/error.ts';
import type { Scenario, ScenarioChoice, ScenarioNode } from '#lib/api/types.ts';
import { useApp, type App } from '#lib/app.svelte.ts';
import { openAttempt } from './open.ts';
import type { AttemptSession } from './session.svelte.ts';
import { stepsOf, type Step } from './story.ts';

/** One playing of a scenario: every decision is an answer in the attempt's log; reaching an ending ends the attempt. */
export class ScenarioSession {
	readonly scenario: Scenario;
	#app: App;
	#session = $state.raw<AttemptSession>();
	#error = $state.raw<ApiError>();
	#stop: (() => void) | undefined;
	#closed = false;

	constructor(app: App, scenario: Scenario) {
		this.#app = app;
		this.scenario = scenario;
	}

	get ready(): boolean {
		return this.#session !== undefined && this.#session.phase !== 'loading';
	}

	get error(): ApiError | undefined {
		return this.#session ? this.#session.error : this.#error;
	}

	/** The device could not write the last decision down. */
	get unwritten(): boolean {
		return this.#session?.unwritten ?? false;
	}

	get steps(): Step[] {
		return stepsOf(this.scenario, (node) => this.#session?.answer(node));
	}

	get ended(): boolean {
		return Boolean(this.steps.at(-1)?.node.ending);
	}

	/** The choices in the order of this attempt, which says nothing of how good they are. */
	choices(node: ScenarioNode): ScenarioChoice[] {
		const shown = this.#session?.questions.find(({ id }) => id === node.id)?.options ?? [];
		return shown.flatMap(({ id }) => node.choices.find((choice) => choice.id === id) ?? []);
	}

	/** Decides at the open decision; decisions that were made stay made. */
	async decide(choice: ScenarioChoice): Promise<void> {
		const open = this.steps.at(-1);
		if (!open || open.choice || !this.#session) return;
		await this.#session.choose(open.node.id, { choice: choice.id });
		if (this.ended) await this.#session.submit();
	}

	async load(): Promise<void> {
		this.#error = undefined;
		try {
			const { session, load } = await openAttempt(this.#app, this.scenario.quiz);
			if (this.#closed) return;
			this.#stop = session.start(load);
			this.#session = session;
			// The ending was reached, and the page closed before the end was written down.
			if (this.ended) await session.submit();
		} catch (thrown) {
			this.#error = asApiError(thrown);
		}
	}

	restart(): void {
		this.#stop?.();
		this.#stop = this.#session = undefined;
		void this.load();
	}

	close(): void {
		this.#closed = true;
		this.#stop?.();
	}
}

/** Opens a scenario; to be called at a component's start, ends with it. */
export function openScenario(scenario: Scenario): ScenarioSession {
	const session = new ScenarioSession(useApp(), scenario);
	void session.load();
	onDestroy(() => session.close());
	return session;
}
