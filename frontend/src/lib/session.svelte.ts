import { createApi, type Api, type Auth } from './api/client.ts';
import { ApiError, take } from './api/error.ts';
import { forgetKept } from './api/kept.ts';
import type { Network } from './api/network.svelte.ts';
import type { CodeSignIn, JoinRequest, SessionAnswer, User } from './api/types.ts';
import { local } from './local.ts';
import { withLock } from './lock.ts';

/** `starting`: nobody is known on this device yet and the server was not asked. */
export type Status = 'starting' | 'in' | 'out';
/** Why the person is out: by their own wish, because the session ended, or never in. */
export type OutReason = 'none' | 'left' | 'expired';

/** What the device remembers of the last user: enough to open the shell. Older versions kept no role. */
type LastUser = Pick<User, 'id' | 'name' | 'locale'> & { role?: User['role'] | undefined };

type Word = { kind: 'in'; answer: SessionAnswer } | { kind: 'out' };

/** Renew this long before the token's end, so that no request meets it. */
const MARGIN_MS = 30_000;
const COOKIE = { headers: { 'X-Muster': '1' } };

/**
 * Who is signed in. The access token lives in memory only; the refresh cookie is the server's. The last user
 * (no token) is kept on the device, so that a reload on a dead link opens the shell: being offline is not
 * being signed out. Tabs tell each other of new tokens and of sign-out.
 */
export class Session implements Auth {
	readonly api: Api;
	#user = $state.raw<User | null>(null);
	#status = $state<Status>('starting');
	#reason = $state<OutReason>('none');
	#token: string | undefined;
	#until = 0;
	#renewing: Promise<string | undefined> | undefined;
	#tabs: BroadcastChannel | undefined;

	constructor(network: Network, base?: string) {
		this.api = createApi(this, network, base);
		const last = local.read('user', isLastUser);
		if (!last) return;
		this.#user = { ...last, role: last.role ?? 'trainee', username: '', cohorts: [] };
		this.#status = 'in';
	}

	get user(): User | null {
		return this.#user;
	}

	get status(): Status {
		return this.#status;
	}

	get reason(): OutReason {
		return this.#reason;
	}

	owner(): string | undefined {
		return this.#user?.id;
	}

	/** Listens to the other tabs and, where no user is known here, asks the server once. Returns what stops it. */
	start(): () => void {
		if ('BroadcastChannel' in window) {
			this.#tabs = new BroadcastChannel('muster-session');
			this.#tabs.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data);
		}
		if (this.#status === 'starting') void this.#begin();
		return () => this.#tabs?.close();
	}

	async signIn(username: string, password: string): Promise<void> {
		this.#accept(await take(this.api.POST('/auth/login', { body: { username, password } })));
	}

	async join(body: JoinRequest): Promise<void> {
		this.#accept(await take(this.api.POST('/auth/join', { body })));
	}

	/** With a one-time code on paper, which sets the password. */
	async signInByCode(body: CodeSignIn): Promise<void> {
		this.#accept(await take(this.api.POST('/auth/code', { body })));
	}

	/** Other sessions of the person end; this one goes on with a new token. */
	async changePassword(current: string, next: string): Promise<void> {
		const answer = await take(this.api.POST('/auth/password', { body: { current, new: next } }));
		if (answer?.access_token) this.#accept(answer);
	}

	/** Leaves at once, also without a link: the server is then told at the next start. */
	async signOut(): Promise<void> {
		local.write('leaving', true);
		this.#drop('left');
		this.#tabs?.postMessage({ kind: 'out' } satisfies Word);
		await this.#leave();
	}

	async token(): Promise<string | undefined> {
		if (this.#status === 'out') return undefined;
		if (this.#token && Date.now() < this.#until - MARGIN_MS) return this.#token;
		return this.renew(this.#token ?? '');
	}

	/** One renewal at a time, also among tabs. Throws `offline` when the server is not reached. */
	renew(stale: string): Promise<string | undefined> {
		this.#renewing ??= withLock('muster-refresh', async () => {
			// Another tab may have been faster while this one waited.
			if (this.#token && this.#token !== stale) return this.#token;
			return this.#refresh();
		}).finally(() => (this.#renewing = undefined));
		return this.#renewing;
	}

	async #refresh(): Promise<string | undefined> {
		try {
			this.#accept(await take(this.api.POST('/auth/refresh', COOKIE)));
		} catch (thrown) {
			if (!(thrown instanceof ApiError) || ![401, 403].includes(thrown.status)) throw thrown;
			this.#drop(this.#user ? 'expired' : 'none');
		}
		return this.#token;
	}

	async #begin(): Promise<void> {
		if (local.read('leaving', isTrue)) {
			await this.#leave();
			this.#drop('left');
			return;
		}
		// Nobody is known here and the server cannot be reached: the sign-in page says that it is offline.
		await this.renew('').catch(() => this.#drop('none'));
	}

	async #leave(): Promise<void> {
		try {
			await take(this.api.POST('/auth/logout', COOKIE));
			local.remove('leaving');
		} catch (thrown) {
			// Still offline: `leaving` stays and is tried again. Any answer means that there is nothing left to end.
			if (thrown instanceof ApiError && thrown.status > 0 && thrown.status < 500) local.remove('leaving');
		}
	}

	#hear(word: Word): void {
		if (word.kind === 'out') this.#drop('left');
		else if (this.#user && this.#user.id !== word.answer.user.id) location.reload();
		else this.#take(word.answer);
	}

	#accept(answer: SessionAnswer): void {
		if (local.read('user', isLastUser)?.id !== answer.user.id) void forgetKept();
		this.#take(answer);
		const { id, name, locale, role } = answer.user;
		local.write('user', { id, name, locale, role } satisfies LastUser);
		local.remove('leaving');
		this.#tabs?.postMessage({ kind: 'in', answer } satisfies Word);
	}

	#take(answer: SessionAnswer): void {
		this.#token = answer.access_token;
		this.#until = Date.now() + answer.expires_in * 1000;
		this.#user = answer.user;
		this.#status = 'in';
		this.#reason = 'none';
	}

	#drop(reason: OutReason): void {
		this.#token = undefined;
		this.#user = null;
		this.#status = 'out';
		this.#reason = reason;
		local.remove('user');
		// Who signs out leaves no unsaved question behind; whose session merely ended finds it again.
		if (reason === 'left') local.forget('draft.');
		void forgetKept();
	}
}

function isTrue(value: unknown): value is true {
	return value === true;
}

function isLastUser(value: unknown): value is LastUser {
	return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'locale' in value;
}
