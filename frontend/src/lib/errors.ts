import type { ApiError } from './api/error.ts';
import type { Messages } from './messages/index.ts';

/** What happened and what to do, in the reader's language, chosen by the error's code. */
export function errorTexts(m: Messages, error: ApiError): { title: string; body: string } {
	if (error.code === 'throttled') {
		const { title, body } = m.errors.throttled;
		return { title, body: body(error.retryAfter ?? 60) };
	}
	const known: Partial<Record<string, { title: string; body: string }>> = m.errors.byCode;
	return known[error.code] ?? m.errors.byCode.unknown;
}
