import type { Page } from '@playwright/test';
import type { Demo } from './demo.ts';
import { expect, expectFits, expectSound, signIn, test } from './fixtures.ts';

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
	await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(page.getByText('Tick this to go on, or suspend them instead.')).toBeVisible();
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
