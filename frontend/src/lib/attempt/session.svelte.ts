import { asApiError, take, type ApiError } from '#lib/api/error.ts';
import type { App } from '#lib/app.svelte.ts';
import type { Answer, Attempt, PaperQuestion, QuestionFeedback } from '#lib/api/types.ts';
import { fillOf, type Fill } from './answer.ts';
import type { Entry, Row } from './box.ts';
import { AttemptClock, instant, limitOf } from './clock.ts';
import { applied, beyond, standingOf, type Standing } from './fold.ts';
import { outboxOf, type News, type Outbox } from './outbox.svelte.ts';
import { fetchAhead } from './pictures.ts';

/** `open` takes answers; `over` was ended here (and perhaps is not sent yet); `ended` was ended by the server or elsewhere. */
export type Phase = 'loading' | 'open' | 'over' | 'ended';

/** So long a pause in typing makes an event of it: a word or number soon, an essay when a sentence may be over. */
const TYPING_MS = { short: 700, essay: 4_000 };
/** Who never pauses is written down so often: the device may be lost, and the server should have most of it. */
const LONGEST_MS = 60_000;

/** An answer that is being typed, with the times of its last letter. */
type Typing = { answer: Answer; elapsed_ms: number; client_at: string };

const EMPTY: Standing = { answers: {}, flags: {}, submitted: false };

/** One attempt while it is taken. Start needs a link; everything after it does not. */
export class AttemptSession {
	readonly id: string;
	readonly outbox: Outbox;
	#app: App;
	#clock: AttemptClock;
	#attempt = $state.raw<Attempt>();
	#standing = $state.raw<Standing>(EMPTY);
	#typed = $state.raw<Record<string, Typing>>({});
	#feedback = $state.raw<Record<string, QuestionFeedback>>({});
	#status = $state('open');
	#error = $state.raw<ApiError>();
	#unwritten = $state(false);
	#timedOut = $state(false);
	#elapsed = $state(0);
	#ending = false;
	/** The last words are being written down: no more are taken. */
	#submitting = false;
	#left = false;
	#looking = false;
	#timers: Record<string, ReturnType<typeof setTimeout>> = {};
	/** When the first letter was typed that is not written down. */
	#since: Record<string, number> = {};
	#last: Promise<unknown> = Promise.resolve();
	#latest: Record<string, string> = {};
	#stops: (() => void)[] = [];

	constructor(app: App, id: string, clock = new AttemptClock()) {
		this.#app = app;
		this.id = id;
		this.outbox = outboxOf(app);
		this.#clock = clock;
	}

	get attempt(): Attempt | undefined {
		return this.#attempt;
	}

	get questions(): PaperQuestion[] {
		return this.#attempt?.questions ?? [];
	}

	/** Why the attempt cannot be shown. */
	get error(): ApiError | undefined {
		return this.#error;
	}

	/** The last answer could not be written down on this device: it does not count and is not shown. */
	get unwritten(): boolean {
		return this.#unwritten;
	}

