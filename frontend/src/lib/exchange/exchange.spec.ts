import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/error.ts';
import { exchange as m } from '../messages/en/trainer-exchange.ts';
import { exchangeHref, placeOf } from './address.ts';
import { Bringing, sharedTag, tagsOf } from './bringing.svelte.ts';
import { troubleWith } from './file.ts';
import { FORMATS, formatTitle } from './format.ts';
import { Taking } from './taking.svelte.ts';
import type { ImportBody, Imported, ImportReport } from './types.ts';

const question = (line: number, known = false): Imported => ({ line, known, title: `Q${line}`, kind: 'single', tags: ['unit'], open: 1 });
const report = (...questions: Imported[]): ImportReport => ({
	format: 'gift', created: 0, pictures: 0, refused: 0, known: questions.filter(({ known }) => known).length, questions, findings: []
});

/** A server that answers one after the other. */
function server(...answers: (ImportReport | ApiError)[]) {
	const asked: ImportBody[] = [];
	const bringing = new Bringing({
		import: (body) => {
			asked.push(body);
			const answer = answers[asked.length - 1];
			return answer && !(answer instanceof ApiError) ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('not expected'));
		}
	});
	return { asked, bringing };
}

const file = (name = 'unit.gift') => new File(['x{T}'], name);

describe('Bringing', () => {
	it('first says what is in the file, then keeps it, with copies only when asked', async () => {
		const dry = report(question(1), question(4, true));
		const { asked, bringing } = server(dry, dry, { ...dry, created: 2 });
		Object.assign(bringing.given, { tags: 'Unit, b ,', pool: 'exam' });
		await bringing.choose(file());
		expect([bringing.step, bringing.fresh.length]).toEqual(['checked', 1]);
		await bringing.copy(true);
		expect([bringing.step, bringing.fresh.length]).toEqual(['checked', 2]);
		await bringing.keep();
		expect(bringing.step).toBe('done');
		expect(asked.map(({ dry_run, copies }) => [dry_run, copies])).toEqual([[true, false], [true, true], [false, true]]);
		expect(asked[0]).toMatchObject({ format: 'auto', name: 'unit.gift', pool: 'exam', tags: ['Unit', 'b'], file: btoa('x{T}') });
		expect(asked[0]).not.toHaveProperty('module');
	});

	it('asks for the lesson of a module before it sends the file', async () => {
		const { asked, bringing } = server(report(question(1)));
		bringing.given.module = 'ground';
		await bringing.choose(file());
		expect([bringing.step, bringing.lessonMissing, bringing.held, asked.length]).toEqual(['choose', true, true, 0]);
		bringing.given.lesson = 'basics';
		await bringing.check();
		expect([bringing.step, asked[0]?.module, asked[0]?.lesson]).toEqual(['checked', 'ground', 'basics']);
	});

	it('keeps the file when the link is gone and when settings change; another file begins anew', async () => {
		const { bringing } = server(new ApiError('offline'), report(question(1)), new ApiError('offline'));
		await bringing.choose(file());
		expect([bringing.step, bringing.error?.code, bringing.held]).toEqual(['choose', 'offline', true]);
		await bringing.check();
		await bringing.keep();
		expect([bringing.step, bringing.error?.code]).toEqual(['checked', 'offline']);
		bringing.change();
		expect([bringing.step, bringing.report, bringing.held]).toEqual(['choose', undefined, true]);
		bringing.reset();
		expect(bringing.held).toBe(false);
	});

	it('sends nothing that cannot be questions', async () => {
		const { asked, bringing } = server();
		await bringing.choose(file('manual.pdf'));
		expect([bringing.trouble, asked.length]).toEqual(['isDocument', 0]);
		expect([troubleWith({ name: 'a.xls', size: 1 }), troubleWith({ name: 'a', size: 0 }), troubleWith({ name: 'a.txt', size: 3e7 }), troubleWith({ name: 'a.zip', size: 1 })]).toEqual(['oldExcel', 'empty', 'tooLarge', undefined]);
	});
});

describe('what is said of files', () => {
	it('finds the tag by which all are found again', () => {
		expect(tagsOf(' a; b\na ,')).toEqual(['a', 'b']);
		expect(sharedTag(['Other', 'Unit'], [question(1)])).toBe('unit');
		expect(sharedTag(['Unit'], [])).toBeUndefined();
	});

	it('names every format', () => {
		expect(FORMATS.filter((format) => !m.formats[format] || !m.formatHints[format])).toEqual([]);
		expect([formatTitle(m.formats, 'qti-2.1'), formatTitle(m.formats, 'moodle-xml'), formatTitle(m.formats, 'new')]).toEqual(['QTI 2.1', 'Moodle XML', 'new']);
	});

	it('holds an export in its address', () => {
		const href = exchangeHref({ part: 'export', format: 'gift', filter: { state: 'approved', sort: 'id' } });
		expect(href).toBe('/trainer/exchange?state=approved&part=export&format=gift');
		expect(placeOf(new URLSearchParams(href.split('?')[1]))).toEqual({ part: 'export', format: 'gift', filter: { state: 'approved' } });
		expect(placeOf(new URLSearchParams('format=pdf'))).toEqual({ part: 'import', format: 'sheet', filter: {} });
	});

	it('hands a file over, or says why not', async () => {
		const given: string[] = [];
		const taking = new Taking((_, name) => given.push(name));
		await taking.take('gift', () => Promise.resolve({ blob: new Blob(), name: 'q.gift.txt' }));
		expect([given, taking.name, taking.what]).toEqual([['q.gift.txt'], 'q.gift.txt', '']);
		await taking.take('gift', () => Promise.reject(new ApiError('offline')));
		expect([taking.error?.code, taking.name, taking.what]).toEqual(['offline', '', '']);
	});
});
