import { untrack } from 'svelte';
import { take, asApiError, type ApiError } from '#lib/api/error.ts';
import type { App } from '#lib/app.svelte.ts';
import type { Appended, AttemptEvent } from '#lib/api/types.ts';
import { withLock } from '#lib/lock.ts';
import { Box, type Entry, type Row, type Typed } from './box.ts';

/** What became of an attempt's events; listeners are the open sessions of all tabs. */
export type News =
	| { kind: 'kept'; user: string; row: Row }
	| { kind: 'acknowledged'; user: string; attempt: string; rows: Row[]; ack: Appended };

type Listener = (news: News) => void;
type Halt = 'later' | 'signed-out' | 'attention';

const BATCH = 100;
/** Bytes of a batch's events: an essay is as long as a hundred other answers, and the server waits a minute for a body. */
const BATCH_BYTES = 64 * 1024;
/** What was typed so long ago and is no event yet has lost its page: the pages that are open write it down sooner. */
const LEFT_MS = 90_000;
const TICK_MS = 15_000;
const LONGEST_WAIT_MS = 60_000;
/** Repairs of one attempt's order without progress before a person has to look. */
const REPAIRS = 3;

/**
 * Sends what the box holds, for all attempts of the person who is signed in, in order, from one tab at a time,
 * until the server has acknowledged each event by its id.
 */
