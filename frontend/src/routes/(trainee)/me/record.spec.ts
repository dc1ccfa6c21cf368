import { describe, expect, it } from 'vitest';
import type { Api } from '#lib/api/client.ts';
import { fileName, fileOf, shownAs } from './certificates/files.ts';
import { DataFile } from './datafile.svelte.ts';

type Answers = Record<string, unknown>;

/** A client that knows some answers; everything else is not found. */
function fake(answers: Answers, asked: string[] = []): Api {
	const GET = (path: string) => {
		asked.push(path);
		const found = path in answers;
		const response = new Response(null, { status: found ? 200 : 404 });
		return Promise.resolve(found ? { data: answers[path], response } : { error: {}, response });
	};
	return { GET } as unknown as Api;
}

const ALL: Answers = {
	'/me': { username: 'amina' },
	'/me/readiness': {},
	'/me/review': {},
	'/me/credentials': {},
	'/me/messages': {},
	'/me/progress': { attempts: [{ id: '1', status: 'open' }, { id: '2', status: 'submitted' }] },
	'/attempts/{attempt}': { id: '1' },
	'/attempts/{attempt}/result': { attempt: '2' }
};

describe('shownAs', () => {
	it('shows all, the first character of each word, or nothing', () => {
		expect(shownAs('Amina Diallo', 'full')).toBe('Amina Diallo');
		expect(shownAs('Amina  de Souza', 'initials')).toBe('A. d. S.');
		expect(shownAs('𠮷野 家', 'initials')).toBe('𠮷. 家.');
		expect(shownAs('Amina Diallo', 'none')).toBe('');
	});
});

describe('files of a certificate', () => {
	it('are named by rule and day', () => {
		expect(fileName({ rule: 'core', issued_at: '2026-11-21T10:00:00Z' }, 'pdf')).toBe('core-2026-11-21.pdf');
	});

	it('are refused where the answer is no file', async () => {
		await expect(fileOf(fake({ '/credentials/{credential}/badge.jwt': 'text' }), 'x', 'jwt')).rejects.toThrow(TypeError);
		const blob = new Blob(['%PDF']);
		expect(await fileOf(fake({ '/credentials/{credential}/certificate.pdf': blob }), 'x', 'pdf')).toBe(blob);
	});
});

describe('DataFile', () => {
	it('gathers every part: results of ended attempts, answers of open ones', async () => {
		const file = new DataFile();
		const blob = await file.read(fake(ALL), '2026-11-21T10:00:00Z');
		const data = JSON.parse((await blob?.text()) ?? '') as Record<string, unknown>;
		expect(Object.keys(data)).toEqual(['made_at', 'from', 'progress', 'person', 'readiness', 'review', 'credentials', 'messages', 'attempts']);
		expect(data.attempts).toEqual([{ id: '1' }, { attempt: '2' }]);
		expect([file.done, file.all, file.busy]).toEqual([8, 8, false]);
	});

	it('says what could not be read and gives no half file', async () => {
		const rest = Object.fromEntries(Object.entries(ALL).filter(([path]) => path !== '/me/messages'));
		const file = new DataFile();
		expect(await file.read(fake(rest), '')).toBeUndefined();
		expect(file.error?.code).toBe('not_found');
	});

	it('can be stopped', async () => {
		const file = new DataFile();
		const asked: string[] = [];
		const reading = file.read(fake(ALL, asked), '');
		file.stop();
		expect(await reading).toBeUndefined();
		expect(asked).toEqual(['/me/progress']);
	});
});
