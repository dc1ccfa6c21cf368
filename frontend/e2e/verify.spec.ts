import { readFile } from 'node:fs/promises';
import type { Cohort, Person } from '../src/lib/coordinator/types.ts';
import { giveCredential, letExpire } from './backstage.ts';
import { Api, expect, expectSound, signIn, test } from './fixtures.ts';

test('anybody sees whether a certificate holds: valid, expired, revoked, replaced, unknown', async ({ page, account, api, demo, request }) => {
	await api.start((await api.check()).id);
	const valid = giveCredential(demo, account.username);
	await page.goto(`/verify/${valid}`);
	const card = page.getByRole('article', { name: 'Core pre-deployment training' });
	await expect(card.getByText('Valid', { exact: true })).toBeVisible();
	await expect(card).toContainText(/Trainee \d+/);
	await page.getByText('Check the signature without this site').click();
	await expect(page.getByText(/muster verify credential/)).toBeVisible();
	await expect(page.getByRole('link', { name: /jwks\.json/ })).toHaveAttribute('href', '/.well-known/jwks.json');
	await expectSound(page);

	const old = giveCredential(demo, account.username, { supersededBy: valid });
	await page.goto(`/verify/${old}`);
	await expect(card.getByText('Replaced', { exact: true })).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'See the newer certificate' }).click();
	await expect(page).toHaveURL(`/verify/${valid}`);
	await expect(card.getByText('Valid', { exact: true })).toBeVisible();

	letExpire(demo, valid);
	await page.reload();
	await expect(card.getByText('Expired', { exact: true })).toBeVisible();
	await expectSound(page);
	const staff = new Api(request, demo.url, demo.account('ines.admin'));
	await staff.signIn();
	await staff.post(`/credentials/${valid}/revoke`, { reason: 'Issued by mistake.' });
	await page.reload();
	await expect(card.getByText('Revoked', { exact: true }).first()).toBeVisible();
	await expect(card).not.toContainText('Issued by mistake.');
	await expectSound(page);
	const shy = giveCredential(demo, account.username, { show: 'initials' });
	await page.goto(`/verify/${shy}`);
	await expect(card).toContainText(/T\. \d\. \(the holder shows only initials\)/);

	await page.goto('/verify/no-such-number');
	await expect(page.getByText('There is no such certificate')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByLabel('Number of the certificate')).toBeFocused();
	await page.getByLabel('Number of the certificate').fill(`${demo.url}/verify/${shy}`);
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(card.getByText('Valid', { exact: true })).toBeVisible();
});

test('the holder decides how much of the name shows, and takes files away', async ({ page, account, api, demo }) => {
	await api.start((await api.check()).id);
	const id = giveCredential(demo, account.username);
	await signIn(page, account);
	await page.goto('/me/certificates');
	await page.getByText('Public page, and who may see my name').click();
	await page.getByRole('radio', { name: /No name/ }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved. The public page now shows no name.')).toBeVisible();
	await page.getByText('Badge files').click();
	await expectSound(page);
	for (const [button, start] of [['Download the certificate', '%PDF'], ['Signed text (JWT)', 'eyJ'], ['Picture (SVG)', '<']] as const) {
		const begun = page.waitForEvent('download');
		await page.getByRole('button', { name: button }).click();
		const file = await begun;
		expect(file.suggestedFilename()).toMatch(/^muster-predeployment-\d{4}-\d\d-\d\d\.(pdf|jwt|svg)$/);
		expect((await readFile(await file.path(), 'latin1')).slice(0, start.length)).toBe(start);
	}
	await page.getByRole('link', { name: 'Open the public page' }).click();
	await expect(page).toHaveURL(`/verify/${id}`);
	await expect(page.getByText('The holder shows no name here.')).toBeVisible();
});

test('a coordinator’s message is new on home until it is read; a one-time code sets a password', async ({ page, account, api, demo, request }) => {
	const me = await api.get<{ id: string }>('/me');
	const staff = new Api(request, demo.url, demo.account('kofi.coordinator'));
	await staff.signIn();
	const { items } = await staff.get<{ items: Pick<Cohort, 'id'>[] }>('/cohorts');
	let cohort = '';
	for (const { id } of items) {
		const people = await staff.get<{ items: Pick<Person, 'user'>[] }>(`/cohorts/${id}/people?q=${account.username}`);
		if (people.items.some(({ user }) => user === me.id)) cohort = id;
	}
	await staff.post(`/cohorts/${cohort}/messages`, { users: [me.id], subject: 'Range day', body: 'Bring water.\nBe there at 6.' });
	const codes = await staff.post<{ items: { code: string }[] }>(`/cohorts/${cohort}/sign-in-codes`, { users: [me.id] });

	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'I have a one-time code' }).click();
	await page.getByRole('button', { name: 'Set the password and sign in' }).click();
	await expect(page.getByLabel('User name')).toBeFocused();
	await expectSound(page);
	await page.getByLabel('User name').fill(account.username);
	await page.getByLabel('One-time code').fill('2222-2222-2222');
	await page.getByLabel('Your new password', { exact: true }).fill('lamp stone river 43');
	await page.getByRole('button', { name: 'Set the password and sign in' }).click();
	await expect(page.getByLabel('One-time code')).toBeFocused();
	await page.getByLabel('One-time code').fill((codes.items[0]?.code ?? '').toLowerCase());
	await page.getByRole('button', { name: 'Set the password and sign in' }).click();
	await expect(page).toHaveURL('/');

	await page.getByRole('link', { name: '1 new message' }).click();
	await page.getByText('Range day').click();
	await expect(page.getByText('Bring water.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
	await expectSound(page);
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Your modules' })).toBeVisible();
	await expect(page.getByRole('link', { name: /new message/ })).toHaveCount(0);
});

test('the data of a person are one file', async ({ page, account, api }) => {
	await api.start((await api.check()).id);
	await signIn(page, account);
	await page.goto('/me');
	const begun = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download my data' }).click();
	const file = await begun;
	expect(file.suggestedFilename()).toMatch(/^muster-e2e\.trainee\d+-.*\.json$/);
	const data = JSON.parse(await readFile(await file.path(), 'utf8')) as { person: { username: string }; attempts: unknown[] };
	expect(data.person.username).toBe(account.username);
	expect(data.attempts).toHaveLength(1);
	await expect(page.getByText('The file is in your downloads.')).toBeVisible();
});
