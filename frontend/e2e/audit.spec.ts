import type { Page } from '@playwright/test';
import type { Account } from './demo.ts';
import { expect, expectSound, test } from './fixtures.ts';

/** Staff have another first page than trainees. */
async function signInToAudit(page: Page, { username, password }: Account): Promise<void> {
	await page.goto('/sign-in?next=%2Fadmin%2Faudit');
	await page.getByLabel('User name').fill(username);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL('/admin/audit');
}

test('an administrator reads who did what, narrows it, opens an entry and checks the chain', async ({ page, demo }) => {
	await signInToAudit(page, demo.account('ines.admin'));
	await expect(page.getByRole('link', { name: 'Audit' })).toHaveAttribute('aria-current', 'page');
	const table = page.getByRole('table', { name: 'Entries of the audit trail' });
	await expect(table.getByRole('button', { name: /^Signed in/ }).first()).toBeVisible();
	await expectSound(page);

	await page.getByRole('button', { name: 'Check the chain' }).click();
	await expect(page.getByText('The chain holds')).toBeVisible();

	await page.getByLabel('What', { exact: true }).selectOption('cohort');
	await expect(page).toHaveURL(/action=cohort$/);
	const made = table.getByRole('button', { name: /^Cohort made/ }).first();
	await made.focus();
	await page.keyboard.press('Enter');
	const sheet = page.getByRole('dialog', { name: 'Cohort made' });
	await expect(sheet).toContainText('UTC');
	await expectSound(page);
	await page.keyboard.press('Escape');
	await expect(made).toBeFocused();

	await page.getByLabel('Who', { exact: true }).fill('no.such.person');
	await page.keyboard.press('Enter');
	await expect(page.getByText('No entry is like this.', { exact: false })).toBeVisible();
	await page.getByRole('link', { name: 'Show everything' }).click();
	await expect(page).toHaveURL(/\/admin\/audit$/);
	await expect(table.getByRole('row').nth(1)).toBeVisible();
});

test('nobody else has the page', async ({ page, account }) => {
	await signInToAudit(page, account);
	await expect(page.getByText('Only administrators read the audit trail.')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
	await expectSound(page);
});
