import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { makeTrainer } from './backstage.ts';
import type { Demo } from './demo.ts';
import { expect, expectSound, join, signIn, test } from './fixtures.ts';
import { READER, TITLE } from './reader.ts';

const DESK = { width: 1280, height: 900 };
const QUESTIONS = 20;

/** A day as a field for local time takes it. */
function local(days: number): string {
	const at = new Date(Date.now() + days * 86_400_000);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T08:00`;
}

/** A file as a trainer has it: printed by a browser. */
async function pdf(browser: Browser): Promise<Buffer> {
	const page = await browser.newPage();
	await page.setContent(READER);
	const file = await page.pdf({ format: 'A4' });
	await page.close();
	return file;
}

/** Somebody who never was a trainer before, at their own desk. */
async function newTrainer(demo: Demo, browser: Browser, request: APIRequestContext): Promise<Page> {
	const account = await join(demo, request);
	makeTrainer(demo, account.username);
	const context = await browser.newContext({ viewport: DESK, baseURL: demo.url, locale: 'en-GB' });
	const desk = await context.newPage();
	desk.setDefaultTimeout(20_000);
	await signIn(desk, { ...account, role: 'trainer' });
	return desk;
}

/** Reads the file in, by way of the first page. */
async function readIn(page: Page, file: Buffer): Promise<void> {
	await page.getByRole('link', { name: 'Draft questions from a document' }).click();
	await page.getByRole('link', { name: 'Read a document in' }).first().click();
	await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'reader.pdf', mimeType: 'application/pdf', buffer: file });
	await expect(page.getByRole('heading', { name: 'What was read from reader.pdf' })).toBeVisible();
	await page.getByLabel('Title').fill(TITLE);
	await page.getByLabel('How reliable is it?').selectOption('high');
	await page.getByRole('button', { name: 'Keep the document' }).click();
	await page.getByRole('link', { name: 'Open the document' }).click();
	await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
}

/** Says what accepted drafts get: the exam pool, and two outcomes. */
async function chooseOutcomes(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Choose', exact: true }).click();
	const sheet = page.getByRole('dialog', { name: 'What accepted drafts get' });
	await sheet.getByLabel('Pool').selectOption('exam');
	await sheet.getByLabel('Outcomes of the module').selectOption({ index: 1 });
	const ticks = sheet.locator('.lessons').getByRole('checkbox');
	await ticks.nth(0).check();
	await ticks.nth(1).check();
	await expectSound(page);
	await sheet.getByRole('button', { name: 'Back to the drafts' }).click();
	await expect(page.getByText('What you accept: Exam pool, 2 outcomes')).toBeVisible();
}

/** Accepts so many drafts by keyboard alone, section by section; the first one is taken back once. */
async function acceptAll(page: Page, wanted: number): Promise<void> {
	const { keyboard } = page;
	const draft = page.getByRole('heading', { name: /^Draft \d+ of \d+$/ });
	const over = page.getByText('The rules find nothing to ask in this section');
	await expect(draft.or(over)).toBeVisible();
	for (let accepted = 0; accepted < wanted; ) {
		await expect(draft.or(over)).toBeVisible();
		if (await over.isVisible()) {
			const section = page.getByLabel('Section');
			const at = await section.inputValue();
			await keyboard.press('n');
			await expect(section).not.toHaveValue(at);
			continue;
		}
		await keyboard.press('a');
		await expect(page.getByText(count(++accepted))).toBeVisible();
		if (accepted > 1) continue;
		await keyboard.press('u');
		await expect(page.getByText('Here is the draft again; the question is out of the bank.')).toBeVisible();
		await expect(page.getByText(count(1))).toBeHidden();
		await keyboard.press('a');
		await expect(page.getByText(count(1))).toBeVisible();
	}
}

const count = (n: number) => (n === 1 ? '1 question of this document is a draft' : `${n} questions of this document are drafts`);

/** Does the usual thing with all questions of the list. */
async function withAll(page: Page, n: number): Promise<void> {
	await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
	await expect(page.getByText(`${n} questions are chosen.`)).toBeVisible();
	await page.getByRole('button', { name: 'Change them' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Do it' }).click();
	await expect(sheet.getByText(`${n} questions are as you wanted.`)).toBeVisible();
}

test('a new trainer goes from a PDF to an approved, scheduled exam of 20 questions, and a trainee starts it', async ({ page, demo, browser, request, account }) => {
	test.setTimeout(300_000);
	const trainer = await newTrainer(demo, browser, request);
	await expectSound(trainer);
	await readIn(trainer, await pdf(browser));
	await expectSound(trainer);

	// Twenty drafts, each with outcomes, without opening one of them.
	await chooseOutcomes(trainer);
	await acceptAll(trainer, QUESTIONS);
	await trainer.evaluate(() => scrollTo(0, 0)); // what the bar covers is no target
	await expectSound(trainer);
	const document = trainer.url().split('?')[0] ?? '';
	await trainer.getByRole('link', { name: 'Send drafts to review' }).click();
	await expect(trainer.getByText(`${QUESTIONS} questions fit.`)).toBeVisible();
	await expectSound(trainer);
	await withAll(trainer, QUESTIONS);
	await expectSound(trainer);
	await trainer.getByRole('link', { name: 'Show those in review' }).click();
	await expect(trainer.getByText(`${QUESTIONS} questions fit.`)).toBeVisible();

	// Nobody approves their own questions for an exam: somebody else does.
	await trainer.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
	await trainer.getByRole('button', { name: 'Change them' }).click();
	await trainer.getByRole('dialog').getByRole('button', { name: 'Do it' }).click();
	await expect(trainer.getByRole('dialog').getByText(/A question of the exam pool is approved by/)).toBeVisible();
	const other = await newTrainer(demo, browser, request);
	await expect(other.getByText(`${QUESTIONS} questions wait for review`)).toBeVisible();
	await other.locator('.card').filter({ hasText: `${QUESTIONS} questions wait for review` }).getByRole('link', { name: 'Open the list' }).click();
	await withAll(other, QUESTIONS);
	await other.getByRole('link', { name: 'Show those approved' }).click();
	await expect(other).toHaveURL(/state=approved/);
	await other.context().close();

	// The coverage of the document and of its outcomes.
	await trainer.goto(`${document}?view=coverage`);
	await expect(trainer.getByRole('heading', { name: 'Outcomes' })).toBeVisible();
	await expect(trainer.getByRole('listitem').filter({ hasText: new RegExp(`^${QUESTIONS}`) })).toHaveCount(2);
	await expectSound(trainer);

	// The quiz.
	await trainer.goto(`/trainer/questions?document=${document.split('/').pop()}&state=approved`);
	await trainer.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
	await trainer.getByRole('link', { name: 'Build a quiz of these' }).click();
	await schedule(trainer);
	await trainer.context().close();

	page.setDefaultTimeout(20_000);
	await signIn(page, account);
	await start(page);
});

const EXAM = 'Law before deployment';

/** Names the quiz, gives it a window, looks at a paper and publishes it. */
async function schedule(page: Page): Promise<void> {
	await page.getByRole('textbox', { name: 'Title' }).fill(EXAM);
	await expect(page.getByText(/^20 questions\. About .* people score about \d+/)).toBeVisible();
	await page.getByLabel('Opens').fill(local(-1));
	await page.getByLabel('Closes').fill(local(7));
	await page.getByLabel('Time limit, minutes').fill('40');
	await expectSound(page);
	await page.getByRole('button', { name: 'See a sample paper' }).click();
	const sample = page.getByRole('dialog', { name: 'Preview as a trainee' });
	await expect(sample.locator('[data-kind]')).toHaveCount(QUESTIONS);
	await expectSound(page);
	await sample.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('button', { name: 'Publish', exact: true }).click();
	await page.getByRole('dialog', { name: 'Publish this quiz?' }).getByRole('button', { name: 'Publish', exact: true }).click();
	await expect(page.getByText('Published. Trainees can see it now.')).toBeVisible();
	await page.getByRole('link', { name: 'All quizzes' }).click();
	await expect(page.getByRole('row', { name: new RegExp(EXAM) })).toContainText('Closes');
}

/** A trainee finds the exam in its window and starts it. */
async function start(page: Page): Promise<void> {
	await page.goto('/modules');
	const card = page.getByRole('region', { name: EXAM });
	await expect(card).toContainText('Closes');
	await expectSound(page);
	await card.getByRole('button', { name: 'Start the quiz' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Start the quiz' }).click();
	await expect(page).toHaveURL(/\/attempts\/[0-9a-f-]{36}$/);
	await expect(page.getByText(/1 of 20/).first()).toBeVisible();
	await expectSound(page);
}
