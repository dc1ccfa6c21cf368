import { take } from '#lib/api/error.ts';
import type { App } from '#lib/app.svelte.ts';
import { outboxOf } from './outbox.svelte.ts';
import { AttemptSession } from './session.svelte.ts';

/**
 * The open attempt at a quiz or a new one; without a link the one that is kept on this device.
 * `load`: what the server has of it must still be read.
 */
export async function openAttempt(app: App, quiz: string): Promise<{ session: AttemptSession; load: boolean }> {
	const user = app.session.user?.id ?? '';
	const asked = Date.now();
	try {
		const data = await take(app.api.POST('/quizzes/{quiz}/attempts', { params: { path: { quiz } } }));
		const session = new AttemptSession(app, data.id);
		await session.adopt(data, user, asked);
		return { session, load: false };
	} catch (thrown) {
		const paper = await outboxOf(app).box.paperOf(user, quiz).catch(() => undefined);
		if (!paper) throw thrown;
		return { session: new AttemptSession(app, paper.attempt), load: true };
	}
}