	get phase(): Phase {
		if (!this.#attempt) return 'loading';
		if (this.#standing.submitted || this.#timedOut) return 'over';
		return this.#status === 'open' ? 'open' : 'ended';
	}

	get timedOut(): boolean {
		return this.#timedOut || this.#status === 'expired';
	}

	/** The server has closed the attempt, so that its result can be read. */
	get closed(): boolean {
		return this.#status !== 'open';
	}

	get unsent(): number {
		return this.outbox.unsent(this.id);
	}

	/** Milliseconds left; undefined without a limit. */
	get left(): number | undefined {
		const limit = this.#attempt && limitOf(this.#attempt);
		return limit === undefined ? undefined : Math.max(0, limit - this.#elapsed);
	}

	answer(question: string): Answer | undefined {
		return this.#typed[question]?.answer ?? this.#standing.answers[question];
	}

	flagged(question: string): boolean {
		return this.#standing.flags[question] === true;
	}

	/** Only where the quiz releases keys at once, and only of the answer that counts now. */
	feedback(question: string): QuestionFeedback | undefined {
		return this.#feedback[question];
	}

	fill(question: PaperQuestion): Fill {
		return fillOf(question, this.answer(question.id));
	}

	/** Begins to listen, and reads the attempt unless it was adopted; returns what stops it. */
	start(load = true): () => void {
		const ticking = setInterval(() => this.#tick(), 1000);
		const hidden = () => document.visibilityState === 'hidden' && void this.settle();
		const gone = () => void this.settle();
		this.#left = false;
		document.addEventListener('visibilitychange', hidden);
		window.addEventListener('pagehide', gone);
		this.#stops = [
			this.outbox.listen((news) => this.#hear(news)),
			this.#app.network.onBack(() => void this.load()),
			() => clearInterval(ticking),
			() => document.removeEventListener('visibilitychange', hidden),
			() => window.removeEventListener('pagehide', gone),
			() => Object.values(this.#timers).forEach(clearTimeout)
		];
		if (load) void this.load();
		return () => {
			void this.settle();
			this.#left = true;
			this.#stops.forEach((stop) => stop());
		};
	}

	/** Reads the attempt, from the server or, without a link, as it was kept. */
	async load(): Promise<void> {
		const user = this.#app.session.user?.id ?? '';
		const asked = Date.now();
		try {
			const data = await take(this.#app.api.GET('/attempts/{attempt}', { params: { path: { attempt: this.id } } }));
			await this.adopt(data, user, asked);
		} catch (thrown) {
			if (this.#attempt) return;
			if (!(await this.#loadKept(user))) this.#error = asApiError(thrown);
		}
	}

	/** Takes what the server told of the attempt, and lays this device's own events over it. */
	async adopt(data: Attempt, user: string, asked: number): Promise<void> {
		this.#clock.sync(data.started_at, data.server_now);
		await this.#show(data, user, asked);
		this.#close(data.status);
		if (data.status === 'open') fetchAhead(data.questions);
		const paper = { user, attempt: this.id, quiz: data.quiz.id, data, asked_at: asked, clock: this.#clock.mark() };
		// Without room for the paper the attempt goes on; only a reload without a link would not.
		await this.outbox.box.keepPaper(paper).catch(() => undefined);
	}

	/**
	 * Writes an answer down, and shows it once that is done. `typing`: more letters may follow, so it is shown and
	 * kept on this device at once, and becomes an event after a pause.
	 */
	async choose(question: string, answer: Answer, typing = false): Promise<void> {
		if (this.phase !== 'open' || this.#submitting || this.#late()) return;
		clearTimeout(this.#timers[question]);
		if (!typing) return this.#writeWhole(question, answer);
		const typed = this.#note(question, answer);
		const wait = this.#wait(question, answer);
		this.#timers[question] = setTimeout(() => void this.#writeTyped(question), wait);
		await this.#keep(question, typed);
	}

	/** Keeps an answer on this device that is given later, by a button: nothing is sent. */
	async draft(question: string, answer: Answer): Promise<void> {
		if (this.phase !== 'open') return;
		await this.#keep(question, { answer, elapsed_ms: this.#clock.elapsed(), client_at: instant() }, true);
	}

	/** What was kept by `draft` and not given since. */
	async drafts(): Promise<Record<string, Answer>> {
		const user = this.#app.session.user?.id ?? '';
		const kept = await this.outbox.box.typed(user, this.id).catch(() => []);
		return Object.fromEntries(kept.filter(({ draft }) => draft).map(({ question, response }) => [question, JSON.parse(response) as Answer]));
	}

	/** Writes down what is still being typed, also letters that come while it does. */
	async settle(): Promise<void> {
		for (let before: unknown; before !== this.#typed && Object.keys(this.#typed).length > 0; ) {
			before = this.#typed;
			await Promise.all(Object.keys(this.#typed).map((question) => this.#writeTyped(question)));
		}
	}

	async flag(question: string, on: boolean): Promise<void> {
		if (this.phase === 'open') await this.#append({ kind: 'flag', question, response: { on } });
	}

	/** Ends the attempt: an event like all others, so it also works without a link. Not before all that was typed is written down. */
	async submit(): Promise<boolean> {
		await this.settle();
		if (this.#standing.submitted) return true;
		if (Object.keys(this.#typed).length > 0 && !this.#ending) return false;
		this.#submitting = true;
		const ended = await this.#append({ kind: 'submit' });
		this.#submitting = false;
		return ended;
	}

	/** Forgets what the device kept of an attempt whose result was shown. */
	async forget(): Promise<void> {
		await this.outbox.box.forget(this.#app.session.user?.id ?? '', this.id).catch(() => undefined);
	}

	#note(question: string, answer: Answer): Typing {
		const typed = { answer, elapsed_ms: this.#clock.elapsed(), client_at: instant() };
		this.#typed = { ...this.#typed, [question]: typed };
		this.#report();
		return typed;
	}

	/** How long the next letter is waited for. */
	#wait(question: string, answer: Answer): number {
		const now = performance.now();
		const since = (this.#since[question] ??= now);
		const pause = answer.text === undefined ? TYPING_MS.short : TYPING_MS.essay;
		return Math.max(0, Math.min(pause, since + LONGEST_MS - now));
	}

	async #keep(question: string, { answer, elapsed_ms, client_at }: Typing, draft = false): Promise<void> {
		const user = this.#app.session.user?.id;
		if (!user) return;
		await this.outbox.keep({ user, attempt: this.id, question, response: JSON.stringify(answer), client_at, elapsed_ms, ...(draft ? { draft } : {}) });
	}

	async #writeTyped(question: string): Promise<void> {
		clearTimeout(this.#timers[question]);
		const typed = this.#typed[question];
		if (!typed) return;
		this.#since = without(this.#since, question);
		const written = await this.#write(question, typed);
		// Letters that came in the meantime wait for their own turn.
		if (this.#typed[question] !== typed) return;
		if (written) this.#typed = without(this.#typed, question);
		// It stays on the page, and is tried again: it stands nowhere else.
		else if (!this.#left) this.#timers[question] = setTimeout(() => void this.#writeTyped(question), TYPING_MS.essay);
		this.#report();
	}

	/** An answer that is whole takes the place of what was typed on the way to it. */
	async #writeWhole(question: string, answer: Answer): Promise<void> {
		const typed = this.#typed[question];
		this.#since = without(this.#since, question);
		// What was typed stands when its last letter did, not when the field was left.
		if (typed && same(typed.answer, answer)) return this.#writeTyped(question);
		const written = await this.#write(question, { answer, elapsed_ms: this.#clock.elapsed(), client_at: instant() });
		if (typed && this.#typed[question] === typed && written) this.#typed = without(this.#typed, question);
		this.#report();
	}

	/** Whether the answer stands on this device. One after the other: the same answer is not written twice. */
	#write(question: string, { answer, elapsed_ms, client_at }: Typing): Promise<boolean> {
		const next = this.#last.then(async () => {
			if (!same(this.#standing.answers[question], answer)) return this.#append({ kind: 'answer', question, response: answer, elapsed_ms, client_at });
			const user = this.#app.session.user?.id ?? '';
			await this.outbox.box.dropTyped({ user, attempt: this.id, question, response: JSON.stringify(answer), client_at, elapsed_ms }).catch(() => undefined);
			return true;
		});
		this.#last = next;
		return next;
	}

	/** The dot in the top bar: what is still being typed is on this device alone. */
	#report(): void {
		const n = Object.keys(this.#typed).length;
		this.#app.saved.report('typing', n > 0 ? 'device' : 'saved');
	}

	async #append(said: Partial<Entry> & Pick<Entry, 'kind'>): Promise<boolean> {
		const user = this.#app.session.user?.id;
		if (!user) return false;
		try {
			// The outbox tells all sessions, this one too: #hear shows it.
			await this.outbox.append({ elapsed_ms: this.#clock.elapsed(), ...said, user, attempt: this.id });
			this.#unwritten = false;
			return true;
		} catch {
			this.#unwritten = true;
			return false;
		}
	}

	async #loadKept(user: string): Promise<boolean> {
		const paper = await this.outbox.box.paper(user, this.id).catch(() => undefined);
		if (!paper) return false;
		this.#clock.resume(paper.clock);
		await this.#show(paper.data, user, paper.asked_at);
		this.#close(paper.data.status);
		return true;
	}

	async #show(data: Attempt, user: string, asked: number): Promise<void> {
		// Words that a closed page left behind come first.
		await this.outbox.gather(this.id);
		const [sent, unsent] = await Promise.all([
			this.outbox.box.sent(user, this.id),
			this.outbox.box.unsent(user)
		]).catch((): [Row[], Row[]] => [[], []]);
		const rows = beyond(asked, sent, unsent.filter(({ attempt }) => attempt === this.id));
		for (const row of rows) if (row.kind === 'answer') this.#latest[row.question] = row.id;
		this.#standing = standingOf(data, rows);
		const answered = rows.filter(({ kind }) => kind === 'answer').map(({ question }) => question);
		const told = Object.entries(data.feedback ?? {}).filter(([question]) => !answered.includes(question));
		this.#feedback = { ...Object.fromEntries(told), ...pick(this.#feedback, answered) };
		this.#attempt = data;
		this.#error = undefined;
		this.#elapsed = this.#clock.elapsed();
	}

	#hear(news: News): void {
		if (news.kind === 'kept') {
			if (news.row.attempt !== this.id) return;
			if (news.row.kind === 'answer') {
				this.#latest[news.row.question] = news.row.id;
				this.#feedback = without(this.#feedback, news.row.question);
			}
			this.#standing = applied(this.#standing, news.row);
			return;
		}
		if (news.attempt !== this.id) return;
		const { state, feedback } = news.ack;
		this.#close(state.status);
		if (this.#attempt) this.#clock.sync(this.#attempt.started_at, state.server_now);
		for (const row of news.rows) {
			const told = feedback?.[row.question];
			if (told && this.#latest[row.question] === row.id) this.#feedback = { ...this.#feedback, [row.question]: told };
		}
	}

	/** Everything was sent, and nobody told this tab that the attempt is closed: another tab was told. */
	#look(): void {
		if (this.phase !== 'over' || this.closed || this.unsent > 0 || this.#looking || !this.#app.network.online) return;
		this.#looking = true;
		void this.load().finally(() => (this.#looking = false));
	}

	/** An attempt is closed once: an answer that was asked for before its end and comes after it does not open it again. */
	#close(status: string): void {
		if (this.#status === 'open') this.#status = status;
	}

	/** The time is up, and the tick that says so has not come yet: what counts is what stood before. */
	#late(): boolean {
		const limit = this.#attempt && limitOf(this.#attempt);
		if (limit === undefined || this.#clock.elapsed() < limit) return false;
		this.#tick();
		return true;
	}

	#tick(): void {
		this.#elapsed = this.#clock.elapsed();
		this.#look();
		const { left } = this;
		if (left === undefined || this.phase !== 'open') return;
		// What is half typed must be written before the end.
		if (left < 3000) void this.settle();
		if (left > 0 || this.#ending) return;
		this.#ending = true;
		void this.submit().then(() => (this.#timedOut = true));
	}
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
	return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function pick<T>(record: Record<string, T>, keys: string[]): Record<string, T> {
	return Object.fromEntries(Object.entries(record).filter(([name]) => keys.includes(name)));
}

function same(a: Answer | undefined, b: Answer): boolean {
	return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
