import { asApiError, take, type ApiError } from '#lib/api/error.ts';
import type { App } from '#lib/app.svelte.ts';
import type { Answer, Attempt, PaperQuestion, QuestionFeedback } from '#lib/api/types.ts';
import { fillOf, type Fill } from './answer.ts';
import type { Row } from './box.ts';
import { AttemptClock, limitOf } from './clock.ts';
import { applied, beyond, standingOf, type Standing } from './fold.ts';
import { outboxOf, type News, type Outbox } from './outbox.svelte.ts';

/** `open` takes answers; `over` was ended here (and perhaps is not sent yet); `ended` was ended by the server or elsewhere. */
export type Phase = 'loading' | 'open' | 'over' | 'ended';

const TYPING_MS = 700;
const EMPTY: Standing = { answers: {}, flags: {}, submitted: false };

/** One attempt while it is taken. Start needs a link; everything after it does not. */
export class AttemptSession {
	readonly id: string;
	readonly outbox: Outbox;
	#app: App;
	#clock: AttemptClock;
	#attempt = $state.raw<Attempt>();
	#standing = $state.raw<Standing>(EMPTY);
	#typed = $state.raw<Record<string, Answer>>({});
	#feedback = $state.raw<Record<string, QuestionFeedback>>({});
	#status = $state('open');
	#error = $state.raw<ApiError>();
	#unwritten = $state(false);
	#timedOut = $state(false);
	#elapsed = $state(0);
	#ending = false;
	#looking = false;
	#timers: Record<string, ReturnType<typeof setTimeout>> = {};
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
		return this.#typed[question] ?? this.#standing.answers[question];
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
		document.addEventListener('visibilitychange', hidden);
		this.#stops = [
			this.outbox.listen((news) => this.#hear(news)),
			this.#app.network.onBack(() => void this.load()),
			() => clearInterval(ticking),
			() => document.removeEventListener('visibilitychange', hidden)
		];
		if (load) void this.load();
		return () => {
			void this.settle();
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
		const paper = { user, attempt: this.id, quiz: data.quiz.id, data, asked_at: asked, clock: this.#clock.mark() };
		// Without room for the paper the attempt goes on; only a reload without a link would not.
		await this.outbox.box.keepPaper(paper).catch(() => undefined);
	}

	/** Writes an answer down, and shows it once that is done. `typing`: more letters may follow, so wait for them. */
	async choose(question: string, answer: Answer, typing = false): Promise<void> {
		if (this.phase !== 'open') return;
		clearTimeout(this.#timers[question]);
		if (!typing) return this.#writeWhole(question, answer);
		this.#typed = { ...this.#typed, [question]: answer };
		this.#timers[question] = setTimeout(() => void this.#writeTyped(question), TYPING_MS);
	}

	/** Writes down what is still being typed. */
	async settle(): Promise<void> {
		await Promise.all(Object.keys(this.#typed).map((question) => this.#writeTyped(question)));
	}

	async flag(question: string, on: boolean): Promise<void> {
		if (this.phase === 'open') await this.#append({ kind: 'flag', question, response: { on } });
	}

	/** Ends the attempt: an event like all others, so it also works without a link. */
	async submit(): Promise<boolean> {
		await this.settle();
		if (this.#standing.submitted) return true;
		return this.#append({ kind: 'submit' });
	}

	/** Forgets what the device kept of an attempt whose result was shown. */
	async forget(): Promise<void> {
		await this.outbox.box.forget(this.#app.session.user?.id ?? '', this.id).catch(() => undefined);
	}

	async #writeTyped(question: string): Promise<void> {
		clearTimeout(this.#timers[question]);
		const answer = this.#typed[question];
		if (!answer) return;
		await this.#write(question, answer);
		// Letters that came in the meantime wait for their own turn.
		if (this.#typed[question] !== answer) return;
		this.#typed = without(this.#typed, question);
	}

	/** An answer that is whole takes the place of what was typed on the way to it. */
	async #writeWhole(question: string, answer: Answer): Promise<void> {
		const typed = this.#typed[question];
		await this.#write(question, answer);
		if (typed && this.#typed[question] === typed && !this.#unwritten) this.#typed = without(this.#typed, question);
	}

	async #write(question: string, answer: Answer): Promise<void> {
		if (same(this.#standing.answers[question], answer)) return;
		await this.#append({ kind: 'answer', question, response: answer });
	}

	async #append(said: { kind: 'answer' | 'flag' | 'submit'; question?: string; response?: unknown }): Promise<boolean> {
		const user = this.#app.session.user?.id;
		if (!user) return false;
		try {
			// The outbox tells all sessions, this one too: #hear shows it.
			await this.outbox.append({ user, attempt: this.id, elapsed_ms: this.#clock.elapsed(), ...said });
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
