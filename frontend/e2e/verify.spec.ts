import { readFile } from 'node:fs/promises';
import type { Cohort, Person } from '../src/lib/coordinator/types.ts';
import { letExpire, letReplace } from './backstage.ts';
import { Api, expect, expectSound, holder, signIn, test } from './fixtures.ts';

// Enough of them for each test to have some who earned a certificate.
test.use({ people: 24 });

test('anybody sees whether a certificate holds: valid, expired, revoked, replaced, unknown', async ({ page, demo, request }) => {
	const { account, credential } = await holder(demo, request);
	const valid = credential.id;
	await page.goto(`/verify/${valid}`);
	const card = page.getByRole('article', { name: 'Core pre-deployment training' });
	await expect(card.getByText('Valid', { exact: true })).toBeVisible();
	await expect(card).toContainText(`${credential.shown_name} (the holder shows only initials)`);
	const own = new Api(request, demo.url, account);
	await own.signIn();
	await own.put(`/me/credentials/${valid}`, { show_name: 'full' });
	await page.reload();
	await expect(card).toContainText(credential.name);
	await page.getByText('Check the signature without this site').click();
	await expect(page.getByText(/muster verify credential/)).toBeVisible();
	await expect(page.getByRole('link', { name: /jwks\.json/ })).toHaveAttribute('href', '/.well-known/jwks.json');
	await expectSound(page);

	const old = (await holder(demo, request)).credential.id;
	letReplace(demo, old, valid);
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
	const another = (await holder(demo, request)).credential.id;

	await page.goto('/verify/no-such-number');
	await expect(page.getByText('There is no such certificate')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByLabel('Number of the certificate')).toBeFocused();
	await page.getByLabel('Number of the certificate').fill(`${demo.url}/verify/${another}`);
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(card.getByText('Valid', { exact: true })).toBeVisible();
});

test('the holder decides how much of the name shows, and takes files away', async ({ page, demo, request }) => {
	const { account, credential } = await holder(demo, request);
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
	await expect(page).toHaveURL(`/verify/${credential.id}`);
	await expect(page.getByText('The holder shows no name here.')).toBeVisible();
});

test('a coordinator revokes a certificate: the cohort, the public page and the holder know it at once', async ({ page, browser, demo, request }) => {
	const { account, cohort, credential } = await holder(demo, request);
	const { name } = credential;
	await signIn(page, demo.account('kofi.coordinator'), '/coordinator/cohorts');
	await page.goto(`/coordinator/cohorts/${cohort}/certificates`);
	await page.getByLabel('Find a name').fill(account.username.toUpperCase());
	await expect(page.getByText('1 certificate', { exact: true })).toBeVisible();
	await expectSound(page);
	await page.getByRole('main').getByRole('link', { name, exact: true }).click();
	const revoke = page.getByRole('button', { name: `Revoke ${credential.title} of ${name}` });
	await revoke.click();
	const dialog = page.getByRole('dialog', { name: `Revoke the certificate of ${name}` });
	await dialog.getByRole('button', { name: 'Revoke it for good' }).click();
	await expect(dialog.getByText('Give a reason.')).toBeVisible();
	await expect(dialog.getByLabel('Reason')).toBeFocused();
	await expectSound(page);
	await dialog.getByLabel('Reason').fill('Another person sat the exam.');
	await dialog.getByRole('button', { name: 'Revoke it for good' }).click();
	await expect(page.getByText(`The certificate of ${name} is revoked.`)).toBeVisible();
	await expect(dialog).toBeHidden();
	await expect(revoke).toHaveCount(0);
	await expect(page.getByText(/^Revoked .*: Another person sat the exam\.$/)).toBeVisible();
	await expect(page.getByText(/^Behind on/)).toBeVisible();
	await expect(page.getByText('The certificate was revoked: Final exam')).toBeVisible();
	await expectSound(page);

	await page.goto(`/coordinator/cohorts/${cohort}/certificates`);
	await page.getByLabel('State').selectOption('Revoked');
	await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Another person sat the exam.');
	await page.getByRole('link', { name: `Public page of ${credential.title}` }).first().click();
	await expect(page.getByRole('article').getByText('Revoked', { exact: true }).first()).toBeVisible();

	const mine = await (await browser.newContext({ baseURL: demo.url })).newPage();
	await signIn(mine, account);
	await expect(mine.getByRole('region', { name: 'Continue' })).toContainText('Pass it again to get a new one.');
	await mine.getByRole('link', { name: 'Go to the exam' }).click();
	await mine.getByRole('link', { name: 'My certificates' }).click();
	await expect(mine.getByText(/^Revoked .*: Another person sat the exam\.$/)).toBeVisible();
	await expectSound(mine);
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
