import type { APIRequestContext, Browser, Page } from '@playwright/test';
import type { components } from '../src/lib/api/schema.d.ts';
import type { Demo } from './demo.ts';
import { Api, expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

type Schemas = components['schemas'];

const HTML = `<title>Legal frame of the mission</title><h1>Legal frame of the mission</h1>
<h2>Status of forces</h2>
<p>The Status of Forces Agreement (SOFA) regulates the legal position of a mission in the host state. The Rules of Engagement (ROE) say when and how force may be used by military personnel.</p>
<p>Peacekeepers protect civilians, support elections, monitor ceasefires and disarm combatants. The mission in Mali was closed in 2023.</p>
<p>The Troop-Contributing Country (TCC) provides military personnel to a mission. The Security Council adopted resolution 1325 in 2000.</p>
<h2>Consent</h2>
<p>The host state gives its consent to the mission. Consent may be withdrawn at any time.</p>`;

const MARKDOWN = `# Legal frame

The Status of Forces Agreement (SOFA) regulates the legal position of a mission in the host state. The Rules of Engagement (ROE) say when and how force may be used by military personnel.

# Consent

The host state gives its consent to the mission. Consent may be withdrawn at any time.
`;

/** A PDF as a browser prints it. */
async function pdf(browser: Browser): Promise<Buffer> {
	const page = await browser.newPage();
	await page.setContent(HTML);
	const file = await page.pdf({ format: 'A4' });
	await page.close();
	return file;
}

async function trainerApi(demo: Demo, request: APIRequestContext): Promise<Api> {
	const api = new Api(request, demo.url, demo.account('marta.trainer'));
	await api.signIn();
	return api;
}

function upload(name: string, text: string, more: object = {}) {
	return { name, file: Buffer.from(text).toString('base64'), dry_run: false, ...more };
}

/** Selects words of a passage as a mouse would. */
async function select(page: Page, passage: number, words: string): Promise<void> {
	await page.locator(`[data-passage="${passage}"]`).evaluate((element, wanted) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const at = node.textContent?.indexOf(wanted) ?? -1;
			if (at >= 0) return getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
		}
		throw new Error(`no “${wanted}”`);
	}, words);
}

/** Fills what a question with one right answer needs to be kept. */
async function writeQuestion(page: Page, stem: string): Promise<void> {
	await page.getByLabel('What is asked').fill(stem);
	const texts = page.locator('[data-field^="options["][data-field$=".text"] :is(input, textarea)');
	for (let i = 0; i < (await texts.count()); i++) await texts.nth(i).fill(`Answer ${i + 1}`);
}

test.beforeEach(({ page }) => page.setViewportSize({ width: 1280, height: 900 }));

