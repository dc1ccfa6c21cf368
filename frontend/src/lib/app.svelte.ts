import { createContext } from 'svelte';
import type { Api } from './api/client.ts';
import { Network } from './api/network.svelte.ts';
import type { Formats } from './format.ts';
import { Locale } from './locale.svelte.ts';
import type { Messages } from './messages/index.ts';
import { ReadingProgress } from './reading.svelte.ts';
import { Saved } from './saved.svelte.ts';
import { Session } from './session.svelte.ts';
import { Theme } from './theme.svelte.ts';

/** What every page needs, made once by the root layout and given by context. */
export class App {
	readonly network = new Network();
	readonly saved = new Saved();
	readonly theme = new Theme();
	readonly session: Session;
	readonly locale: Locale;
	readonly reading: ReadingProgress;

	constructor() {
		this.session = new Session(this.network);
		this.locale = new Locale(() => this.session.user?.locale);
		this.reading = new ReadingProgress(this.session, this.saved);
	}

	get api(): Api {
		return this.session.api;
	}

	get m(): Messages {
		return this.locale.messages;
	}

	get f(): Formats {
		return this.locale.formats;
	}

	/** Listens to browser, tabs and link; returns what stops it all. */
	start(): () => void {
		const stops = [
			this.network.watch(),
			this.session.start(),
			this.network.onBack(() => void this.reading.flush())
		];
		return () => stops.forEach((stop) => stop());
	}
}

/** `useApp()` at a component's start; `provideApp(app)` in the root layout. */
export const [useApp, provideApp] = createContext<App>();