export class Outbox {
	readonly box: Box;
	#app: App;
	#unsent = $state<Record<string, number>>({});
	#stuck = $state<Record<string, string>>({});
	#broken = $state(false);
	#listeners: Listener[] = [];
	#tabs: BroadcastChannel | undefined;
	#flushing: Promise<void> | undefined;
	#again = false;
	#asked = false;
	#failures = 0;
	#notBefore = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(app: App, box = new Box()) {
		this.#app = app;
		this.box = box;
	}

	/** How many events of an attempt the server has not acknowledged. */
	unsent(attempt: string): number {
		return this.#unsent[attempt] ?? 0;
	}

	/** Why an attempt's events cannot be sent and nobody but a person can help; the server's code. */
	stuck(attempt: string): string | undefined {
		return this.#stuck[attempt];
	}

	/** This browser lets nothing be kept: a private window, or a full disk. */
	get broken(): boolean {
		return this.#broken;
	}

	/** Wakes by link, sight, clock and sign-in; returns what stops it. */
	start(): () => void {
		const wake = () => this.wake();
		const seen = () => document.visibilityState === 'visible' && this.wake();
		window.addEventListener('online', wake);
		document.addEventListener('visibilitychange', seen);
		const off = this.#app.network.onBack(wake);
		const ticking = setInterval(() => void this.flush(), TICK_MS);
		const watching = $effect.root(() => {
			$effect(() => {
				if (this.#app.session.status === 'in') untrack(wake);
			});
		});
		if ('BroadcastChannel' in globalThis) {
			this.#tabs = new BroadcastChannel('muster-outbox');
			this.#tabs.onmessage = ({ data }: MessageEvent<News>) => this.#hear(data);
		}
		return () => {
			window.removeEventListener('online', wake);
			document.removeEventListener('visibilitychange', seen);
			clearInterval(ticking);
			clearTimeout(this.#timer);
			this.#tabs?.close();
			off();
			watching();
		};
	}

	listen(listener: Listener): () => void {
		this.#listeners.push(listener);
		return () => (this.#listeners = this.#listeners.filter((one) => one !== listener));
	}

	/** Writes an event down and sends it as soon as it can be. Returns when it is durable on this device. */
	async append(entry: Entry): Promise<Row> {
		try {
			const row = await this.box.append(entry);
			this.#broken = false;
			this.#stay();
			this.#kept(row);
			void this.flush();
			return row;
		} catch (thrown) {
			this.#broken = true;
			this.#report();
			throw thrown;
		}
	}

	/** Keeps what is being typed on this device; false where that cannot be. */
	async keep(typed: Typed): Promise<boolean> {
		try {
			await this.box.keepTyped(typed);
			return true;
		} catch {
			this.#broken = true;
			this.#report();
			return false;
		}
	}

	/** Makes events of what was typed in pages that were closed in the middle of it: of one attempt all, of the others what was left. */
	async gather(attempt?: string): Promise<void> {
		const user = this.#app.session.user?.id;
		if (!user) return;
		const left = Date.now() - LEFT_MS;
		let any = false;
		for (const typed of await this.box.typed(user, attempt).catch(() => [])) {
			if (typed.draft || (!attempt && Date.parse(typed.client_at) > left)) continue;
			const row = await this.box.adopt(typed).catch(() => undefined);
			if (!row) continue;
			any = true;
			this.#kept(row);
		}
		if (any && attempt) void this.flush();
	}

	/** Tries again at once, whatever went wrong before. */
	wake(): void {
		this.#notBefore = 0;
		this.#stuck = {};
		void this.flush();
	}

	/** Sends all that waits; at most one at a time here, and one tab of all. */
	flush(): Promise<void> {
		if (this.#flushing) {
			this.#again = true;
			return this.#flushing;
		}
		if (Date.now() < this.#notBefore) return this.#recount();
		this.#flushing = this.#run().finally(() => (this.#flushing = undefined));
		return this.#flushing;
	}

	#kept(row: Row): void {
		this.#count(row.attempt, this.unsent(row.attempt) + 1);
		this.#tell({ kind: 'kept', user: row.user, row });
	}

	/** Asks the browser once not to clear this site when the phone runs full. */
	#stay(): void {
		if (this.#asked) return;
		this.#asked = true;
		void navigator.storage?.persist?.().catch(() => false);
	}

	async #run(): Promise<void> {
		do {
			this.#again = false;
			const user = this.#app.session.user?.id;
			if (!user || this.#app.session.status !== 'in') return;
			await this.gather();
			await this.#recount();
			if (this.#total() === 0) return;
			const halt = await withLock(`muster-outbox-${user}`, () => this.#sendAll(user)).catch((): Halt => 'later');
			await this.#recount();
			if (halt === 'signed-out') return;
			if (halt === 'later') return this.#backOff();
			this.#failures = 0;
		} while (this.#again);
	}

	async #sendAll(user: string): Promise<Halt | undefined> {
		const attempts = (await this.box.unsent(user)).map(({ attempt }) => attempt);
		for (const [i, attempt] of attempts.entries()) {
			if (this.#stuck[attempt] || attempts.indexOf(attempt) < i) continue;
			const halt = await this.#sendAttempt(user, attempt);
			// One attempt that a person must look at does not hold the others up.
			if (halt && halt !== 'attention') return halt;
		}
		return undefined;
	}

	async #sendAttempt(user: string, attempt: string): Promise<Halt | undefined> {
		for (let repairs = 0; ; ) {
			const batch = first((await this.box.unsent(user)).filter((row) => row.attempt === attempt));
			if (batch.length === 0 || this.#app.session.user?.id !== user) return undefined;
			try {
				await this.#send(user, attempt, batch);
				repairs = 0;
			} catch (thrown) {
				const error = asApiError(thrown);
				if (++repairs <= REPAIRS && (await this.#repair(user, attempt, error))) continue;
				return this.#halt(attempt, error);
			}
		}
	}

	async #send(user: string, attempt: string, batch: Row[]): Promise<void> {
		const body = { device: batch[0]?.device ?? '', events: batch.map(wire) };
		const call = this.#app.api.POST('/attempts/{attempt}/events', { params: { path: { attempt } }, body });
		const ack = await take(call);
		const rows = await this.box.acknowledge(user, attempt, ack.acknowledged);
		// A server that names none of what it was sent would be asked for ever.
		if (rows.length === 0) throw new Error('the server acknowledged nothing');
		this.#tell({ kind: 'acknowledged', user, attempt, rows, ack });
		await this.#recount();
	}

	/** Puts right what this device can put right by itself. */
	async #repair(user: string, attempt: string, error: ApiError): Promise<boolean> {
		if (error.code === 'sequence_gap' && error.expectedSeq) {
			await this.box.resume(user, attempt, error.expectedSeq);
			return true;
		}
		if (error.code === 'chain_broken') {
			await this.box.unchain(user, attempt);
			return true;
		}
		return false;
	}

	#halt(attempt: string, error: ApiError): Halt {
		if (error.status === 401) return 'signed-out';
		if (!isFinal(error)) {
			if (error.retryAfter) this.#notBefore = Date.now() + error.retryAfter * 1000;
			return 'later';
		}
		this.#stuck[attempt] = error.code;
		return 'attention';
	}

	/** 1 s, 2 s, 4 s … one minute, each somewhere in its upper half, so that a unit's phones do not knock as one. */
	#backOff(): void {
		const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures++);
		const wait = longest * (0.5 + Math.random() / 2);
		this.#notBefore = Math.max(this.#notBefore, Date.now() + wait);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.flush(), this.#notBefore - Date.now() + 1);
	}

	async #recount(): Promise<void> {
		const user = this.#app.session.user?.id;
		const rows = user ? await this.box.unsent(user).catch(() => []) : [];
		const counts: Record<string, number> = {};
		for (const { attempt } of rows) counts[attempt] = (counts[attempt] ?? 0) + 1;
		this.#unsent = counts;
		this.#report();
	}

	#count(attempt: string, n: number): void {
		this.#unsent[attempt] = n;
		this.#report();
	}

	#total(): number {
		return Object.values(this.#unsent).reduce((sum, n) => sum + n, 0);
	}

	#report(): void {
		const attention = this.#broken || Object.keys(this.#stuck).some((attempt) => this.unsent(attempt) > 0);
		const total = this.#total();
		this.#app.saved.report('attempt', attention ? 'attention' : total > 0 ? 'device' : 'saved', total);
	}

	#tell(news: News): void {
		for (const listener of this.#listeners) listener(news);
		this.#tabs?.postMessage(news);
	}

	#hear(news: News): void {
		if (news.user !== this.#app.session.user?.id) return;
		for (const listener of this.#listeners) listener(news);
		void this.#recount();
	}
}

