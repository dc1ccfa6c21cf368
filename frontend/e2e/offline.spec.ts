import type { Attempt } from '../src/lib/api/types.ts';
import { expect, signIn, test } from './fixtures.ts';
import { answer, saved } from './steps.ts';

test('answers given without a link survive a reload and a closed tab, and arrive by themselves', async ({ page, context, account, api }) => {
	const quiz = (await api.module()).quizzes[0];
	const { id, questions } = await api.start(quiz?.id ?? '');
	await signIn(page, account);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(`/attempts/${id}`);
	const main = page.getByRole('main');
	await answer(main);
	await expect(saved(page)).toHaveText(/Saved$/);
	await page.getByRole('button', { name: 'Next', exact: true }).click();

	await context.setOffline(true);
	await context.route('**/api/**', (route) => route.abort('internetdisconnected'));
	for (let n = 2; n <= 4; n++) {
		await expect(page.getByRole('heading', { name: `Question ${n} of ${questions.length}` })).toBeVisible();
		await answer(main);
		await page.getByRole('button', { name: 'Next', exact: true }).click();
	}
	await expect(saved(page)).toHaveText(/Saved on this device/);
	expect(Object.keys((await api.get<Attempt>(`/attempts/${id}`)).answers)).toHaveLength(1);

	// The page is loaded again on the dead link: it goes on at the fifth question with all that was answered.
	await page.reload();
	await expect(page.getByRole('heading', { name: `Question 5 of ${questions.length}` })).toBeVisible();
	await answer(main);
	await page.getByRole('button', { name: 'Next', exact: true }).click();
	await expect(page.getByRole('heading', { name: `Question 6 of ${questions.length}` })).toBeVisible();
	await page.close();
	expect(Object.keys((await api.get<Attempt>(`/attempts/${id}`)).answers)).toHaveLength(1);

	// Days later: another page of Muster, a link, and nothing that the trainee does.
	await context.unroute('**/api/**');
	await context.setOffline(false);
	const later = await context.newPage();
	await later.goto('/');
	await expect.poll(async () => Object.keys((await api.get<Attempt>(`/attempts/${id}`)).answers).length).toBe(5);
	await expect(saved(later)).toHaveText(/Saved$/);
	const { receipt } = await api.get<Attempt>(`/attempts/${id}`);
	expect(receipt.devices).toBe(2); // this browser's, and the server's own for the start
});

test('the end given without a link is sent when the link is back, and the result opens', async ({ page, context, account, api }) => {
	const quiz = (await api.module()).quizzes[0];
	const { id, questions } = await api.start(quiz?.id ?? '');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	await answer(page.getByRole('main'));
	await expect(saved(page)).toHaveText(/Saved$/);

	await context.setOffline(true);
	await page.getByRole('button', { name: /All questions/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
	const review = page.getByRole('dialog', { name: 'Finish the attempt?' });
	await expect(review.getByText(`${questions.length - 1} questions are not fully answered:`)).toBeVisible();
	await review.getByRole('button', { name: 'Finish and send' }).click();
	await expect(page.getByText('You finished')).toBeVisible();
	await expect(page.getByText(/1 entry is saved on this device/)).toBeVisible();

	await context.setOffline(false);
	await expect(page).toHaveURL(`/attempts/${id}/result`);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/passed: \d+ %/i);
});

test('two tabs of one attempt keep one log without gaps', async ({ page, context, account, api }) => {
	const quiz = (await api.module()).quizzes[0];
	const { id, questions } = await api.start(quiz?.id ?? '');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	const other = await context.newPage();
	await other.goto(`/attempts/${id}`);
	await expect(other.getByRole('heading', { name: `Question 1 of ${questions.length}` })).toBeVisible();
	await answer(page.getByRole('main'));
	await other.getByRole('button', { name: 'Next', exact: true }).click();
	await expect(other.getByRole('heading', { name: `Question 2 of ${questions.length}` })).toBeVisible();
	await answer(other.getByRole('main'));
	// What one tab answered, the other shows.
	await expect(page.getByRole('button', { name: /All questions/ })).toHaveText(new RegExp(`2 of ${questions.length}`));
	await expect.poll(async () => Object.keys((await api.get<Attempt>(`/attempts/${id}`)).answers).length).toBe(2);
	expect((await api.get<Attempt>(`/attempts/${id}`)).receipt.devices).toBe(2);
});
