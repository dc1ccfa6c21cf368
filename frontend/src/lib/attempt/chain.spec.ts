import { afterEach, describe, expect, it, vi } from 'vitest';
import { canChain, canonical, digest, ORIGIN, uuid, type Link } from './chain.ts';

const first: Link = {
	prev_hash: ORIGIN,
	id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
	attempt: '8f0d1c1e-0000-4000-8000-000000000001',
	device: '11111111-2222-4333-8444-555555555555',
	seq: 1,
	kind: 'answer',
	question: 'legal.three-principles.p1',
	client_at: '2027-01-14T09:30:00.000Z',
	elapsed_ms: 61234,
	response: '{"blanks":["conseil de sécurité","安理会"]}'
};

/** Computed with Python's hashlib over the fields joined by newlines. */
const HASH_1 = '14170117620b401d601d7550252f030da13afef6bb7412f353ba5d881fa5fe48';
const HASH_2 = '0f2a5415c221fc4be760d53e12d31bbed5a5ab383c0c3de7dde3249f7356da32';

afterEach(() => vi.unstubAllGlobals());

describe('the chain', () => {
	it('hashes as hashlib does, also beyond ASCII', async () => {
		expect(await digest(first)).toBe(HASH_1);
	});

	it('goes on from the hash before, with empty question and response', async () => {
		const second = { ...first, prev_hash: HASH_1, id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb', seq: 2, kind: 'submit', question: '' };
		const submit = { ...second, client_at: '2027-01-14T09:31:00.000Z', elapsed_ms: 121234, response: '' };
		expect(await digest(submit)).toBe(HASH_2);
	});

	it('closes every field before the response by a newline', () => {
		expect(canonical(first).split('\n')).toHaveLength(10);
		expect(canonical({ ...first, response: '' }).endsWith('61234\n')).toBe(true);
	});

	it.each(Object.keys(first).filter((key) => key !== 'seq' && key !== 'elapsed_ms'))('changes with %s', async (key) => {
		expect(await digest({ ...first, [key]: 'other' })).not.toBe(HASH_1);
	});

	it('is not kept where the browser cannot hash', () => {
		vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
		expect(canChain()).toBe(false);
	});

	it('makes UUIDs of version 4, also over plain http', () => {
		vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
		const made = Array.from({ length: 50 }, uuid);
		for (const one of made) expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		expect(new Set(made).size).toBe(50);
	});
});
