import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error.ts';
import { answerHref, filterOf, queueHref } from './address.ts';
import { Kept } from './kept.svelte.ts';
import { plainOf } from './plain.ts';
import { mostOf, openIn, totalOf, typed, whole } from './points.ts';
import { Round } from './round.ts';
import { Sheet } from './sheet.svelte.ts';
import type { Essay, EssayItem, EssayList, EssayMark, EssayMarking } from './types.ts';
import { Waiting } from './waiting.svelte.ts';

const RUBRIC = [
	{ html: 'Names the mandate', points: 2 },
	{ html: 'Gives an example', points: 3 }
];

function card(id: string, question = 'q1'): EssayItem {
	return { id, quiz: 'final', quiz_title: 'Final', question, stem_html: 'Why?', ended_at: '2027-01-14T09:30:00Z', state: 'waiting' };
}

function mark(points: number[], more: Partial<EssayMark> = {}): EssayMark {
	return { points, fraction: totalOf(points) / 5, marker: 'Marta', at: '2027-01-15T09:30:00Z', ...more };
}

/** A server with one answer, as two trainers would meet it. */
class Server {
	marks: EssayMark[] = [];
	sent: EssayMarking[] = [];
	of = 'first';

	get answer(): Essay {
		const state = this.marks.length ? 'marked' : 'waiting';
		return { ...card('a1'), state, text: 'Because.', of: this.of, words: 1, rubric: RUBRIC, marks: this.marks };
	}

	read = () => Promise.resolve(this.answer);

	mark = (_: string, body: EssayMarking) => {
		this.sent.push(body);
		if (body.of !== this.of || body.marks !== this.marks.length) return Promise.reject(new ApiError('marked_meanwhile', 409));
		this.marks = [mark(body.points, { comment: body.comment ?? '', reason: body.reason ?? '', marker: 'Me' }), ...this.marks];
		return Promise.resolve(this.answer);
	};
}

describe('addresses', () => {
	it('hold the filter', () => {
		expect(queueHref()).toBe('/trainer/marking');
		expect(queueHref({ state: 'marked', quiz: 'bank.x' })).toBe('/trainer/marking?state=marked&quiz=bank.x');
		expect(filterOf(new URLSearchParams('state=marked&quiz=bank.x'))).toEqual({ state: 'marked', quiz: 'bank.x' });
		expect(filterOf(new URLSearchParams('state=odd'))).toEqual({ state: 'waiting', quiz: '' });
		expect(answerHref('a1', 'final')).toBe('/trainer/marking/a1?quiz=final');
	});
});

describe('points', () => {
	it('are added up, and whole only when each criterion has some', () => {
		expect(mostOf(RUBRIC)).toBe(5);
		expect([totalOf([1, undefined]), openIn([1, undefined]), whole([1, undefined])]).toEqual([1, 1, undefined]);
		expect(whole([0, 3])).toEqual([0, 3]);
	});

	it('come from one digit, or from two where the criterion gives that many', () => {
		expect(typed('', '2', 3)).toEqual({ points: 2, before: '' });
		expect(typed('', '4', 3)).toBeUndefined();
		expect(typed('', '1', 12)).toEqual({ points: 1, before: '1' });
		expect(typed('1', '2', 12)).toEqual({ points: 12, before: '' });
		expect(typed('1', '5', 12)).toEqual({ points: 5, before: '' });
		expect(typed('', '2', 12)).toEqual({ points: 2, before: '' });
		expect(typed('', '0', 12)).toEqual({ points: 0, before: '' });
	});
});

describe('plainOf', () => {
	it('leaves the words of HTML, cut where there are too many', () => {
		expect(plainOf('<p>Name  <em>two</em> &amp; say <a href="/x">why</a></p>')).toBe('Name two & say why');
		expect(plainOf('abcdef', 4)).toBe('abc…');
	});
});

