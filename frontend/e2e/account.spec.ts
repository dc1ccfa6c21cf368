import type { Next } from '../src/lib/api/types.ts';
import { expect, expectSound, signIn, test } from './fixtures.ts';

test('somebody new joins by code, signs out and in again, and home names the next thing', async ({ page, demo }) => {
	await page.goto('/');
	await expect(page).toHaveURL('/sign-in');
	await expectSound(page);
	await page.getByRole('link', { name: 'Join with a code' }).click();
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByLabel('Joining code')).toBeFocused();
	await expectSound(page);

	const account = { role: 'trainee', username: 'नूर.हद्दाद', password: 'river stone lamp 42' };
	await page.getByLabel('Joining code').fill('WRNG-CODE');
	await page.getByLabel('Your name').fill('Noor Haddad');
	await page.getByLabel('User name').fill(account.username);
	await page.getByLabel('Password', { exact: true }).fill(account.password);
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByText('This code does not work.')).toBeVisible();
	await expect(page.getByLabel('Joining code')).toBeFocused();
	await page.getByLabel('Joining code').fill(demo.code.toLowerCase());
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page).toHaveURL('/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Good (morning|afternoon|evening), Noor$/);

	await page.getByRole('link', { name: 'Me', exact: true }).click();
	await expect(page.getByText(account.username)).toBeVisible();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByText('You are signed out.')).toBeVisible();
	await page.getByLabel('User name').fill(account.username);
	await page.getByLabel('Password', { exact: true }).fill('not the password');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('alert')).toContainText('The user name or the password is not right');
	await signIn(page, account);
});

test('home names the one next thing, and its button leads there', async ({ page, account, api }) => {
	const next = await api.get<Next>('/me/next');
	expect(next.kind).toBe('lesson');
	await signIn(page, account);
	const card = page.getByRole('region', { name: 'Continue' });
	await expect(card).toContainText(next.title ?? '?');
	await expect(card).toContainText(next.module_title ?? '');
	await expect(page.getByRole('listitem').filter({ hasText: next.module_title ?? '' }).last()).toContainText('Not started');
	await card.getByRole('link', { name: 'Start' }).click();
	await expect(page).toHaveURL(`/modules/${next.module}/${next.lesson}`);
	await expect(page.getByRole('heading', { level: 1, name: next.title ?? '?' })).toBeVisible();
});
