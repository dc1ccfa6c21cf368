import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error.ts';
import { documentHref, documentOf } from './address.ts';
import { countsOf, tintOf } from './counts.ts';
import { troubleWith } from './file.ts';
import type { MaterialImport } from './types.ts';
import { Uploading } from './uploading.svelte.ts';

describe('addresses', () => {
	it.each(['01890000-0000-7000-8000-d00000000001', 'lesson:legal.charter', 'source:handbook'])('go there and back: %s', (id) => {
		expect(documentOf(documentHref(id).replace('/trainer/documents/', ''))).toBe(id);
	});

	it('name a passage', () => expect(documentHref('d', { section: 's-1', passage: 3 })).toBe('/trainer/documents/d?section=s-1&passage=3'));
});

describe('counts', () => {
	it('counts covered passages and what must be confirmed', () => {
		const passage = (number: number, questions: string[], stale = 0) => ({ number, questions, stale, approved: 0, spans: [] });
		const anchor = { document: 'd', edition: 1, section: 's', paragraph: 1, start: 0, end: 1, quote: 'x', hash: '' };
		const lost = { question: 'z', stem: 'Z?', before: anchor, after: anchor, standing: 'gone' as const };
		const sections = [{ slug: 's', passages: [passage(1, ['a', 'b'], 1), passage(2, [])] }, { slug: 't', passages: [passage(1, ['c'])] }];
		expect(countsOf({ sections, lost: [lost, lost, { ...lost, standing: 'changed' }] })).toEqual({ sections: 2, passages: 3, covered: 2, stale: 2 });
	});

	it('tints by none, one and many', () => expect([0, 1, 2, 9].map(tintOf)).toEqual(['none', 'one', 'many', 'many']));
});

describe('a file', () => {
	it.each([
		['a.doc', 10, 'oldWord'],
		['a.exe', 10, 'wrongKind'],
		['a.pdf', 0, 'empty'],
		['a.PDF', 30e6, 'tooLarge'],
		['a.docx', 10, undefined]
	])('%s of %i bytes: %s', (name, size, trouble) => expect(troubleWith({ name, size })).toBe(trouble));
});

describe('reading a file in', () => {
	const report = (title: string, kind?: 'garbled') =>
		({ document: { title }, text: { edition: 1, sections: [] }, findings: kind ? [{ kind, message: 'x' }] : [], follows: [], stale: [] }) as unknown as MaterialImport;
	const file = () => new File(['# Hello'], 'a.md');

	it('reads first and keeps what somebody has looked at', async () => {
		const calls = { import: vi.fn(async () => report('Hello', 'garbled')), renew: vi.fn(async () => report('')) };
		const uploading = new Uploading(calls);
		await uploading.choose(file());
		expect(uploading.step).toBe('read');
		expect(uploading.garbled).toBe(true);
		expect(uploading.said.title).toBe('Hello');
		expect(calls.import).toHaveBeenLastCalledWith(expect.objectContaining({ dry_run: true, accept_garbled: false, file: 'IyBIZWxsbw==' }));
		uploading.looked = true;
		uploading.said.title = ' Better ';
		await uploading.keep();
		expect(uploading.step).toBe('done');
		expect(calls.import).toHaveBeenLastCalledWith(expect.objectContaining({ dry_run: false, accept_garbled: true, title: 'Better', reliability: 'unverified' }));
		expect(calls.renew).not.toHaveBeenCalled();
	});

	it('stays where it was after an error, with the file at hand', async () => {
		const renew = vi.fn(async () => report('')).mockRejectedValueOnce(new ApiError('offline'));
		const uploading = new Uploading({ import: vi.fn(), renew }, 'd');
		await uploading.choose(file());
		expect([uploading.step, uploading.error?.code]).toEqual(['choose', 'offline']);
		await uploading.read();
		expect([uploading.step, uploading.error]).toEqual(['read', undefined]);
		expect(renew).toHaveBeenLastCalledWith('d', { name: 'a.md', file: 'IyBIZWxsbw==', dry_run: true, accept_garbled: false });
	});
});
