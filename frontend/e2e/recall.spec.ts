import type { Attempt, Recall, Result } from '../src/lib/api/types.ts';
import { letPass } from './backstage.ts';
import { expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, give, someAnswer } from './steps.ts';

test('what was learned comes back: home names the review, it is taken, and its result speaks of what was known', async ({ page, account, api, demo }) => {
	await signIn(page, account);
	await page.getByRole('link', { name: 'Review', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'There is nothing to review yet' })).toBeVisible();
	await expectSound(page);

	// A check is taken, and a month passes.
	const check = await api.start((await api.check()).id);
	await page.goto(`/attempts/${check.id}`);
	await takePaper(page, check);
	await expect(page).toHaveURL(/\/result$/);
	await page.goto('/recall');
	await expect(page.getByRole('heading', { name: 'Nothing is due now' })).toBeVisible();
	await expect(page.getByText(/Your next review: /)).toBeVisible();
	await expectSound(page);
	letPass(demo, account.username, 30);

	const recall = await api.get<Recall>('/me/review');
	expect(recall.cards).toBeGreaterThan(3);
	await page.goto('/');
	await page.getByRole('link', { name: `Review: ${recall.cards} cards, about ${recall.minutes} min` }).click();
	await expect(page.getByText(`${recall.cards} cards, about ${recall.minutes} min`)).toBeVisible();
	await expect(page.getByRole('heading', { name: 'What is fading' })).toBeVisible();
	await expectSound(page);

	await page.getByRole('button', { name: 'Start the review' }).click();
	await expect(page).toHaveURL(/\/attempts\/[^/]+$/);
	const id = page.url().split('/').pop() ?? '';
	// Left and taken up again.
	await page.getByRole('link', { name: 'Back to Review' }).click();
	await page.getByRole('link', { name: 'Go on with the review' }).click();
	const paper = await api.get<Attempt>(`/attempts/${id}`);
	expect(paper.questions).toHaveLength(recall.cards);
	await takePaper(page, paper);

	await expect(page).toHaveURL(`/attempts/${id}/result`);
	const { questions } = await api.get<Result>(`/attempts/${id}/result`);
	const right = questions.filter(({ feedback }) => feedback?.correct).length;
	const told = right === questions.length ? `You knew all ${right}` : `You knew ${right} of ${questions.length}`;
	await expect(page.getByRole('heading', { name: told })).toBeVisible();
	await expect(page.getByText(/passed|you needed/i)).toHaveCount(0);
	await expectSound(page);
	await page.getByRole('main').getByRole('link', { name: 'Back to Review' }).click();
	await expect(page).toHaveURL('/recall');
	await expect(page.getByRole('heading', { name: 'Your last reviews' })).toBeVisible();
});

/** Some answer to each question, then the end. */
async function takePaper(page: Parameters<typeof signIn>[0], { questions }: Attempt): Promise<void> {
	for (const [i, question] of questions.entries()) {
		await expectQuestion(page, i + 1, questions.length);
		await give(page.getByRole('main'), question, someAnswer(question));
		await page.getByRole('button', { name: /^(Next|Finish)$/ }).click();
	}
	await page.getByRole('button', { name: 'Finish and send' }).click();
}
