import { asApiError, take, type ApiError } from '#lib/api/error.ts';
import type { Api } from '#lib/api/client.ts';

/**
 * Everything the API gives about a person, read part by part: a slow link must not have to bear all at once, and
 * the person sees how far it is and can stop.
 */
export class DataFile {
	#done = $state(0);
	#all = $state(0);
	#busy = $state(false);
	#error = $state.raw<ApiError>();
	#stopped = false;

	get done(): number {
		return this.#done;
	}

	get all(): number {
		return this.#all;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get error(): ApiError | undefined {
		return this.#error;
	}

	stop(): void {
		this.#stopped = true;
	}

	/** The file; undefined where it was stopped or something could not be read. */
	async read(api: Api, madeAt: string): Promise<Blob | undefined> {
		this.#stopped = false;
		this.#error = undefined;
		this.#done = this.#all = 0;
		this.#busy = true;
		try {
			const data = await this.#gather(api, madeAt);
			return data && new Blob([JSON.stringify(data, null, '\t')], { type: 'application/json' });
		} catch (thrown) {
			this.#error = asApiError(thrown);
			return undefined;
		} finally {
			this.#busy = false;
		}
	}

	async #gather(api: Api, madeAt: string): Promise<Record<string, unknown> | undefined> {
		const progress = await take(api.GET('/me/progress'));
		const parts: [string, () => Promise<unknown>][] = [
			['person', () => take(api.GET('/me'))],
			['readiness', () => take(api.GET('/me/readiness'))],
			['review', () => take(api.GET('/me/review'))],
			['credentials', () => take(api.GET('/me/credentials'))],
			['messages', () => take(api.GET('/me/messages'))]
		];
		this.#all = parts.length + progress.attempts.length + 1;
		this.#done = 1;
		const data: Record<string, unknown> = { made_at: madeAt, from: location.origin, progress };
		for (const [name, read] of parts) {
			if (this.#stopped) return undefined;
			data[name] = await read();
			this.#done++;
		}
		const attempts: unknown[] = [];
		for (const { id, status } of progress.attempts) {
			if (this.#stopped) return undefined;
			const params = { path: { attempt: id } };
			attempts.push(
				status === 'open'
					? await take(api.GET('/attempts/{attempt}', { params }))
					: await take(api.GET('/attempts/{attempt}/result', { params }))
			);
			this.#done++;
		}
		return { ...data, attempts };
	}
}
