import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/error.ts';
import type { ImportReport, ImportRequest } from './api.ts';
import { base64, formatOf, template, troubleWith } from './file.ts';
import { Importing } from './importing.svelte.ts';

const person = (line: number) => ({ line, name: `Person ${line}`, username: `person${line}` });
const error = { line: 4, severity: 'error' as const, message: 'The name is missing.' };

const plain = { known: 0, already_due: [] };

/** A server that answers one after the other. */
function server(...answers: (ImportReport | ApiError)[]) {
	const asked: ImportRequest[] = [];
	const cohorts = {
		import: (_: string, body: ImportRequest) => {
			asked.push(body);
			const answer = answers[asked.length - 1];
			return answer && !(answer instanceof ApiError) ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('not expected'));
		}
	};
	return { asked, importing: new Importing(cohorts, 'bravo') };
}

const file = (name = 'people.csv') => new File(['name\nA B\n'], name);

describe('a file of people', () => {
	it('is known by its ending', () => {
		expect(['a.csv', 'A.XLSX', 'b.txt', 'c.xls', 'd'].map(formatOf)).toEqual(['csv', 'xlsx', 'csv', undefined, undefined]);
	});

	it('is refused before it is sent', () => {
		expect(troubleWith({ name: 'a.xls', size: 1 })).toBe('oldExcel');
		expect(troubleWith({ name: 'a.pdf', size: 1 })).toBe('wrongKind');
		expect(troubleWith({ name: 'a.csv', size: 3e6 })).toBe('tooLarge');
		expect(troubleWith({ name: 'a.csv', size: 2e6 })).toBeUndefined();
	});

	it('is sent as base64', async () => {
		expect(await base64(new Blob(['name']))).toBe('bmFtZQ==');
		expect(await base64(new Blob([]))).toBe('');
		expect(await base64(template(['name', 'email']))).toBe(btoa('\xef\xbb\xbfname,email\r\n'));
	});
});

describe('Importing', () => {
	it('first says what it would do, then does it', async () => {
		const report = { rows: 2, created: 0, people: [person(2), person(3)], findings: [], ...plain };
		const { asked, importing } = server(report, { ...report, created: 2 });
		await importing.choose(file());
		expect(importing.step).toBe('checked');
		expect(importing.bad).toBe(0);
		await importing.add(false);
		expect(importing.step).toBe('done');
		expect(asked.map(({ dry_run, skip_bad, format }) => ({ dry_run, skip_bad, format }))).toEqual([
			{ dry_run: true, skip_bad: false, format: 'csv' },
			{ dry_run: false, skip_bad: false, format: 'csv' }
		]);
	});

	it('adds who has an account only when somebody says so, and gives a new date only then', async () => {
		const without = { rows: 2, created: 0, people: [person(2)], findings: [error], known: 1, already_due: [] };
		const withThem = { ...without, people: [person(2), { ...person(3), known: true }], findings: [] };
		const { asked, importing } = server(without, withThem, new ApiError('offline'), { ...withThem, created: 2 });
		await importing.choose(file());
		expect([importing.bad, importing.addsKnown]).toEqual([1, false]);
		await importing.known(true);
		expect([importing.step, importing.bad, importing.addsKnown]).toEqual(['checked', 0, true]);
		await importing.known(false);
		expect([importing.step, importing.addsKnown]).toEqual(['checked', true]);
		await importing.add(false, '2027-02-01');
		expect([importing.step, importing.newDate]).toEqual(['done', '2027-02-01']);
		expect(asked.map(({ add_known, new_date }) => [add_known, new_date])).toEqual([
			[false, undefined],
			[true, undefined],
			[false, undefined],
			[true, '2027-02-01']
		]);
	});

	it('says so when the file is no longer good: nobody was added', async () => {
		const good = { rows: 1, created: 0, people: [person(2)], findings: [], ...plain };
		const { importing } = server(good, { rows: 1, created: 0, people: [], findings: [error], ...plain });
		await importing.choose(file());
		await importing.add(false);
		expect([importing.step, importing.changed, importing.bad]).toEqual(['checked', true, 1]);
	});

	it('keeps the file when the link is gone, to try again', async () => {
		const { asked, importing } = server(new ApiError('offline'), { rows: 2, created: 0, people: [person(2)], findings: [error], ...plain });
		await importing.choose(file());
		expect([importing.step, importing.error?.code]).toEqual(['choose', 'offline']);
		await importing.check();
		expect([importing.step, importing.error, importing.bad, asked.length]).toEqual(['checked', undefined, 1, 2]);
	});

	it('sends nothing that cannot be read', async () => {
		const { asked, importing } = server();
		await importing.choose(file('people.xls'));
		expect([importing.trouble, importing.step, asked.length]).toEqual(['oldExcel', 'choose', 0]);
	});
});
