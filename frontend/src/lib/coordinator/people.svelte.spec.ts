import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/error.ts';
import { PAGE, PeopleList } from './people.svelte.ts';
import type { Person, PersonList } from './types.ts';

function person(i: number): Person {
	return { user: `u${i}`, name: `P ${i}`, username: `p${i}`, suspended: false, standing: 'behind', progress: 0, overdue: 0, reasons: [], modules: [], signed_in: true, aid: { refreshers: [], extensions: [], written: [] } };
}

/** A server with so many people. Its cursor is nobody else's business. */
function server(total: number) {
	const asked: (string | undefined)[] = [];
	let down = false;
	const read = async (cursor: string | undefined): Promise<PersonList> => {
		asked.push(cursor);
		if (down) throw new ApiError('offline');
		const from = Number(cursor?.slice(1) ?? 0);
		const to = Math.min(from + PAGE, total);
		const items = Array.from({ length: to - from }, (_, i) => person(from + i));
		return { modules: [], items, total, ...(to < total ? { next_cursor: `c${to}` } : {}) };
	};
	return { asked, read, drop: (is: boolean) => (down = is) };
}

describe('PeopleList', () => {
	it('reads one page for the first look', async () => {
		const { asked, read } = server(5000);
		const list = new PeopleList(read);
		await list.ensure(1);
		expect([list.rows.length, list.total, asked]).toEqual([PAGE, 5000, [undefined]]);
	});

	it('reads on in order as far as it is asked, each page once', async () => {
		const { asked, read } = server(1000);
		const list = new PeopleList(read);
		await Promise.all([list.ensure(1), list.ensure(350), list.ensure(600)]);
		expect(asked).toEqual([undefined, 'c200', 'c400']);
		expect(list.rows.map(({ user }) => user)).toEqual(Array.from({ length: 600 }, (_, i) => `u${i}`));
	});

	it('stops at the end', async () => {
		const { asked, read } = server(250);
		const list = new PeopleList(read);
		await list.ensure(9999);
		await list.ensure(9999);
		expect([list.rows.length, asked.length]).toEqual([250, 2]);
	});

	it('keeps what it has when the link breaks, and goes on from there', async () => {
		const { asked, read, drop } = server(500);
		const list = new PeopleList(read);
		await list.ensure(1);
		drop(true);
		await list.ensure(400);
		expect([list.error?.code, list.rows.length]).toEqual(['offline', 200]);
		await list.ensure(500);
		expect(asked.length).toBe(2);
		drop(false);
		await list.retry();
		expect([list.error, list.rows.length]).toEqual([undefined, 500]);
	});
});
