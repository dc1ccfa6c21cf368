import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

/** Three questions as Moodle writes them; the second has no number. */
const GIFT = `// A file of a colleague.
::Organs::Which organ decides on the mandate of a mission? {
	=The Security Council#Yes.
	~The General Assembly#It approves the budget.
	~The Secretariat#It plans the daily work.
}

::Broken::How many members has the Security Council? {#
	=fifteen
}

::Statute::The Rome Statute was adopted in 1998. {T#It was adopted later.#Yes, on 17 July 1998.}
`;

async function choose(page: Page, name: string, text: string): Promise<void> {
	await page.getByLabel('File of questions').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

/** Presses a button and reads the file that comes. */
async function download(page: Page, button: string): Promise<{ name: string; text: string }> {
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: button }).click();
	const file = await coming;
	return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** Goes on by Tab until an element has the focus, and is seen to have it. */
async function tabTo(page: Page, name: string): Promise<void> {
	const wanted = page.getByRole('button', { name, exact: true });
	for (let i = 0; i < 60 && !(await wanted.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press('Tab');
	await expect(wanted).toBeFocused();
	expect(await wanted.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
}

test.beforeEach(async ({ page, demo }) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await signIn(page, demo.account('marta.trainer'));
});

test('a GIFT file with a bad question comes in but for that one, and goes out again', async ({ page }) => {
	test.slow();
	await page.getByRole('link', { name: 'Import questions' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Import and export' })).toBeVisible();
	await expectSound(page);

	// What cannot be a file of questions is said at once.
	await choose(page, 'handbook.docx', 'x');
	await expect(page.getByText('This is a document, not a file of questions.')).toBeVisible();
	await expectSound(page);

	// The dry run: each question with its line, and what is wrong with the bad one.
	await page.getByLabel('Tags for all of them').fill('From Unit');
	await choose(page, 'unit.gift', GIFT);
	await expect(page.getByRole('heading', { name: 'What is in unit.gift' })).toBeFocused();
	await expect(page.getByText('Read as GIFT. Nothing is kept yet.')).toBeVisible();
	await expect(page.getByText('2 questions can be imported')).toBeVisible();
	await expect(page.getByText('1 question cannot be kept and is left out.')).toBeVisible();
	const findings = page.getByRole('table', { name: 'What to know about the file' });
	await expect(findings.getByRole('row').filter({ hasText: 'Broken' })).toContainText(/^(8|9)\s*Left out/);
	const read = page.getByRole('region', { name: 'Questions in the file' });
	await expect(read.getByRole('listitem').filter({ hasText: 'Line 2' }).getByText('Organs')).toBeVisible();
	await expect(read.getByRole('listitem').filter({ hasText: 'Line 12' }).getByText('Statute')).toBeVisible();
	await read.getByText('Show what was read').first().click();
	await expect(read.getByText('It approves the budget.')).toBeVisible();
	await expectSound(page);

	// Back to the settings and on again by keyboard alone.
	await tabTo(page, 'Change the settings');
	await page.keyboard.press('Enter');
	await expect(page.getByText('unit.gift is still chosen.')).toBeVisible();
	await expect(page.getByLabel('Tags for all of them')).toHaveValue('From Unit');
	await tabTo(page, 'Read it again');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'What is in unit.gift' })).toBeFocused();
	await tabTo(page, 'Import 2 questions');
	await page.keyboard.press('Enter');
	await expect(page.getByText('2 questions imported')).toBeVisible();
	await expect(page.getByRole('table', { name: 'What to know about the file' })).toContainText('Broken');
	await expectSound(page);
	await page.getByRole('link', { name: 'See them in the bank' }).click();
	await expect(page).toHaveURL(/tag=from\+unit/);
	await expect(page.getByText('2 questions fit.')).toBeVisible();

	// A second time they are known.
	await page.goto('/trainer/exchange');
	await page.getByLabel('Tags for all of them').fill('From Unit');
	await choose(page, 'unit.gift', GIFT);
	await expect(page.getByText('There is nothing new to import')).toBeVisible();
	await expect(page.getByText('The bank already has 2 questions.')).toBeVisible();
	await expect(page.getByLabel('Import second copies of 2 known questions')).not.toBeChecked();
	await expectSound(page);

	// And out: what was read is what is written.
	await page.getByRole('link', { name: 'Export', exact: true }).click();
	await page.getByLabel('Format', { exact: true }).selectOption('gift');
	await page.getByLabel('Tag', { exact: true }).fill('from unit');
	await page.keyboard.press('Enter');
	await expect(page.getByText('2 questions fit')).toBeVisible();
	await expectSound(page);
	const { name, text } = await download(page, 'Download 2 questions');
	expect(name).toMatch(/\.(gift|txt)$/);
	for (const words of ['::Organs::', '=The Security Council#Yes.', '~The General Assembly#It approves the budget.', '::Statute::', 'The Rome Statute was adopted in 1998.']) {
		expect(text).toContain(words);
	}
	expect(text).not.toContain('Broken');
	await expect(page.getByText(`${name} is with your downloads.`)).toBeVisible();
});

test('each format has an example, and the example of GIFT can be read in', async ({ page }) => {
	await page.goto('/trainer/exchange');
	const { name, text } = await download(page, 'Download the example: GIFT');
	expect(text).toContain('=Security Council -> gives the mandate');
	await choose(page, name, text);
	await expect(page.getByRole('heading', { name: `What is in ${name}` })).toBeVisible();
	await expect(page.getByText(/\d+ questions can be imported/)).toBeVisible();
	await expect(page.getByText('Left out')).toHaveCount(0);
	await expectFits(page);
	await page.getByRole('button', { name: 'Choose another file' }).click();
	await expect(page.getByLabel('File of questions')).toBeVisible();
	for (const [format, ending] of [['Sheet (Excel, XLSX)', 'xlsx'], ['Moodle XML', 'xml'], ['QTI 3.0', 'zip']] as const) {
		expect((await download(page, `Download the example: ${format}`)).name).toMatch(new RegExp(`\\.${ending}$`));
	}
});
