import type { Page } from '@playwright/test';
import type { Attempt, QuizState } from '../src/lib/api/types.ts';
import { Api, expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, give, someAnswer } from './steps.ts';

/** A day as a field for local time takes it. */
function local(days: number, hour = 8): string {
	const at = new Date(Date.now() + days * 86_400_000);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(hour)}:00`;
}

const offered = async (api: Api, title: string) => (await api.get<{ items: QuizState[] }>('/quizzes')).items.find((quiz) => quiz.title === title);

async function publish(page: Page, button: string): Promise<void> {
	await page.getByRole('button', { name: button, exact: true }).click();
	const sheet = page.getByRole('dialog', { name: 'Publish this quiz?' });
	await sheet.getByRole('button', { name: 'Publish', exact: true }).click();
	await expect(page.getByText('Published. Trainees can see it now.')).toBeVisible();
}

test('a trainer builds a quiz from the bank, a trainee takes it, and it is closed', async ({ page, demo, account, api, browser }) => {
	const title = 'Convoy test';
	await signIn(page, demo.account('marta.trainer'));
	await page.goto('/trainer/quizzes');
	await expect(page.getByRole('link', { name: 'Build a quiz' }).first()).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'Build a quiz' }).first().click();

	// Nothing is saved without a title; what is wrong is said.
	await page.getByRole('button', { name: 'Save draft' }).click();
	await expect(page.getByText('Give the quiz a title.')).toBeVisible();
	await page.getByRole('textbox', { name: 'Title' }).fill(title);
	const rule = page.getByRole('group', { name: 'Rule 1' });
	await rule.getByLabel('How many').fill('3');
	await expect(rule.getByText(/\d+ questions fit this rule\./)).toBeVisible();
	await rule.getByLabel('How many').fill('499');
	await expect(rule.getByText(/Rule 1 draws 499 of the/)).toBeVisible();
	await rule.getByLabel('How many').fill('3');

	// Two more, chosen one by one.
	await page.getByRole('button', { name: 'Choose questions yourself' }).click();
	await page.getByRole('button', { name: 'Choose questions', exact: true }).click();
	const search = page.getByRole('dialog', { name: 'Choose questions' });
	await search.getByLabel('Pool').selectOption('exam');
	await search.getByRole('checkbox').nth(0).click();
	await search.getByRole('checkbox').nth(1).click();
	await expectSound(page);
	await search.getByRole('button', { name: 'Take 2 questions' }).click();
	await expect(page.getByText(/^5 questions\. About .* people score about \d+/)).toBeVisible();

	await page.getByLabel('Opens').fill(local(-1));
	await page.getByLabel('Closes').fill(local(7));
	await page.getByLabel('Attempts', { exact: true }).fill('1');
	await page.getByLabel('As usual for').selectOption('The score at once, the answers when the quiz closes');
	await expect(page.getByLabel('The right answers and why')).toHaveValue('closed');

	// Leaving is asked about; what was written stays.
	await page.getByRole('link', { name: 'All quizzes' }).click();
	await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
	await page.getByRole('button', { name: 'Save draft' }).click();
	await expect(page).toHaveURL(/\/trainer\/quizzes\/convoy-test-/);
	expect(await offered(api, title)).toBeUndefined();

	// A paper as a trainee gets it, and another.
	await page.getByRole('button', { name: 'See a sample paper' }).click();
	const sample = page.getByRole('dialog', { name: 'Preview as a trainee' });
	await expect(sample.locator('[data-kind]')).toHaveCount(5);
	await sample.getByRole('button', { name: 'Draw another paper' }).click();
	await expect(sample.locator('[data-kind]')).toHaveCount(5);
	await sample.getByRole('button', { name: 'Close' }).click();
	await publish(page, 'Publish');
	await expectSound(page);

	const quiz = await offered(api, title);
	expect(quiz).toMatchObject({ questions: 5, can_start: true, attempts: 1 });
	await take(await (await browser.newContext({ baseURL: demo.url, locale: 'en-GB' })).newPage(), account, api, title);

	// Somebody else changes it meanwhile: the text stays, and one of the two is chosen.
	const other = new Api(page.request, demo.url, demo.account('marta.trainer'));
	await other.signIn();
	const id = quiz?.id ?? '';
	const { revision } = await other.get<{ revision: number }>(`/blueprints/${id}`);
	await other.post(`/blueprints/${id}/close`, { base: revision });
	await page.getByRole('textbox', { name: 'Title' }).fill(`${title} 2`);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Somebody has changed this quiz')).toBeVisible();
	await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(`${title} 2`);
	await expectSound(page);
	await page.getByRole('button', { name: 'Save mine over it' }).click();
	await expect(page.getByText('Somebody has changed this quiz')).toBeHidden();
	await publish(page, 'Publish');
	await page.getByRole('button', { name: 'Close the quiz' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Close the quiz' }).click();
	await expect(page.getByText('Closed. Nobody can start it any more.')).toBeVisible();
	expect(await offered(api, `${title} 2`)).toMatchObject({ can_start: false, reason: 'not_open' });
	await page.getByRole('link', { name: 'All quizzes' }).click();
	await expect(page.getByRole('row', { name: new RegExp(`${title} 2`) })).toContainText('Closed');
	await expectSound(page);
});

/** A trainee finds the quiz, answers, and sees what the trainer lets them see. */
async function take(page: Page, account: Parameters<typeof signIn>[1], api: Api, title: string): Promise<void> {
	await signIn(page, account);
	await page.goto('/modules');
	const card = page.getByRole('region', { name: title });
	await expect(card).toContainText('Closes');
	await expectSound(page);
	await card.getByRole('button', { name: 'Start the quiz' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Start the quiz' }).click();
	await expect(page).toHaveURL(/\/attempts\/[0-9a-f-]{36}$/);
	const attempt = await api.get<Attempt>(new URL(page.url()).pathname);
	expect(attempt.questions).toHaveLength(5);
	for (const [i, question] of attempt.questions.entries()) {
		await expectQuestion(page, i + 1, 5);
		await give(page.getByRole('main'), question, someAnswer(question));
		await page.getByRole('button', { name: i < 4 ? 'Next' : 'Finish' }).click();
	}
	await page.getByRole('dialog').getByRole('button', { name: 'Finish and send' }).click();
	await expect(page).toHaveURL(/\/result$/);
	await expect(page.getByText(/The right answers are shown when the quiz closes, \d+ \w+ 20\d\d\./)).toBeVisible();
	await expectSound(page);
}

test('a coordinator gives a cohort, and one person in it, an exception', async ({ page, demo, account, api }) => {
	const kofi = demo.account('kofi.coordinator');
	await page.goto('/sign-in');
	await page.getByLabel('User name').fill(kofi.username);
	await page.getByLabel('Password', { exact: true }).fill(kofi.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL('/coordinator/cohorts');
	await page.getByRole('link', { name: '7th Engineers' }).click();
	await expect(page).toHaveURL(/cohorts\/[0-9a-f-]{36}/);
	const cohort = new URL(page.url()).pathname;
	const check = await api.check();
	await page.goto(`${cohort}/settings`);
	await page.getByRole('button', { name: 'Add an exception' }).click();
	await page.getByRole('button', { name: 'Keep the exception' }).click();
	await expect(page.getByText('Choose the quiz.')).toBeVisible();
	await page.getByLabel('Quiz', { exact: true }).selectOption(check.id);
	await page.getByLabel('Attempts').fill('9');
	await page.getByLabel('Reason').fill('In the field until May.');
	await expectSound(page);
	await page.getByRole('button', { name: 'Keep the exception' }).click();
	await expect(page.getByText('Kept. It holds from the next attempt on.')).toBeVisible();
	expect((await api.get<QuizState>(`/quizzes/${check.id}`)).attempts).toBe(9);

	const coordinator = new Api(page.request, demo.url, kofi);
	await coordinator.signIn();
	const { items } = await coordinator.get<{ items: { user: string; username: string }[] }>(`${cohort.replace('/coordinator', '')}/people?limit=200`);
	const user = items.find(({ username }) => username === account.username)?.user ?? '';
	await page.goto(`${cohort}/people/${user}`);
	await page.getByRole('button', { name: 'Add an exception' }).click();
	await page.getByLabel('Quiz', { exact: true }).selectOption(check.id);
	await page.getByLabel('Time limit, minutes').fill('95');
	await page.getByLabel('Reason').fill('Broken arm.');
	await page.getByRole('button', { name: 'Keep the exception' }).click();
	await expect(page.getByText('Kept. It holds from the next attempt on.')).toBeVisible();
	expect(await api.get<QuizState>(`/quizzes/${check.id}`)).toMatchObject({ time_limit_minutes: 95, attempts: check.attempts });
	await page.getByRole('button', { name: /^Take back/ }).click();
	await expect(page.getByText('Taken back.')).toBeVisible();
	expect((await api.get<QuizState>(`/quizzes/${check.id}`)).attempts).toBe(9);
});
