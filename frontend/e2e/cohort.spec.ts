import type { Page } from '@playwright/test';
import type { Demo } from './demo.ts';
import { Api, expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

/** A file of people as a clerk keeps it: names alone, one of them with a broken e-mail address. */
function people(count: number): string {
	const rows = Array.from({ length: count }, (_, i) => `Ada ${word(i)},,`);
	return ['name,username,email', ...rows, 'Broken Mail,,not-an-address'].join('\r\n');
}

/** 0 → "Baba", 1 → "Babe": a surname that no other row has. */
function word(n: number): string {
	const part = (i: number) => 'bdfgklmnprst'.charAt(i % 12) + 'aeiou'.charAt(Math.floor(i / 12) % 5);
	const text = part(n % 60) + part(Math.floor(n / 60) % 60) + part(n % 7);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function inDays(days: number): string {
	const now = new Date();
	return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days)).toISOString().slice(0, 10);
}

async function signInAsCoordinator(page: Page, demo: Demo): Promise<void> {
	const { username, password } = demo.account('kofi.coordinator');
	await page.goto('/sign-in');
	await page.getByLabel('User name').fill(username);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL('/coordinator/cohorts');
}

async function makeCohort(page: Page, name: string): Promise<string> {
	await page.goto('/coordinator/cohorts/new');
	await page.getByLabel('Name').fill(name);
	await page.getByLabel('Deployment date').fill(inDays(60));
	await expect(page.getByLabel('Due date for everything ticked')).toHaveValue(inDays(46));
	await page.getByRole('button', { name: 'Make the cohort' }).click();
	await expect(page).toHaveURL(/\/coordinator\/cohorts\/[0-9a-f-]{36}$/);
	return page.url();
}

