/** Where the elapsed time can be counted from: so much had passed when the device's clock showed `wall`. */
export type Mark = { elapsed_ms: number; wall: number };

/** The clocks of the device; replaced in tests. */
export type Ticks = { wall(): number; monotonic(): number };

const ticks: Ticks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** More difference between the two clocks than this means that the device slept. */
const SLEPT_MS = 2_000;

/**
 * How long an attempt has been running. The server says it at load and at each acknowledgement; between, the
 * monotonic clock counts, which nobody can set. It stands still while a phone sleeps: then the wall clock tells
 * how long. After a reload without a link the kept mark goes on by the wall clock.
 */
export class AttemptClock {
	#elapsed = 0;
	#wall: number;
	#monotonic: number;
	#ticks: Ticks;

	constructor(source: Ticks = ticks) {
		this.#ticks = source;
		this.#wall = source.wall();
		this.#monotonic = source.monotonic();
	}

	/** The server's word: when the attempt began and what time it was when it answered. */
	sync(startedAt: string, serverNow: string): void {
		const elapsed = Date.parse(serverNow) - Date.parse(startedAt);
		if (Number.isFinite(elapsed)) this.#set(Math.max(0, elapsed));
	}

	/** Goes on from a kept mark. */
	resume(mark: Mark): void {
		this.#set(mark.elapsed_ms + Math.max(0, this.#ticks.wall() - mark.wall));
	}

	/** Milliseconds since the start. */
	elapsed(): number {
		const wall = this.#ticks.wall() - this.#wall;
		const counted = this.#ticks.monotonic() - this.#monotonic;
		this.#set(this.#elapsed + (wall - counted > SLEPT_MS ? wall : counted));
		return this.#elapsed;
	}

	mark(): Mark {
		return { elapsed_ms: this.elapsed(), wall: this.#ticks.wall() };
	}

	#set(elapsed: number): void {
		this.#elapsed = elapsed;
		this.#wall = this.#ticks.wall();
		this.#monotonic = this.#ticks.monotonic();
	}
}

/** Now, by the device's clock, as events have it. */
export function instant(): string {
	return new Date().toISOString();
}

/** Milliseconds that an attempt may take; undefined without a limit. */
export function limitOf(attempt: { started_at: string; deadline?: string }): number | undefined {
	if (!attempt.deadline) return undefined;
	return Date.parse(attempt.deadline) - Date.parse(attempt.started_at);
}
