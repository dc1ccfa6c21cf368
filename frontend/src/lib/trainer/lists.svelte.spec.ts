import { describe, expect, it, vi } from 'vitest';
import { QuestionList } from './list.svelte.ts';
import { Picked } from './picked.svelte.ts';
import type { BankItem, BankList } from './types.ts';

const named = (id: string) => ({ id, stem: id, title: '' });

describe('what is chosen', () => {
	it('stays chosen through another filter and page', () => {
		const picked = new Picked();
		picked.toggle(named('a'), [named('a'), named('b')]);
		picked.toggleShown([named('c'), named('d')]);
		expect(picked.target()).toEqual({ questions: ['a', 'c', 'd'] });
		expect(picked.state([named('c'), named('x')])).toBe('some');
		picked.toggleShown([named('c'), named('d')]);
		expect(picked.target()).toEqual({ questions: ['a'] });
	});

	it('may be all that fit a filter, and then is sent as the filter', () => {
		const picked = new Picked();
		picked.takeAll({ state: 'draft', sort: 'id' }, 712, [named('a')]);
		expect(picked.size).toBe(712);
		expect(picked.has('never seen')).toBe(true);
		expect(picked.target()).toEqual({ filter: { state: 'draft' } });
	});

	it('falls back to what is shown when one of all is taken out', () => {
		const picked = new Picked();
		const shown = [named('a'), named('b'), named('c')];
		picked.takeAll({}, 712, shown);
		picked.toggle(named('b'), shown);
		expect(picked.whole).toBe(false);
		expect(picked.target()).toEqual({ questions: ['a', 'c'] });
	});

	it('keeps what failed, also what was never read', () => {
		const picked = new Picked();
		picked.takeAll({}, 3, [named('a')]);
		picked.keep(['a', 'z']);
		expect(picked.target()).toEqual({ questions: ['a', 'z'] });
	});

	it('begins a quiz where each is approved', () => {
		const picked = new Picked();
		expect(picked.askable).toBe(false);
		picked.toggle({ ...named('b'), state: 'approved' }, []);
		picked.toggle({ ...named('a'), state: 'approved' }, []);
		expect([picked.askable, picked.ids]).toEqual([true, ['b', 'a']]);
		picked.toggle({ ...named('c'), state: 'draft' }, []);
		expect(picked.askable).toBe(false);
	});
});

const page = (ids: string[], next?: string): BankList => ({ items: ids.map((id) => named(id) as unknown as BankItem), total: 3, ...(next ? { next } : {}) });

describe('a list', () => {
	it('is read page by page', async () => {
		const read = vi.fn().mockResolvedValueOnce(page(['a', 'b'], 'n')).mockResolvedValueOnce(page(['c']));
		const list = new QuestionList(read);
		await vi.waitFor(() => expect(list.items).toHaveLength(2));
		expect(list.hasMore).toBe(true);
		await list.more();
		expect(list.items?.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
		expect(read).toHaveBeenLastCalledWith('n');
		expect(list.hasMore).toBe(false);
	});

	it('says what went wrong, and reads again', async () => {
		const read = vi.fn().mockRejectedValueOnce(new Error('x')).mockResolvedValueOnce(page(['a']));
		const list = new QuestionList(read);
		await vi.waitFor(() => expect(list.error?.code).toBe('unknown'));
		await list.more();
		expect(list.error).toBeUndefined();
		expect(list.items).toHaveLength(1);
	});
});