test('a trainer reads a PDF in, takes drafts, edits one, writes one on selected words, and sees the coverage', async ({ page, demo, browser, request }) => {
	test.slow();
	await signIn(page, demo.account('marta.trainer'));
	await page.goto('/trainer/documents');
	await expect(page.getByRole('heading', { name: 'No document is here yet' })).toBeVisible();
	await expectSound(page);

	await page.getByRole('link', { name: 'Read a document in' }).first().click();
	const chooser = page.getByLabel('File', { exact: true });
	await chooser.setInputFiles({ name: 'old.doc', mimeType: 'application/msword', buffer: Buffer.from('x') });
	await expect(page.getByText('Save it as .docx or PDF')).toBeVisible();
	await expectSound(page);
	await chooser.setInputFiles({ name: 'legal.pdf', mimeType: 'application/pdf', buffer: await pdf(browser) });
	await expect(page.getByRole('heading', { name: 'What was read from legal.pdf' })).toBeFocused();
	await expect(page.getByText('2 sections, 4 passages')).toBeVisible();
	await expect(page.getByText('The Status of Forces Agreement (SOFA)')).toBeVisible();
	await expectSound(page);
	await page.getByLabel('Title').fill('');
	await page.getByRole('button', { name: 'Keep the document' }).click();
	await expect(page.getByText('Give the document a title.')).toBeVisible();
	await page.getByLabel('Title').fill('Legal frame');
	await page.getByLabel('How reliable is it?').selectOption('medium');
	await page.getByRole('button', { name: 'Keep the document' }).click();
	await page.getByRole('link', { name: 'Open the document' }).click();

	// Two drafts as they are.
	const heading = page.getByRole('heading', { name: /^Draft \d+ of \d+$/ });
	await expect(heading).toBeVisible();
	const before = Number(/of (\d+)/.exec(await heading.innerText())?.[1]);
	expect(before).toBeGreaterThanOrEqual(3);
	await expectSound(page);
	await page.getByRole('button', { name: 'Accept' }).click();
	await expect(page.getByRole('heading', { name: `Draft 1 of ${before - 1}` })).toBeVisible();
	await page.getByRole('button', { name: 'Accept' }).click();
	await expect(page.getByRole('heading', { name: `Draft 1 of ${before - 2}` })).toBeVisible();
	await expect(page.getByText('It is in the bank as a draft.')).toBeVisible();

	// One with other words.
	await page.getByRole('button', { name: /^Edit/ }).click();
	await expect(page.getByRole('heading', { name: 'Edit the draft' })).toBeFocused();
	await page.getByLabel('What is asked').fill('In one word or two: what is meant here?');
	await page.getByRole('button', { name: 'Save as a draft' }).click();
	await expect(page.getByText('Accepted with your changes.')).toBeVisible();

	// One of one's own, on words of the text.
	await page.getByRole('button', { name: 'Next section' }).click();
	await expect(page.getByRole('heading', { name: 'Consent', exact: true })).toBeVisible();
	await select(page, 1, 'Consent may be withdrawn');
	await expect(page.getByText('You have selected')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Write a question on this' }).first().click();
	await writeQuestion(page, 'What may the host state do at any time?');
	await expectSound(page);
	await page.getByRole('button', { name: 'Save as a draft' }).click();
	await expect(page.getByText('Kept. It is in the bank as a draft.')).toBeVisible();
	await expect(page.getByRole('link', { name: 'What may the host state do at any time?' })).toBeVisible();
	await expect(page.locator('[data-passage="1"] .one').getByText('Consent may be withdrawn')).toBeVisible();

	await page.getByRole('link', { name: 'Coverage' }).click();
	await expect(page.getByRole('link', { name: 'Passage 1: 1 question' }).last()).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'Passage 1: 1 question' }).last().click();
	await expect(page.getByRole('heading', { name: 'Questions on passage 1' })).toBeVisible();

	// What the bank has.
	const api = await trainerApi(demo, request);
	const id = decodeURIComponent(new URL(page.url()).pathname.split('/').pop() ?? '');
	const { items } = await api.get<Schemas['BankList']>(`/questions?document=${id}`);
	expect(items.map(({ state }) => state)).toEqual(['draft', 'draft', 'draft', 'draft']);
	const own = items.find(({ stem }) => stem === 'What may the host state do at any time?');
	const { question, findings } = await api.get<Schemas['BankQuestion']>(`/questions/${own?.id}`);
	expect(question.anchors?.[0]).toMatchObject({ document: id, section: 'consent', paragraph: 1, quote: 'Consent may be withdrawn' });
	expect(question.anchors?.[0]?.hash).toHaveLength(32);
	expect(findings.filter(({ field }) => field.startsWith('anchors'))).toEqual([]);
	const rules = await api.get<Schemas['DraftRules']>('/drafting-rules');
	expect(rules.items.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2);
	expect(rules.items.reduce((sum, { edited }) => sum + edited, 0)).toBe(1);

	await page.goto('/trainer/documents');
	await expect(page.getByText(/^\d of 4 passages have a question$/)).toBeVisible();
	await page.getByText('How drafts were taken').click();
	await expect(page.getByRole('row').filter({ hasText: 'of' }).first()).toBeVisible();
	await expectSound(page);
});

