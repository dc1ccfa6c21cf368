import type { Problem } from './types.ts';

/** What went wrong, as the contract's `code`, plus two of our own: `offline` (nothing was reached) and `unknown`. */
export class ApiError extends Error {
	override readonly name = 'ApiError';
	/** Seconds to wait, where the server said so. */
	retryAfter: number | undefined;

	constructor(
		readonly code: string,
		readonly status = 0,
		readonly problem: Partial<Problem> = {}
	) {
		super(problem.detail ?? code);
	}

	get detail(): string | undefined {
		return this.problem.detail;
	}

	get requestId(): string | undefined {
		return this.problem.request_id;
	}

	/** After a gap in the log: the sequence number the server waits for. */
	get expectedSeq(): number | undefined {
		return this.problem.expected_seq;
	}

	/** Field name → what is wrong with it, for forms. */
	get fields(): Record<string, string> {
		const fields: Record<string, string> = {};
		for (const { location, message } of this.problem.errors ?? []) {
			const name = location?.split('.').pop();
			if (name && message) fields[name] = message;
		}
		return fields;
	}
}

/** Any thrown thing as an ApiError. */
export function asApiError(thrown: unknown): ApiError {
	return thrown instanceof ApiError ? thrown : new ApiError('unknown', 0, { detail: String(thrown) });
}

/** The answer's data; every other answer is thrown as an ApiError. */
export async function take<T>(
	call: Promise<{ data?: T; error?: unknown; response: Response }>
): Promise<T> {
	const { data, error, response } = await call;
	if (!response.ok) throw fromAnswer(error, response);
	// A 204 has no data, and its T is undefined.
	return data as T;
}

function fromAnswer(body: unknown, response: Response): ApiError {
	const problem: Partial<Problem> = isRecord(body) ? body : {};
	const code = typeof problem.code === 'string' ? problem.code : codeOf(response.status);
	const error = new ApiError(code, response.status, problem);
	const wait = Number(response.headers.get('Retry-After'));
	if (wait > 0) error.retryAfter = wait;
	return error;
}

/** A proxy on the way answers without our code. */
function codeOf(status: number): string {
	if (status === 401) return 'unauthenticated';
	if (status === 404) return 'not_found';
	if (status === 429) return 'throttled';
	return status >= 502 && status <= 504 ? 'unavailable' : 'internal';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
