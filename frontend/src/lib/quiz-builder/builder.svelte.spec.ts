import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/error.ts';
import type { Quizzes } from './api.ts';
import { Builder } from './builder.svelte.ts';
import { Kept } from './kept.ts';
import { emptyQuiz, tidy } from './shape.ts';
import type { Blueprint, QuizText } from './types.ts';

const preview = { findings: [], rules: [], outcomes: [], shared: 0, repeated: 0, forecast: { questions: 0, score: 0, minutes: 0, known: 0 } };

/** A server with one quiz. */
class Server {
	revision = 1;
	quiz: QuizText = { ...emptyQuiz(), title: 'Test' };
	state: Blueprint['state'] = 'draft';

	get kept(): Blueprint {
		const { title, purpose } = this.quiz;
		const changed_at = '2027-01-14T09:30:00Z';
		// The server writes its fields in an order of its own.
		const quiz = Object.fromEntries(Object.entries(this.quiz).reverse()) as QuizText;
		return { id: 'bank.test-1', title, purpose, state: this.state, ahead: false, questions: 5, changed_at, revision: this.revision, quiz, preview };
	}

	change(base: number, quiz?: QuizText, state?: Blueprint['state']): Promise<Blueprint> {
		if (base !== this.revision) return Promise.reject(new ApiError('quiz_changed', 409));
		this.revision++;
		this.quiz = quiz ?? this.quiz;
		this.state = state ?? this.state;
		return Promise.resolve(this.kept);
	}

	get quizzes(): Quizzes {
		const calls = {
			create: (quiz: QuizText) => this.change(this.revision, quiz),
			save: (_: string, quiz: QuizText, base: number) => this.change(base, quiz),
			publish: (_: string, base: number) => this.change(base, undefined, 'published'),
			close: (_: string, base: number) => this.change(base, undefined, 'closed'),
			read: () => Promise.resolve(this.kept),
			forecast: () => Promise.resolve(preview)
		};
		return calls as unknown as Quizzes;
	}
}

describe('a quiz that is built', () => {
	beforeEach(() => localStorage.clear());
	const kept = () => new Kept('u1', 'bank.test-1');

	it('is not changed by being saved', async () => {
		const server = new Server();
		const builder = new Builder(server.quizzes, new Kept('u1', 'new'));
		expect(builder.dirty).toBe(false);
		builder.quiz.title = 'Mine';
		expect(builder.dirty).toBe(true);
		expect(await builder.save()).toBe(true);
		expect(builder.dirty).toBe(false);
		expect(server.quiz.title).toBe('Mine');
	});

	it('saves what is changed before it is published', async () => {
		const server = new Server();
		const builder = new Builder(server.quizzes, kept(), server.kept);
		builder.quiz.title = 'Other';
		expect(await builder.publish()).toBe(true);
		expect([server.quiz.title, server.state, server.revision, builder.saved?.state]).toEqual(['Other', 'published', 3, 'published']);
		builder.quiz.title = 'Not saved';
		expect(await builder.close()).toBe(true);
		expect([server.quiz.title, builder.quiz.title, builder.dirty]).toEqual(['Other', 'Not saved', true]);
	});

	it('keeps its text in a conflict, whoever wins', async () => {
		const server = new Server();
		const builder = new Builder(server.quizzes, kept(), server.kept);
		await server.change(1, { ...server.quiz, title: 'Theirs' });
		builder.quiz.title = 'Mine';
		expect(await builder.save()).toBe(false);
		expect([builder.conflict, builder.quiz.title]).toEqual([true, 'Mine']);
		expect(await builder.mine()).toBe(true);
		expect([server.quiz.title, builder.dirty]).toEqual(['Mine', false]);
		await server.change(server.revision, { ...server.quiz, title: 'Theirs again' });
		builder.quiz.title = 'Mine again';
		expect(await builder.save()).toBe(false);
		expect(await builder.theirs()).toBe(true);
		expect([builder.quiz.title, builder.dirty, builder.conflict]).toEqual(['Theirs again', false, false]);
	});

	it('keeps a change on the device before anything can happen', () => {
		const server = new Server();
		const builder = new Builder(server.quizzes, kept(), server.kept);
		const stop = builder.watch({ ...server.quiz, title: 'Half a w' }, true);
		stop();
		expect(kept().read()?.quiz.title).toBe('Half a w');
		builder.watch(server.quiz, false)();
		expect(kept().read()).toBeUndefined();
	});

	it('takes up what was not saved, and says when the quiz is another since', () => {
		const server = new Server();
		const quiz = { ...server.quiz, title: 'Unsaved' };
		kept().keep({ quiz, base: 1 });
		const same = new Builder(server.quizzes, kept(), server.kept);
		expect([same.restored, same.quiz.title, same.dirty]).toEqual(['same', 'Unsaved', true]);
		kept().keep({ quiz, base: 0 });
		expect(new Builder(server.quizzes, kept(), server.kept).restored).toBe('older');
		same.discard();
		expect([same.restored, same.quiz.title, same.dirty, kept().read()]).toEqual(['', 'Test', false, undefined]);
		kept().keep({ quiz: tidy(server.quiz), base: 1 });
		expect(new Builder(server.quizzes, kept(), server.kept).restored).toBe('');
	});
});
