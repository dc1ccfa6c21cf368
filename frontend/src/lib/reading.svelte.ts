import { take, ApiError } from './api/error.ts';
import type { LessonRead } from './api/types.ts';
import { local } from './local.ts';
import type { Saved } from './saved.svelte.ts';
import type { Session } from './session.svelte.ts';

type Entry = LessonRead & { sent: boolean };
type Entries = Record<string, Entry>;

const WAIT_MS = 2_000;

/**
 * How far each lesson was read on this device. Never goes down; kept per person, sent a moment after the last
 * change and again whenever the link is back.
 */
export class ReadingProgress {
	#session: Session;
	#saved: Saved;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#flushing: Promise<void> | undefined;

	constructor(session: Session, saved: Saved) {
		this.#session = session;
		this.#saved = saved;
	}

	/** What this device knows of a lesson. */
	of(module: string, lesson: string): LessonRead {
		const { read_share, read } = this.#entries()[`${module}/${lesson}`] ?? { read_share: 0, read: false };
		return { read_share, read };
	}

	/** Notes that the lesson was read as far as `share`. */
	note(module: string, lesson: string, share: number, read: boolean): void {
		const entries = this.#entries();
		const key = `${module}/${lesson}`;
		const merged = further(entries[key], share, read);
		if (!merged) return;
		entries[key] = merged;
		this.#keep(entries);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.flush(), WAIT_MS);
	}

	/** Sends what was not sent yet. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#flushing ??= this.#send().finally(() => (this.#flushing = undefined));
		return this.#flushing;
	}

	async #send(): Promise<void> {
		for (const [key, entry] of Object.entries(this.#entries())) {
			if (entry.sent) continue;
			const [module = '', lesson = ''] = key.split('/');
			const { read_share, read } = entry;
			try {
				const path = { module, lesson };
				const body = { read_share, read };
				await take(this.#session.api.PUT('/me/lessons/{module}/{lesson}', { params: { path }, body }));
			} catch (thrown) {
				if (!isFinal(thrown)) break;
				// The lesson is no longer there or the server will never take this: it is not tried again.
			}
			const entries = this.#entries();
			const now = entries[key];
			if (now && now.read_share === read_share && now.read === read) now.sent = true;
			this.#keep(entries);
		}
		this.#tell(this.#entries());
	}

	#entries(): Entries {
		const user = this.#session.user;
		return (user && local.read(`read.${user.id}`, isEntries)) ?? {};
	}

	#keep(entries: Entries): void {
		const user = this.#session.user;
		if (!user) return;
		local.write(`read.${user.id}`, entries);
		this.#tell(entries);
	}

	#tell(entries: Entries): void {
		const waiting = Object.values(entries).some(({ sent }) => !sent);
		this.#saved.report('reading', waiting ? 'device' : 'saved');
	}
}

/** The entry after reading to `share`; null when that adds nothing. Steps below 2 % are not worth a request. */
export function further(before: Entry | undefined, share: number, read: boolean): Entry | null {
	const old = before ?? { read_share: 0, read: false };
	const read_share = Math.max(old.read_share, Math.min(1, Math.max(0, share)));
	const done = old.read || read;
	if (done === old.read && read_share - old.read_share < (read_share === 1 ? 1e-9 : 0.02)) return null;
	return { read_share: Math.round(read_share * 1000) / 1000, read: done, sent: false };
}

function isFinal(thrown: unknown): boolean {
	return thrown instanceof ApiError && thrown.status >= 400 && thrown.status < 500 && thrown.status !== 401 && thrown.status !== 429;
}

function isEntries(value: unknown): value is Entries {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
