import type { Result } from '../src/lib/api/types.ts';
import { expect, expectSound, signIn, test } from './fixtures.ts';
import { answer, saved } from './steps.ts';

test('a trainee signs in, reads a lesson, practises, takes the check and sees the result', async ({ page, account, api }) => {
	const module = await api.module();
	const [lesson] = module.lessons;
	await signIn(page, account);
	await expectSound(page);

	await page.goto(`/modules/${module.slug}`);
	await page.getByRole('main').getByRole('listitem').getByRole('link', { name: lesson?.title ?? '' }).click();
	await expect(page.getByRole('heading', { level: 1, name: lesson?.title ?? '' })).toBeVisible();
	const practice = page.locator('.practice').first();
	await practice.getByRole('button', { name: 'Check' }).click();
	await expect(practice.getByText('Answer first, then check.')).toBeVisible();
	await answer(practice);
	await practice.getByRole('button', { name: 'Check' }).click();
	await expect(practice.getByRole('region', { name: /^(Right|Partly right|Not right)$/ })).toBeVisible();
	await expectSound(page);

	await page.goto(`/modules/${module.slug}`);
	await page.getByRole('button', { name: 'Start the check' }).first().click();
	await page.getByRole('dialog').getByRole('button', { name: 'Start the check' }).click();
	await expect(page).toHaveURL(/\/attempts\/[^/]+$/);
	const id = page.url().split('/').pop() ?? '';
	const count = module.quizzes[0]?.questions ?? 0;
	for (let n = 1; n <= count; n++) {
		await expect(page.getByRole('heading', { name: `Question ${n} of ${count}` })).toBeVisible();
		if (n === 3) await page.getByRole('button', { name: 'Flag', exact: true }).click();
		else await answer(page.getByRole('main'));
		if (n <= 3) await expectSound(page);
		await page.getByRole('button', { name: n === count ? 'Finish' : 'Next', exact: true }).click();
	}
	const review = page.getByRole('dialog', { name: 'Finish the attempt?' });
	await expect(review.getByText('1 question is not fully answered:')).toBeVisible();
	await expectSound(page);
	await review.getByRole('button', { name: /^3/ }).first().click();
	await expect(page.getByRole('heading', { name: `Question 3 of ${count}` })).toBeVisible();
	await page.getByRole('button', { name: /All questions/ }).click();
	await expectSound(page);
	await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
	await review.getByRole('button', { name: 'Finish and send' }).click();

	await expect(page).toHaveURL(`/attempts/${id}/result`);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/^(Passed|Not passed): \d+ %/);
	await expect(page.getByText(/Receipt/)).toBeVisible();
	await page.getByRole('button', { name: /^Flagged \(1\)$/ }).click();
	await expect(page.getByText('You gave no answer.')).toBeVisible();
	await page.getByRole('button', { name: /^All/ }).click();
	await expect(page.getByRole('article')).toHaveCount(count);
	await expectSound(page);
	await expect(saved(page)).toHaveText(/Saved$/);
	const result = await api.get<Result>(`/attempts/${id}/result`);
	await expect(page.getByText(result.receipt.head)).toBeVisible();
	expect(result.questions.filter(({ response }) => response !== undefined)).toHaveLength(count - 1);
});
