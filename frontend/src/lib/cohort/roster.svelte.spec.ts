import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error.ts';
import type { Enrolment, MembersQuery, RosterPage } from './api.ts';
import { Roster } from './roster.svelte.ts';

const person = (i: number): Enrolment => ({
	user: `u${i}`, name: `Person ${i}`, username: `p${i}`, state: 'active', joined_at: '2027-01-14T09:30:00Z', signed_in: false, has_email: false, has_code: false
});

/** A server with so many people, that finds by name. */
function server(count: number) {
	const people = Array.from({ length: count }, (_, i) => person(i));
	const asked: MembersQuery[] = [];
	let down = false;
	const read = async (query: MembersQuery): Promise<RosterPage> => {
		asked.push(query);
		if (down) throw new ApiError('offline');
		const found = people.filter(({ name }) => name.includes(query.q ?? ''));
		const from = Number(query.cursor ?? 0);
		const to = Math.min(from + (query.limit ?? 100), found.length);
		return { items: found.slice(from, to), total: found.length, ...(to < found.length ? { next_cursor: String(to) } : {}) };
	};
	return { asked, read, drop: (is: boolean) => (down = is) };
}

describe('Roster', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	const settled = () => vi.advanceTimersByTimeAsync(1000);

	it('reads a first look, and as much more as somebody looks', async () => {
		const { asked, read } = server(5000);
		const roster = new Roster(read);
		await settled();
		expect([roster.pages.data?.rows.length, roster.whole, asked.length]).toEqual([100, 5000, 1]);
		await roster.pages.data?.ensure(600);
		expect([roster.pages.data?.rows.length, asked.length]).toEqual([600, 2]);
	});

	it('chooses all five thousand in as few pages as the server allows', async () => {
		const { asked, read } = server(5000);
		const roster = new Roster(read);
		await settled();
		await roster.toggleFound();
		expect([roster.size, roster.state, new Set(roster.chosen.map(({ user }) => user)).size]).toEqual([5000, 'all', 5000]);
		expect(asked.length).toBe(6);
		roster.toggle(person(7));
		expect([roster.size, roster.state]).toEqual([4999, 'some']);
		await roster.toggleFound();
		await roster.toggleFound();
		expect([roster.size, roster.state]).toEqual([0, 'none']);
	});

	it('asks once for what was typed, and keeps who is chosen', async () => {
		const { asked, read } = server(300);
		const roster = new Roster(read);
		await settled();
		roster.toggle(person(3));
		for (const text of ['2', '29', '299']) roster.text = text;
		await settled();
		expect(asked.map(({ q }) => q)).toEqual([undefined, '299']);
		expect([roster.pages.data?.total, roster.whole, roster.state]).toEqual([1, 300, 'none']);
		await roster.toggleFound();
		expect(roster.chosen.map(({ user }) => user)).toEqual(['u3', 'u299']);
		await roster.reload();
		expect([roster.size, roster.text, roster.pages.data?.total]).toEqual([0, '', 300]);
	});

	it('chooses nobody where the link breaks half-way, and all in the next try', async () => {
		const { read, drop } = server(1500);
		const roster = new Roster(read);
		await settled();
		drop(true);
		await roster.toggleFound();
		expect([roster.size, roster.choosing, roster.pages.data?.error?.code]).toEqual([0, false, 'offline']);
		drop(false);
		await roster.toggleFound();
		expect([roster.size, roster.pages.data?.error]).toEqual([1500, undefined]);
	});
});
