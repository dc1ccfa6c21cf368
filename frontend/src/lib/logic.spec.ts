import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api/error.ts';
import { errorTexts } from './errors.ts';
import { direction } from './locale.svelte.ts';
import { catalogue } from './messages/index.ts';
import { plural } from './messages/plural.ts';
import { firstName, nextHref, partOfDay, safeNext } from './next.ts';
import { Resource } from './resource.svelte.ts';
import { Saved } from './saved.svelte.ts';

describe('nextHref', () => {
	it.each([
		[{ kind: 'resume_attempt', attempt: 'a1', module: 'm' }, '/attempts/a1'],
		[{ kind: 'check', module: 'm' }, '/modules/m#check'],
		[{ kind: 'lesson', module: 'm', lesson: 'l' }, '/modules/m/l'],
		[{ kind: 'practice', module: 'm', lesson: 'l' }, '/modules/m/l#practice'],
		[{ kind: 'done' }, '/me'],
		[{ kind: 'something new' }, '/modules']
	])('%j leads to %s', (next, href) => {
		expect(nextHref(next)).toBe(href);
	});
});

describe('safeNext', () => {
	it.each([
		['/modules/m?x=1', '/modules/m?x=1'],
		['//evil.example', '/'],
		['/\\evil.example', '/'],
		['https://evil.example', '/'],
		['javascript:alert(1)', '/'],
		[null, '/']
	])('%s becomes %s', (next, href) => {
		expect(safeNext(next)).toBe(href);
	});
});

describe('greeting', () => {
	it.each([
		[3, 'evening'],
		[4, 'morning'],
		[11, 'morning'],
		[12, 'afternoon'],
		[18, 'evening']
	])('at %d it is %s', (hour, part) => {
		expect(partOfDay(hour)).toBe(part);
	});

	it('uses the first name', () => {
		expect(firstName('  Amina Okello ')).toBe('Amina');
	});
});

describe('errorTexts', () => {
	const m = catalogue('en');

	it('says how long to wait', () => {
		const error = new ApiError('throttled', 429);
		error.retryAfter = 42;
		expect(errorTexts(m, error).body).toContain('42 seconds');
		error.retryAfter = 600;
		expect(errorTexts(m, error).body).toContain('10 minutes');
	});

	it.each(
		'invalid unauthenticated session_expired wrong_credentials suspended forbidden not_found conflict sequence_gap event_conflict attempt_closed attempt_open attempts_used_up too_soon not_open username_taken weak_password wrong_code unavailable internal'.split(
			' '
		)
	)('knows %s', (code) => {
		expect(errorTexts(m, new ApiError(code))).not.toEqual(m.errors.byCode.unknown);
	});

	it('has words for a code it does not know', () => {
		expect(errorTexts(m, new ApiError('brand_new'))).toEqual(m.errors.byCode.unknown);
	});
});

describe('plural', () => {
	it.each([
		['en', 1, '1 lesson'],
		['en', 1200, '1,200 lessons'],
		['en', 0, '0 lessons']
	])('%s %d', (locale, n, text) => {
		expect(plural(locale, n, { one: '# lesson', other: '# lessons' })).toBe(text);
	});

	it('uses the categories of the language', () => {
		const forms = { one: '# урок', few: '# урока', many: '# уроков', other: '# урока' };
		expect([1, 3, 5].map((n) => plural('ru', n, forms))).toEqual(['1 урок', '3 урока', '5 уроков']);
	});
});

describe('direction', () => {
	it.each([
		['ar', 'rtl'],
		['ar-EG', 'rtl'],
		['en', 'ltr'],
		['ru', 'ltr']
	])('%s runs %s', (locale, dir) => {
		expect(direction(locale)).toBe(dir);
	});
});

describe('Saved', () => {
	it('says the worst and counts what waits', () => {
		const saved = new Saved();
		expect(saved.state).toBe('saved');
		saved.report('attempt', 'attention', 2);
		saved.report('reading', 'device', 1);
		expect([saved.state, saved.unsent]).toEqual(['attention', 3]);
		saved.report('attempt', 'saved');
		expect([saved.state, saved.unsent]).toEqual(['device', 1]);
	});
});

describe('Resource', () => {
	it('keeps old data when reading again fails', async () => {
		const answers = [Promise.resolve('old'), Promise.reject(new ApiError('offline'))];
		answers[1]?.catch(() => undefined);
		const resource = new Resource(() => answers.shift() ?? Promise.reject(new ApiError('unknown')));
		await vi.waitFor(() => expect(resource.data).toBe('old'));
		await resource.load();
		expect([resource.data, resource.error?.code, resource.loading]).toEqual(['old', 'offline', false]);
	});

	it('does not let an older answer overwrite a newer one', async () => {
		const waiting: ((text: string) => void)[] = [];
		const resource = new Resource(() => new Promise<string>((done) => waiting.push(done)));
		const second = resource.load();
		waiting[1]?.('new');
		await second;
		waiting[0]?.('old');
		await Promise.resolve();
		expect(resource.data).toBe('new');
	});
});
