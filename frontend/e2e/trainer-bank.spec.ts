import type { Page } from '@playwright/test';
import type { components } from '../src/lib/api/schema.d.ts';
import { makeTrainer } from './backstage.ts';
import { Api, expect, expectFits, expectSound, join, signIn, test } from './fixtures.ts';

const DESK = { width: 1280, height: 900 };
type Blueprint = components['schemas']['Blueprint'];

/** Something that the question rests on, and an outcome that it tests. */
async function placeIt(page: Page): Promise<void> {
	await page.getByLabel('Find a source, a reference or a correction').fill('security council');
	await page.getByRole('button', { name: /Reference ·/ }).first().click();
	await page.getByLabel('Outcomes of the module').selectOption({ index: 1 });
	await page.locator('.lessons').getByRole('checkbox').first().click();
	await expect(page.locator('.lessons').getByRole('checkbox').first()).toBeChecked();
}

function idOf(page: Page): string {
	return new URL(page.url()).pathname.replace('/trainer/questions/', '').replaceAll('/', '.');
}

async function saveDraft(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Save as a draft' }).click();
	await expect(page).toHaveURL(/\/trainer\/questions\/.+\/q-\w+$/);
	return idOf(page);
}

test('a trainer writes questions of two kinds, another one approves them, and trainees are asked', async ({ page, demo, browser, request, account }) => {
	// Three people, one after the other.
	test.slow();
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	await expect(page.getByRole('heading', { name: 'What needs you' })).toBeVisible();
	await expectSound(page);

	// A question with options for the exam: it is drawn as it is written, and survives a reload.
	await page.getByRole('link', { name: 'Write a question' }).first().click();
	const drawn = page.getByRole('region', { name: 'As a trainee sees it' });
	await expect(drawn).toContainText('the question appears here');
	await page.getByLabel('What is asked').fill('Who **authorises** a peacekeeping operation?');
	for (const [i, text] of ['The Security Council', 'The Secretary-General', 'The host state'].entries()) {
		await page.getByRole('group', { name: `Option ${i + 1}` }).getByLabel('Text').fill(text);
	}
	await page.getByRole('group', { name: 'Option 1' }).getByLabel('This is right').check();
	await expect(drawn.getByText('The host state')).toBeVisible();
	await expect(drawn.locator('strong', { hasText: 'authorises' })).toBeVisible();
	await expect(page.getByText('Saved on this device, not in the bank yet.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('is back from this device')).toBeVisible();
	await expect(page.getByLabel('What is asked')).toHaveValue('Who **authorises** a peacekeeping operation?');

	// Leaving asks first.
	await page.getByRole('link', { name: 'All questions' }).click();
	await page.getByRole('button', { name: 'Go on writing' }).click();

	// What is wrong stands beside its field, once it is asked for.
	await expect(page.getByText('1 thing must be mended before approval')).toBeVisible();
	await page.getByRole('button', { name: 'Show them beside their fields' }).click();
	await expect(page.getByText('must cite a source section, a reference or a passage').first()).toBeVisible();
	await expectSound(page);
	await placeIt(page);
	await expect(page.getByText('must be mended before approval')).toHaveCount(0);
	await page.getByLabel('Pool', { exact: true }).selectOption('exam');

	// It is tried as a trainee would answer it.
	const right = drawn.getByRole('radio', { name: /The Security Council/ });
	await expect(right).toBeVisible();
	await right.click();
	await expect(right).toBeChecked();
	await drawn.getByRole('button', { name: 'Check the answer' }).click();
	await expect(drawn.getByRole('region', { name: 'Right' })).toBeVisible();
	await saveDraft(page);
	await page.getByRole('button', { name: 'Send to review' }).click();
	await expect(page.getByText('who did neither must approve it.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
	await expectSound(page);

	// A cloze for practice.
	await page.goto('/trainer/questions/new');
	await page.getByLabel('Kind of question').selectOption('cloze');
	await page.getByLabel('What is asked').fill('A mission rests on consent, impartiality and the limited use of ____.');
	await page.getByRole('group', { name: 'Blank 1' }).getByLabel('What counts as right').fill('force\nforces');
	await expect(drawn.getByRole('textbox', { name: 'Blank 1 of 1' })).toBeVisible();
	await placeIt(page);
	await page.getByLabel('Tags').fill('E2E, principles');
	await drawn.getByRole('textbox').fill('Force');
	await drawn.getByRole('button', { name: 'Check the answer' }).click();
	await expect(drawn.getByRole('region', { name: 'Right' })).toBeVisible();
	const cloze = await saveDraft(page);
	await page.getByRole('button', { name: 'Send to review' }).click();
	await expect(page.getByText('It waits for review now.')).toBeVisible();

	// The second person.
	const second = await join(demo, request);
	makeTrainer(demo, second.username);
	const theirs = await browser.newContext({ viewport: DESK, baseURL: demo.url, locale: 'en-GB' });
	const other = await theirs.newPage();
	await signIn(other, { ...second, role: 'trainer' });
	await expect(other.getByText('2 questions wait for review')).toBeVisible();
	for (const stem of ['Who authorises a peacekeeping operation?', 'A mission rests on consent']) {
		await other.goto('/trainer');
		await other.getByRole('link', { name: stem }).click();
		await other.getByLabel('Remark something').fill('Clear and right.');
		await other.getByRole('button', { name: 'Keep the remark' }).click();
		await expect(other.getByText('Clear and right.').first()).toBeVisible();
		await other.getByRole('button', { name: 'Approve' }).click();
		await expect(other.getByText('It is approved and put into papers.')).toBeVisible();
	}
	await expectSound(other);

	// An edit makes another version, which is compared with the one that is asked meanwhile.
	await other.getByRole('link', { name: 'Edit', exact: true }).click();
	await other.getByLabel('Explanation').fill('These are the three principles.');
	await other.getByLabel('What you changed, and why').fill('Why it is so');
	await other.getByRole('button', { name: 'Save the question' }).click();
	await expect(other.getByText('Saved. It is a draft')).toBeVisible();
	await expect(other.getByText('Papers have the version that was approved before.')).toBeVisible();
	await other.getByRole('link', { name: 'History', exact: true }).click();
	await expect(other.locator('ins')).toContainText('These are the three principles.');
	await expect(other.getByText('Why it is so')).toBeVisible();
	await expectSound(other);
	await theirs.close();

	// A practice quiz asks it.
	const trainer = new Api(request, demo.url, demo.account('marta.trainer'));
	await trainer.signIn();
	const made = await trainer.post<Blueprint>('/blueprints', {
		title: 'Principles in a minute', purpose: 'practice', pass_mark: 0.8, attempts: 0, delay_minutes: 0, time_limit_minutes: 0, critical: false,
		rules: [{ tag: 'e2e', pool: 'practice', draw: 1 }],
		shows: { answers: 'immediate', correctness: 'immediate', feedback: 'immediate', score: 'submitted' }
	});
	await trainer.post<Blueprint>(`/blueprints/${made.id}/publish`, { base: made.revision });
	const trainee = new Api(request, demo.url, account);
	await trainee.signIn();
	const { questions } = await trainee.start(made.id);
	expect(questions.map(({ id }) => id)).toEqual([cloze]);
});

test('questions are found, chosen through pages and filters, and changed together, each with its outcome', async ({ page, demo }) => {
	test.slow();
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	await page.getByRole('link', { name: 'Questions', exact: true }).click();
	await expect(page.getByRole('table', { name: 'Questions of the bank' })).toBeVisible();
	await expectSound(page);
	const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
	await expect(rows).toHaveCount(50);
	await page.getByRole('button', { name: 'Show 50 more' }).click();
	await expect(rows).toHaveCount(100);

	await page.getByLabel('Kind', { exact: true }).selectOption('numeric');
	await expect(page).toHaveURL(/kind=numeric/);
	await rows.first().getByRole('checkbox').click();
	await page.getByLabel('Kind', { exact: true }).selectOption('order');
	await expect(page).toHaveURL(/kind=order/);
	await rows.first().getByRole('checkbox').click();
	await expect(page.getByText('2 questions are chosen.')).toBeVisible();

	await page.getByRole('button', { name: 'Change them' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Do it' }).click();
	await expect(sheet.getByText('Write the tag.')).toBeVisible();
	await sheet.getByLabel('Tag', { exact: true }).fill('Night Patrol');
	await expectSound(page);
	await sheet.getByRole('button', { name: 'Do it' }).click();
	await expect(sheet.getByText('2 questions are as you wanted.')).toBeVisible();
	await sheet.getByRole('button', { name: 'Back to the list' }).click();

	await page.goto('/trainer/questions?tag=night+patrol');
	await expect(page.getByText('2 questions fit.')).toBeVisible();
	await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
	await page.getByRole('button', { name: 'Change them' }).click();
	await sheet.getByLabel('What to do').selectOption('approve');
	await sheet.getByRole('button', { name: 'Do it' }).click();
	await expect(sheet.getByText('2 questions are as you wanted.')).toBeVisible();
	await sheet.getByRole('button', { name: 'Back to the list' }).click();

	// What cannot be done says why, question by question, and stays chosen.
	await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
	await page.getByRole('button', { name: 'Change them' }).click();
	await sheet.getByLabel('What to do').selectOption('submit');
	await sheet.getByRole('button', { name: 'Do it' }).click();
	await expect(sheet.getByText('2 questions stay as they were:')).toBeVisible();
	await expect(sheet.getByText('A question that is approved cannot become review').first()).toBeVisible();
	await expectSound(page);
	await sheet.getByRole('button', { name: 'Back to the list' }).click();
	await expect(page.getByText('2 questions are chosen.')).toBeVisible();

	await page.getByLabel('Search').fill('no such words anywhere');
	await expect(page.getByText('No question is like this.')).toBeVisible();
	await page.getByRole('link', { name: 'Show all questions' }).click();
	await expect(page).toHaveURL(/\/trainer\/questions$/);
});

test('on a phone every place is reached, and nobody else has the pages', async ({ page, demo, account }) => {
	await signIn(page, demo.account('marta.trainer'));
	await page.getByRole('button', { name: 'More' }).click();
	await expect(page.getByRole('dialog').getByRole('link', { name: 'Import and export' })).toBeVisible();
	await expectSound(page);
	await page.keyboard.press('Escape');
	for (const address of ['/trainer/questions', '/trainer/questions/new?kind=match', '/trainer/questions/new?kind=true_false', '/trainer/questions/new?kind=numeric']) {
		await page.goto(address);
		await expect(page.getByRole('main').getByRole('combobox').first()).toBeVisible();
		await expectFits(page);
	}
	await page.context().clearCookies();
	await page.evaluate(() => localStorage.clear());
	await signIn(page, account);
	await page.goto('/trainer');
	await expect(page.getByText('Only trainers work here.')).toBeVisible();
});