test('a coordinator makes a cohort, imports 200 people, prints their codes, and one of them signs in', async ({ page, demo, browser }) => {
	// 200 people, and axe over all their strips: on a busy machine more than a minute and a half.
	test.slow();
	await signInAsCoordinator(page, demo);
	await expect(page.getByRole('link', { name: '7th Engineers' })).toBeVisible();
	await expectSound(page);

	await page.getByRole('link', { name: 'New cohort' }).click();
	await page.getByRole('button', { name: 'Make the cohort' }).click();
	await expect(page.getByText('Give the cohort a name.')).toBeVisible();
	await expect(page.getByLabel('Name')).toBeFocused();
	await expect(page.getByLabel('Final exam', { exact: true })).toBeChecked();
	await expectSound(page);
	const cohort = await makeCohort(page, 'Charlie company');

	await page.getByRole('link', { name: 'Add people' }).first().click();
	await page.getByLabel('File (CSV or Excel)').setInputFiles({ name: 'list.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('x') });
	await expect(page.getByText('This is an old kind of Excel file.')).toBeVisible();
	await expectSound(page);
	const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(people(200)) };
	await page.getByLabel('File (CSV or Excel)').setInputFiles(file);
	await expect(page.getByText('200 people can be added.')).toBeVisible();
	await expect(page.getByText('1 row has an error.')).toBeVisible();
	await expect(page.getByRole('row', { name: /^202 Error/ })).toContainText('e-mail address');
	await expectSound(page);
	await page.getByRole('button', { name: 'Add 200 people' }).click();
	await expect(page.getByText('Some rows have an error.')).toBeVisible();
	await page.getByLabel('Leave out the 1 row with an error').check();
	await page.getByRole('button', { name: 'Add 200 people' }).click();
	await expect(page.getByText('200 people were added.')).toBeVisible();
	await expect(page.getByText('1 row was left out:')).toBeVisible();
	await expectSound(page);

	await page.getByRole('button', { name: 'Print 200 codes' }).click();
	await expect(page.getByLabel('The 200 people you have just added')).toBeChecked();
	await expectSound(page);
	await page.getByRole('button', { name: 'Make 200 codes' }).click();
	await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeEnabled();
	const strips = page.getByRole('list', { name: /^Sign-in codes/ }).getByRole('listitem');
	await expect(strips).toHaveCount(200);
	await expectSound(page);

	// The codes are nowhere else: to leave without printing is asked first.
	await page.getByRole('link', { name: 'Enrolments' }).click();
	await page.getByRole('button', { name: 'Stay and print' }).click();
	await expect(strips).toHaveCount(200);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeHidden();
	await expect(page.getByRole('navigation', { name: 'Places' })).toBeHidden();
	await expect(strips.first()).toBeVisible();
	await page.emulateMedia({ media: null });

	const strip = strips.first();
	const [username = '', code = ''] = await strip.locator('dd').allInnerTexts().then((all) => all.slice(1));
	expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
	// As a phone's camera opens it, on the person's own device.
	const phone = await browser.newContext();
	const mine = await phone.newPage();
	await mine.goto(`${demo.url}/sign-in/code#${new URLSearchParams({ username, code }).toString()}`);
	await expect(mine.getByLabel('User name')).toHaveValue(username);
	await expect(mine.getByLabel('One-time code')).toHaveValue(code);
	await expect(mine).toHaveURL(`${demo.url}/sign-in/code`);
	await mine.getByLabel('Your new password').fill('river stone lamp 42');
	await mine.getByRole('button', { name: 'Set the password and sign in' }).click();
	await expect(mine).toHaveURL(`${demo.url}/`);
	await expect(mine.getByRole('heading', { level: 1 })).toContainText('Ada');
	await signIn(await (await browser.newContext({ baseURL: demo.url })).newPage(), { role: 'trainee', username, password: 'river stone lamp 42' });
	await phone.close();

	await page.getByRole('button', { name: 'Choose other people' }).click();
	await page.getByRole('button', { name: 'Leave, and lose the codes' }).click();
	await page.goto(`${cohort}/codes`);
	await expect(page.getByLabel('All who never signed in (199 people)')).toBeChecked();

	// More than are read at first can be chosen at once.
	await page.getByLabel('People I choose').check();
	await page.getByLabel('All 200 people in this list').check();
	await expect(page.getByText('200 of 200 chosen')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Make 200 codes' })).toBeVisible();
	await page.getByLabel('Find by name or user name').fill('nobody at all');
	await expect(page.getByText('Nobody has this name or user name.')).toBeVisible();
});

test('a coordinator changes a cohort: its code, who looks after it, who is in it, and the archive', async ({ page, demo }) => {
	await signInAsCoordinator(page, demo);
	const cohort = await makeCohort(page, 'Delta company');
	await page.goto(`${cohort}/import`);
	await page.getByLabel('File (CSV or Excel)').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nBoris Banda\nCleo Costa\n') });
	await page.getByRole('button', { name: 'Add 2 people' }).click();
	await expect(page.getByText('2 people were added.')).toBeVisible();

	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Delta company, rotation 2');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
	await page.getByLabel('Human rights', { exact: true }).uncheck();
	await page.getByRole('button', { name: 'Save what must be finished' }).click();
	await expect(page.getByText('The forecast uses it from now on.')).toBeVisible();
	const code = page.locator('.code');
	const before = await code.innerText();
	await page.getByRole('button', { name: 'Make a new code' }).click();
	await expect(page.getByRole('dialog')).toContainText(before);
	await page.getByRole('button', { name: 'End this code and make a new one' }).click();
	await expect(page.getByText('The new join code is')).toBeVisible();
	await expect(code).not.toHaveText(before);
	await page.getByLabel('User name of a coordinator').fill('nobody.here');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByText('No coordinator has this user name.')).toBeVisible();
	await expect(page.getByLabel('User name of a coordinator')).toBeFocused();
	await page.getByLabel('User name of a coordinator').fill('ines.admin');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByText('now looks after this cohort too.')).toBeVisible();
	await expectSound(page);

	await page.getByRole('link', { name: 'Enrolments' }).click();
	await page.getByLabel('Boris Banda').check();
	await expectSound(page);
	await page.getByRole('button', { name: 'Remove', exact: true }).click();
	await expectSound(page);
	await page.getByRole('button', { name: 'Suspend instead' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click();
	await expect(page.getByText('1 person is suspended.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('Undone. All is as it was.')).toBeVisible();
	await page.getByLabel('Cleo Costa').check();
	await page.getByRole('button', { name: 'Move', exact: true }).click();
	await page.getByLabel('To which cohort?').selectOption('7th Engineers');
	await expectFits(page);
	await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
	await expect(page.getByText('1 person moved.')).toBeVisible();
	await expect(page.getByLabel('Cleo Costa')).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByLabel('Cleo Costa')).toBeVisible();

	// A removal is no end: she is found among those who were removed, and comes back.
	await page.getByLabel('Cleo Costa').check();
	await page.getByRole('button', { name: 'Remove', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(page.getByText('1 person removed from this cohort.')).toBeVisible();
	await page.getByLabel('Show').selectOption('People who were removed or moved');
	await page.getByLabel('Cleo Costa').check();
	await expectSound(page);
	await page.getByRole('button', { name: 'Restore', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
	await expect(page.getByText('1 person is in this cohort again.')).toBeVisible();
	await page.getByLabel('Show').selectOption('People in this cohort');
	await expect(page.getByLabel('Cleo Costa')).toBeVisible();

	await page.goto(cohort);

	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('button', { name: 'Put it into the archive' }).click();
	await page.getByRole('button', { name: 'Archive it' }).click();
	await expect(page.getByText('It can only be read.')).toBeVisible();
	await page.goto('/coordinator/cohorts');
	await expect(page.getByRole('link', { name: '7th Engineers' })).toBeVisible();
	await expect(page.getByRole('link', { name: /^Delta company/ })).toBeHidden();
	await page.getByRole('link', { name: 'Archived cohorts' }).click();
	await expect(page.getByRole('link', { name: 'Delta company, rotation 2' })).toBeVisible();
	await expectSound(page);
	await page.goto(`${cohort}/settings`);
	await page.getByRole('button', { name: 'Take it out of the archive' }).click();
	await expect(page.getByText('It is out of the archive.')).toBeVisible();
});

test('a file takes in who has an account, only where that is asked for, and gives newcomers dates of their own', async ({ page, demo, request, browser }) => {
	await signInAsCoordinator(page, demo);
	const own = new Api(request, demo.url, demo.account('kofi.coordinator'));
	await own.signIn();
	const assignments = [{ kind: 'module', slug: (await own.module()).slug, due_on: inDays(-3) }];
	const { id } = await own.post<{ id: string }>('/cohorts', { name: 'Echo company', assignments });
	const list = (text: string) => ({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

	await page.goto(`/coordinator/cohorts/${id}/import`);
	await page.getByLabel('File (CSV or Excel)').setInputFiles(list('name,username\nAmina Diallo,amina.diallo\n'));
	await expect(page.getByText('Nobody in this file can be added.')).toBeVisible();
	await page.getByLabel('Add existing accounts: 1 person').check();
	await expect(page.getByText('1 person can be added.')).toBeVisible();
	await expect(page.getByText('1 module or exam was due before today')).toBeVisible();
	await expectSound(page);
	await page.getByLabel('New date for these people').fill(inDays(21));
	await page.getByRole('button', { name: 'Add 1 person' }).click();
	await expect(page.getByText('for what was due before today.')).toBeVisible();
	await expect(page.getByText('They have an account and sign in as before.')).toBeVisible();
	await expectSound(page);

	await page.getByRole('button', { name: 'Choose another file' }).click();
	await page.getByLabel('File (CSV or Excel)').setInputFiles(list('name\nDina Dahl\n'));
	await page.getByLabel('New date for these people').fill('');
	await page.getByRole('button', { name: 'Add 1 person' }).click();
	await page.getByRole('link', { name: 'See who, and give more time' }).click();
	await expect(page.getByText('1 person joined after a date that the cohort had')).toBeVisible();
	await expect(page.getByText('Not started · joined after the date')).toBeVisible();

	// A refresher says who asks, for what, by when and what finishes it, in the same words on both pages.
	const members = await own.get<{ items: { user: string; username: string }[] }>(`/cohorts/${id}/members?q=amina.diallo`);
	const users = members.items.map(({ user }) => user);
	const { slug, lessons } = await own.module();
	await own.post(`/cohorts/${id}/refreshers`, { users, module: slug, lesson: lessons[0]?.slug, due_on: inDays(2) });
	const phone = await (await browser.newContext({ baseURL: demo.url })).newPage();
	await signIn(phone, demo.account('amina.diallo'));
	await expect(phone.getByRole('link', { name: 'Open the lesson' })).toBeVisible();
	const asks = phone.getByText('Kofi Mensah asks you to practise this lesson again. Do it by');
	await expect(asks).toHaveCount(2);
	await expect(phone.getByText('then pass its practice questions. That finishes the refresher.')).toBeVisible();
	await expectSound(phone);
	await phone.goto('/me/readiness');
	await expect(asks).toHaveCount(1);
	await phone.context().close();
	await own.post(`/cohorts/${id}/enrolments`, { users, action: 'remove' });
});
