import { asApiError, type ApiError } from './api/error.ts';

/** A form element that is being sent. */
export type Submission = SubmitEvent & { currentTarget: HTMLFormElement };

/** A form's life: what is wrong with which field, whether it is being sent, what the server said. */
export class Form<Name extends string> {
	#fields = $state<Partial<Record<Name, string>>>({});
	#error = $state.raw<ApiError>();
	#busy = $state(false);

	get error(): ApiError | undefined {
		return this.#error;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** What is wrong with a field, if anything. */
	wrong(name: Name): string | undefined {
		return this.#fields[name];
	}

	/** Sends what a form element holds. Where that does not go through, the first field that is wrong gets the focus. */
	async submit(event: Submission, ...sent: Parameters<Form<Name>['send']>): Promise<boolean> {
		event.preventDefault();
		const element = event.currentTarget; // which the event forgets
		const through = await this.send(...sent);
		if (!through) focusFirstWrong(element);
		return through;
	}

	/** Sends it unless a check says no. True when it went through. `blame` names the field that a code speaks of. */
	async send(
		checks: Partial<Record<Name, string | false | undefined>>,
		work: () => Promise<void>,
		blame: (error: ApiError) => Partial<Record<Name, string>> = () => ({})
	): Promise<boolean> {
		if (this.#busy) return false;
		this.#error = undefined;
		this.#fields = onlyTexts(checks);
		if (Object.keys(this.#fields).length > 0) return false;
		this.#busy = true;
		try {
			await work();
			return true;
		} catch (thrown) {
			const error = asApiError(thrown);
			this.#fields = blame(error);
			if (Object.keys(this.#fields).length === 0) this.#error = error;
			return false;
		} finally {
			this.#busy = false;
		}
	}
}

function onlyTexts<Name extends string>(checks: Partial<Record<Name, string | false | undefined>>): Partial<Record<Name, string>> {
	const found: Partial<Record<Name, string>> = {};
	for (const name in checks) {
		const text = checks[name];
		if (typeof text === 'string' && text) found[name] = text;
	}
	return found;
}

/** Moves to the first field that is wrong, once the page shows it. */
export function focusFirstWrong(form: HTMLFormElement): void {
	setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