describe('a sheet', () => {
	let server: Server;
	let kept: Kept;

	beforeEach(() => {
		localStorage.clear();
		server = new Server();
		kept = new Kept('u1', 'a1');
	});

	const sheet = (again = false) => new Sheet(server, kept, server.answer, again);

	it('gives a mark, and then shows it', async () => {
		const one = sheet();
		expect([one.open, one.dirty, one.needsReason]).toEqual([true, false, false]);
		expect(await one.save()).toBe(false);
		one.points = [2, 0];
		one.comment = ' Well said. ';
		one.keep();
		expect(await one.save()).toBe(true);
		expect(server.sent).toEqual([{ points: [2, 0], comment: 'Well said.', of: 'first', marks: 0 }]);
		expect([one.open, one.dirty, one.standing?.points]).toEqual([false, false, [2, 0]]);
		expect(localStorage).toHaveLength(0);
	});

	it('marks again from the mark that stands, with a reason', async () => {
		server.marks = [mark([1, 1], { comment: 'Short.' })];
		const one = sheet();
		expect(one.open).toBe(false);
		one.again();
		expect([one.points, one.comment, one.dirty]).toEqual([[1, 1], 'Short.', false]);
		one.points[1] = 3;
		one.reason = 'Overlooked a line.';
		expect(await one.save()).toBe(true);
		expect(server.sent[0]).toEqual({ points: [1, 3], comment: 'Short.', of: 'first', marks: 1, reason: 'Overlooked a line.' });
		expect(one.answer.marks).toHaveLength(2);
	});

	it('takes up what was not saved, as far as it fits the rubric', () => {
		const one = sheet();
		one.points = [2, undefined];
		one.comment = 'Half';
		one.keep();
		const back = sheet();
		expect([back.restored, back.points, back.comment]).toEqual([true, [2, undefined], 'Half']);
		back.discard();
		expect([back.dirty, sheet().restored]).toEqual([false, false]);
		kept.keep({ points: [9, 1.5], comment: 'x', reason: '', of: 'first', marks: 0 });
		expect(sheet().points).toEqual([undefined, undefined]);
		kept.keep({ points: [1], comment: 'x', reason: '', of: 'first', marks: 0 });
		expect(sheet().restored).toBe(false);
		localStorage.setItem('muster.draft.mark.u1.a1', '{"points":"many"}');
		expect(sheet().restored).toBe(false);
	});

	it('forgets what was put back to how it was', () => {
		const one = sheet();
		one.comment = 'x';
		one.keep();
		one.comment = '';
		one.keep();
		expect(localStorage).toHaveLength(0);
	});

	it('says so when the device keeps nothing', () => {
		const one = sheet();
		vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
			throw new Error('full');
		});
		one.comment = 'x';
		one.keep();
		expect(one.kept).toBe(false);
	});

	it('lays the mark of somebody faster beside its own, and loses neither', async () => {
		const one = sheet();
		one.points = [2, 2];
		one.comment = 'Mine';
		server.marks = [mark([0, 1])];
		expect(await one.save()).toBe(false);
		expect([one.theirs?.points, one.points, one.comment, one.open, one.needsReason]).toEqual([[0, 1], [2, 2], 'Mine', true, true]);

		// Also after the page was left.
		one.keep();
		const back = sheet();
		expect([back.theirs?.points, back.points]).toEqual([[0, 1], [2, 2]]);

		back.reason = 'Both points are there.';
		expect(await back.save()).toBe(true);
		expect(back.theirs).toBeUndefined();
		expect(server.marks.map(({ points }) => points)).toEqual([[2, 2], [0, 1]]);
	});

	it('leaves their mark when told', async () => {
		const one = sheet();
		one.points = [2, 2];
		server.marks = [mark([0, 1])];
		await one.save();
		one.discard();
		expect([one.open, one.theirs, one.standing?.points, one.dirty]).toEqual([false, undefined, [0, 1], false]);
		expect(localStorage).toHaveLength(0);
	});

	it('gives no points of one text to another', async () => {
		const one = sheet();
		one.points = [2, 2];
		one.comment = 'Mine';
		one.keep();
		server.of = 'second';
		expect(await one.save()).toBe(false);
		expect([one.changed, one.theirs, one.points, one.comment, one.open]).toEqual([true, undefined, [undefined, undefined], 'Mine', true]);

		// Also after the page was left.
		const back = sheet();
		expect([back.changed, back.restored, back.points, back.comment]).toEqual([true, true, [undefined, undefined], 'Mine']);
		back.points = [1, 0];
		expect(await back.save()).toBe(true);
		expect([back.changed, server.marks[0]?.points]).toEqual([false, [1, 0]]);
	});

	it('hands on any other failure, and keeps what was given', async () => {
		const one = sheet();
		one.points = [2, 2];
		server.mark = () => Promise.reject(new ApiError('offline'));
		await expect(one.save()).rejects.toMatchObject({ code: 'offline' });
		expect([one.points, one.dirty]).toEqual([[2, 2], true]);
	});
});

describe('a round', () => {
	const essays = (items: EssayItem[]) => ({ list: vi.fn(() => Promise.resolve<EssayList>({ items, total: items.length, waiting: items.length, quizzes: [] })) });
	const at = (id: string, next?: string) => ({ ...card(id), ...(next ? { next } : {}) });

	it('goes where the server says', async () => {
		const calls = essays([]);
		expect(await new Round(calls).after(at('a', 'b'))).toBe('b');
		expect(await new Round(calls).after(at('a'))).toBeUndefined();
		expect(calls.list).not.toHaveBeenCalled();
	});

	it('does not come back to what was skipped, and takes the same question first', async () => {
		const round = new Round(essays([card('a'), card('b', 'q2'), card('c'), card('d')]));
		round.skip('a');
		expect(await round.after(at('c', 'a'))).toBe('d');
		round.skip('d');
		expect(await round.after(at('c', 'a'))).toBe('b');
		round.skip('b');
		expect(await round.after(at('c', 'a'))).toBeUndefined();
	});
});

describe('the number beside the place', () => {
	it('is read, counted down, and simply not there without a server', async () => {
		const waiting = new Waiting();
		await waiting.read({ list: () => Promise.resolve({ items: [], total: 0, waiting: 2, quizzes: [] }) });
		waiting.less();
		expect(waiting.count).toBe(1);
		waiting.less();
		waiting.less();
		expect(waiting.count).toBe(0);
		const none = new Waiting();
		await none.read({ list: () => Promise.reject(new ApiError('offline')) });
		expect(none.count).toBeUndefined();
	});
});
