import { expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

// So many that some of them fail again and again.
test.use({ people: 60 });

test('the next right action is on the first page, and is not offered twice', async ({ page, demo }) => {
	await signIn(page, demo.account('kofi.coordinator'), '/coordinator/cohorts');
	const action = page.getByRole('link', { name: /^Assign a refresher: / }).first();
	await expect(action).toBeVisible();
	await expectSound(page);
	const words = (await action.getAttribute('aria-label'))?.replace('Assign a refresher: ', '') ?? '';

	await action.click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByLabel('Lesson')).not.toHaveValue('');
	await expect(dialog.getByRole('group', { name: 'For whom' }).locator('strong')).toBeVisible();
	await expectSound(page);
	await expectFits(page);
	await dialog.getByRole('button', { name: 'Assign it' }).click();
	await expect(page.getByText(/is assigned to \d+ (person|people), due/)).toBeVisible();

	const need = page.getByRole('listitem').filter({ hasText: words }).filter({ hasText: 'Refresher asked today' });
	await expect(need.getByRole('button', { name: /^Assign a refresher/ })).toBeHidden();
	await need.getByRole('button', { name: /^Write to them/ }).click();
	await expect(dialog.getByText('This server sends no e-mail.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	// Without a need the lesson comes first, and nobody is chosen.
	await page.getByRole('button', { name: 'Assign a refresher', exact: true }).first().click();
	await expect(dialog.getByText(/^For/)).toBeHidden();
	await dialog.getByLabel('Lesson').selectOption({ index: 1 });
	await expect(dialog.getByText('For 0 people')).toBeVisible();
	await expectSound(page);
});

test('beside the panel of a person the list fits', async ({ page, demo }) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await signIn(page, demo.account('kofi.coordinator'), '/coordinator/cohorts');
	await page.getByRole('heading', { name: '7th Engineers' }).getByRole('link').click();
	await page.locator('a.person').first().click();
	await expect(page.getByRole('complementary').getByRole('heading', { name: 'Why' })).toBeVisible();
	const list = page.getByRole('group', { name: 'People and modules' });
	await expect.poll(() => list.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
	await expectSound(page);
});