test('the workbench is worked by keyboard alone', async ({ page, demo, request }) => {
	test.slow();
	const api = await trainerApi(demo, request);
	const { document } = await api.post<Schemas['DocumentImport']>('/documents', upload('keys.md', MARKDOWN, { title: 'Keys' }));
	await signIn(page, demo.account('marta.trainer'));
	await page.goto(`/trainer/documents/${document.id}`);
	const press = (key: string) => page.keyboard.press(key);
	const heading = page.getByRole('heading', { name: /^Draft \d+ of \d+$/ });
	await expect(heading).toBeVisible();
	const all = Number(/of (\d+)/.exec(await heading.innerText())?.[1]);
	expect(all).toBeGreaterThanOrEqual(2);

	await press('j');
	await expect(heading).toHaveText(`Draft 2 of ${all}`);
	await press('k');
	await expect(heading).toHaveText(`Draft 1 of ${all}`);
	await press('?');
	await expect(page.getByRole('dialog', { name: 'Keys of the workbench' })).toBeVisible();
	await expectSound(page);
	await press('a');
	await press('Escape');
	await expect(page.getByRole('dialog', { name: 'Keys of the workbench' })).toBeHidden();
	await expect(heading).toHaveText(`Draft 1 of ${all}`);

	// A rejection can be taken back; so can an acceptance.
	await press('r');
	await expect(page.getByText('Rejected.')).toBeVisible();
	await press('u');
	await expect(page.getByText('Here is the draft again.')).toBeVisible();
	await expect(heading).toHaveText(`Draft 1 of ${all}`);
	await press('a');
	await expect(page.getByText('Accepted.')).toBeVisible();
	await press('u');
	await expect(page.getByText('the question is out of the bank')).toBeVisible();
	await expect(heading).toHaveText(`Draft 1 of ${all}`);
	expect((await api.get<Schemas['BankList']>(`/questions?document=${document.id}`)).items).toEqual([]);
	await press('e');
	await expect(page.getByRole('heading', { name: 'Edit the draft' })).toBeFocused();
	await press('Tab');
	await press('Enter');
	await expect(heading).toBeVisible();

	// Words are chosen with Shift and arrows.
	await press('w');
	const field = page.getByLabel('The words that it rests on');
	await expect(field).toBeFocused();
	await press('Control+Home');
	for (let i = 0; i < 'The Status of Forces Agreement'.length; i++) await press('Shift+ArrowRight');
	await expect(page.locator('q')).toHaveText('The Status of Forces Agreement');
	await press('Tab');
	await press('Enter');
	await expect(page.getByRole('heading', { name: 'Write a question' })).toBeFocused();
	for (let i = 0; i < 6 && !(await page.getByLabel('What is asked').evaluate((element) => element === globalThis.document.activeElement)); i++) await press('Tab');
	await page.keyboard.type('Which agreement is it? And a, e, r are letters here.');
	const save = page.getByRole('button', { name: 'Save as a draft' });
	for (let i = 0; i < 120 && !(await save.evaluate((element) => element === globalThis.document.activeElement)); i++) await press('Tab');
	await press('Enter');
	await expect(page.getByText('Kept. It is in the bank as a draft.')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Which agreement is it?' })).toBeVisible();
});

test('a new edition says which questions become stale, garbled text is looked at, and corrections are recorded', async ({ page, demo, request }) => {
	test.slow();
	const api = await trainerApi(demo, request);
	const { document } = await api.post<Schemas['DocumentImport']>('/documents', upload('frame.md', MARKDOWN, { title: 'Frame' }));
	const { items } = await api.get<Schemas['DraftList']>(`/documents/${document.id}/drafts?section=legal-frame`);
	for (const { id } of items.slice(0, 2)) await api.post(`/drafts/${id}/accept`, { tags: [] });

	await signIn(page, demo.account('marta.trainer'));
	await page.goto(`/trainer/documents/${document.id}?view=about`);
	await page.getByRole('button', { name: 'Record a correction' }).click();
	await page.getByRole('button', { name: 'Save' }).last().click();
	await expect(page.getByText('Say what the document claims.')).toBeVisible();
	await expectSound(page);
	await page.getByLabel('What the document says, in other words').fill('Consent cannot be withdrawn.');
	await page.getByLabel('What is right').fill('It can.');
	await page.getByLabel('Who says so').fill('Charter');
	await page.getByLabel('Where').selectOption('consent');
	await page.getByRole('button', { name: 'Save' }).last().click();
	await expect(page.getByText('Misleading or outdated · Consent')).toBeVisible();
	await expectSound(page);

	await page.getByRole('link', { name: 'Read a new edition in' }).click();
	await expect(page.getByRole('heading', { name: 'A new edition of “Frame”' })).toBeVisible();
	const second = MARKDOWN.replace('The Status of Forces Agreement (SOFA) regulates', 'A wholly different treaty now governs');
	const garbled = `${second}\n# Annex\n\n${'\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD\uFFFD '.repeat(20)}\n`;
	await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'frame2.md', mimeType: 'text/markdown', buffer: Buffer.from(garbled) });
	await expect(page.getByText(/will have to be confirmed/)).toBeVisible();
	await expect(page.getByText('Some of the text looks garbled')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Keep the edition' }).click();
	await expect(page.getByText('Look at the samples, then tick this box.')).toBeVisible();
	await page.getByLabel('I have looked at these samples').check();
	await page.getByRole('button', { name: 'Keep the edition' }).click();
	await expect(page.getByText('It is in the library: Edition 2')).toBeVisible();

	await page.goto('/trainer/documents?search=frame');
	await expect(page.getByRole('link', { name: /to be confirmed/ })).toBeVisible();
	await page.goto(`/trainer/documents/${document.id}?view=coverage`);
	await expect(page.getByText(/lost (its|their) words/)).toBeVisible();
	await expectSound(page);
	await page.goto(`/trainer/documents/${document.id}?section=consent`);
	await page.getByText('1 correction', { exact: true }).click();
	await expect(page.getByText('Consent cannot be withdrawn.')).toBeVisible();
	await expectSound(page);
});

test('lessons and sources are documents to draft from; a phone shows text or drafts', async ({ page, demo }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await signIn(page, demo.account('marta.trainer'));
	await page.goto('/trainer/documents?origin=source');
	await expect(page.getByText(/passages have a question/).first()).toBeVisible();
	await page.goto('/trainer/documents?origin=lesson');
	await page.locator('article h2 a').first().click();
	await expect(page.getByText('To read and to draft from')).toBeVisible();
	await expect(page.getByRole('region', { name: 'Text' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Drafts' })).toBeHidden();
	await page.getByRole('button', { name: /^Drafts/ }).click();
	await expect(page.getByRole('region', { name: 'Drafts' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Text' })).toBeHidden();
	// Tall enough that the bar of places covers nothing.
	await page.setViewportSize({ width: 360, height: 1800 });
	await expectSound(page);
	await page.evaluate(() => (document.documentElement.dir = 'rtl'));
	await expectFits(page);
});
