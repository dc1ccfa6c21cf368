import { Api, expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

test.use({ people: 60 });

const DESK = { width: 1280, height: 900 };
/** Everybody of the demo's first cohorts takes this one, and some of its questions have options. */
const PRETEST = '/trainer/analysis/legal-mandates~pretest';
const QUESTION = `${PRETEST}/legal-mandates/principles/x2`;

/** The figures are made in the background, soon after the start. */
test.beforeEach(async ({ request, demo }) => {
	const trainer = new Api(request, demo.url, demo.account('marta.trainer'));
	await trainer.signIn();
	const attempts = async () => (await trainer.get<{ test: { attempts: number } }>('/item-analysis/legal-mandates.pretest')).test.attempts;
	await expect.poll(attempts, { timeout: 60_000 }).toBeGreaterThan(0);
});

test('a trainer sees how quizzes and questions perform, in words first', async ({ page, demo }) => {
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	await page.getByRole('link', { name: 'Analysis', exact: true }).click();
	await expect(page.getByRole('table', { name: 'Quizzes with attempts' })).toBeVisible();
	await expect(page.getByText('more quizzes that nobody has finished')).toBeVisible();
	await expectSound(page);
	await page.getByLabel('Sort by').selectOption('attempts');
	await expect(page).toHaveURL(/sort=attempts/);

	// A quiz: sentences with their figures, then its questions with verdicts.
	await page.goto(PRETEST);
	await expect(page.getByText(/On average people get \d+\s?% of the marks/)).toBeVisible();
	await expect(page.getByText(/^α .+ ± /)).toBeVisible();
	const table = page.getByRole('table', { name: 'Questions of the quiz, each with a verdict' });
	await expect(table).toBeVisible();
	await expectSound(page);
	await table.getByRole('button', { name: 'Right' }).click();
	await expect(page).toHaveURL(/sort=right/);
	await expect(table.getByRole('columnheader', { name: 'Right' })).toHaveAttribute('aria-sort', 'ascending');
	const shares = (await table.locator('tbody tr td:nth-child(3)').allInnerTexts()).map((text) => parseInt(text));
	expect(shares).toEqual([...shares].sort((a, b) => a - b));

	await page.getByLabel('Attempts', { exact: true }).selectOption('all');
	await expect(page).toHaveURL(/attempts=all/);
	const file = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download as CSV' }).click();
	expect((await file).suggestedFilename()).toMatch(/\.csv$/);

	// A question: options with curves and their table, its figures and versions.
	await page.goto(QUESTION);
	await expect(page.getByRole('heading', { name: 'Who chose what' })).toBeVisible();
	await expect(page.getByRole('img', { name: /Share that chose each option/ })).toBeVisible();
	await expectSound(page);
	const chart = page.getByRole('figure', { name: 'Who chose what' });
	await chart.getByRole('button', { name: 'Show as a table' }).click();
	await expect(chart.getByRole('columnheader', { name: 'Weakest fifth' })).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'Open in the bank' }).click();
	await expect(page).toHaveURL('/trainer/questions/legal-mandates/principles/x2');

	// Nobody is named, and what nobody took says so.
	await page.goto('/trainer/analysis/foundations~check');
	await expect(page.getByText('Nobody has finished this quiz yet')).toBeVisible();
});

test('a wrong key is mended after a look at what changes, and the mending is undone', async ({ page, demo }) => {
	test.setTimeout(240_000);
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	await page.goto('/trainer/regrades');
	await expect(page.getByText('No key has been mended')).toBeVisible();
	await expectSound(page);

	// Another answer is right: what is said of both options is asked for.
	await page.goto(QUESTION);
	await page.getByRole('button', { name: 'Mend the key' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'See what would change' }).click();
	await expect(sheet.getByText('Say why in at least three letters.')).toBeVisible();
	await expect(sheet.getByText('The key is as it was. Say what is right.')).toBeVisible();
	await sheet.getByRole('radio', { checked: false }).first().check();
	await sheet.getByLabel('Reason').fill('The key was written down wrongly.');
	await sheet.getByLabel('What to tell who chooses it').first().fill('The source says so.');
	await sheet.getByLabel('What to tell who chooses it').last().fill('The source does not say so.');
	await sheet.getByLabel('What somebody who chooses it believes').fill('That it says so.');
	await expectSound(page);
	await sheet.getByRole('button', { name: 'See what would change' }).click();
	await expect(sheet.getByText(/\d+ scores? of \d+ would change/).first()).toBeVisible();
	await expectSound(page);

	// Rather leave it out.
	await sheet.getByRole('button', { name: 'Change something' }).click();
	await sheet.getByLabel('What to do').selectOption('void');
	await sheet.getByLabel('Reason').fill('Two answers were right.');
	await sheet.getByRole('button', { name: 'See what would change' }).click();
	await sheet.getByRole('button', { name: 'Apply it' }).click();
	await expect(sheet.getByText('Grade everybody anew?')).toBeVisible();
	await sheet.getByRole('button', { name: 'Yes, grade anew' }).click();
	await expect(sheet.getByText('It is done')).toBeVisible({ timeout: 60_000 });
	await sheet.getByRole('link', { name: 'All mended keys' }).click();

	// It stands in the list, and can be undone once it has settled.
	const row = page.getByRole('listitem').filter({ hasText: 'Two answers were right.' });
	await expect(row.getByText('Left out')).toBeVisible();
	await expectSound(page);
	await expect(row.getByText('Done')).toBeVisible({ timeout: 120_000 });
	await page.reload();
	await row.getByRole('button', { name: 'Undo it' }).click();
	await expect(sheet.getByText('It was left out')).toBeVisible();
	await sheet.getByLabel('Reason').fill('One answer was right after all.');
	await sheet.getByRole('button', { name: 'See what would change' }).click();
	await sheet.getByRole('button', { name: 'Apply it' }).click();
	await sheet.getByRole('button', { name: 'Yes, grade anew' }).click();
	await expect(sheet.getByText('It is done')).toBeVisible({ timeout: 60_000 });
	await sheet.getByRole('button', { name: 'Close' }).click();
	await expect(page.getByText('Restored')).toBeVisible();
});

test('on a phone everything fits', async ({ page, demo }) => {
	test.slow();
	await signIn(page, demo.account('marta.trainer'));
	for (const [address, seen] of [['/trainer/analysis', 'Needs a look first'], [PRETEST, 'What the figures say'], [QUESTION, 'Who chose what']] as const) {
		// A key that was mended right before is analysed again within a minute.
		await expect(async () => {
			await page.goto(address);
			await expect(page.getByRole('main').getByText(seen).first()).toBeAttached({ timeout: 5000 });
		}).toPass({ timeout: 70_000 });
		await expectFits(page);
	}
});