/** Events of one device, in order, as many as one body takes: a browser that lost its storage half-way may hold two devices. */
function first(rows: Row[]): Row[] {
	const own = rows.filter(({ device }) => device === rows[0]?.device).slice(0, BATCH);
	let bytes = 0;
	const over = own.findIndex((row) => (bytes += bytesOf(row)) > BATCH_BYTES);
	// One that is too long by itself goes alone: the server says what is wrong with it.
	return over < 0 ? own : own.slice(0, Math.max(1, over));
}

function bytesOf(row: Row): number {
	return new TextEncoder().encode(JSON.stringify(wire(row))).length;
}

/** The event as the contract has it. The response is the same JSON text that was hashed: stringify writes it again. */
function wire(row: Row): AttemptEvent {
	const { id, seq, kind, question, response, client_at, elapsed_ms, prev_hash, hash } = row;
	const event: Record<string, unknown> = { id, seq, kind, client_at, elapsed_ms };
	if (question) event.question = question;
	if (response) event.response = JSON.parse(response);
	if (hash && prev_hash) Object.assign(event, { prev_hash, hash });
	return event as AttemptEvent;
}

/** No later try can succeed, whatever the link does. */
function isFinal({ status }: ApiError): boolean {
	return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}

const outboxes = new WeakMap<App, Outbox>();

/** The outbox of this page: one, shared by the frame and all attempts. */
export function outboxOf(app: App): Outbox {
	const known = outboxes.get(app);
	if (known) return known;
	const outbox = new Outbox(app);
	outboxes.set(app, outbox);
	return outbox;
}

/** Called by the trainee's frame: sends what any attempt has left, also of days ago. Returns what stops it. */
export function startOutbox(app: App): () => void {
	return outboxOf(app).start();
}
