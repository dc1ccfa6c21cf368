import { useApp, type App } from '../app.svelte.ts';
import { markingCatalogue, type MarkingMessages } from '../messages/trainer-marking.ts';
import { Essays } from './api.ts';
import { useWaiting, type Waiting } from './waiting.svelte.ts';

/** What each part of the marking pages needs. Read `m` where it is shown: the language may change. */
export type MarkingTools = { app: App; essays: Essays; waiting: Waiting; readonly m: MarkingMessages };

export function useMarking(): MarkingTools {
	const app = useApp();
	return {
		app,
		essays: new Essays(app.api),
		waiting: useWaiting(),
		get m() {
			return markingCatalogue(app.m.locale);
		}
	};
}
