import type { Page } from '@playwright/test';
import type { Answer, Result } from '../src/lib/api/types.ts';
import { checkOf, expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, give, saved, someAnswer } from './steps.ts';

test('a module check is started from its page, taken, and explained on its result page', async ({ page, account, api }) => {
	const module = await api.module();
	const quiz = checkOf(module);
	await signIn(page, account);
	await page.goto(`/modules/${module.slug}`);
	await page.getByRole('button', { name: 'Start the check' }).click();
	await expectSound(page);
	await page.getByRole('dialog').getByRole('button', { name: 'Start the check' }).click();
	await expect(page).toHaveURL(/\/attempts\/[^/]+$/);
	const id = page.url().split('/').pop() ?? '';
	const { questions } = await api.start(quiz.id);
	const count = questions.length;
	expect(count).toBe(quiz.questions);

	const given: Record<string, Answer> = {};
	for (const [i, question] of questions.entries()) {
		await expectQuestion(page, i + 1, count);
		if (i === 2) {
			await page.getByRole('button', { name: 'Flag', exact: true }).click();
			await expect(page.getByRole('button', { name: 'Flagged', exact: true })).toBeVisible();
		} else {
			given[question.id] = someAnswer(question);
			await give(page.getByRole('main'), question, someAnswer(question));
		}
		// One of each kind is looked at.
		if (questions.findIndex(({ kind }) => kind === question.kind) === i) await expectSound(page);
		await page.getByRole('button', { name: i + 1 === count ? 'Finish' : 'Next', exact: true }).click();
	}
	const review = page.getByRole('dialog', { name: 'Finish the attempt?' });
	await expect(review.getByText('1 question is not fully answered:')).toBeVisible();
	await expect(review.getByText('1 question is flagged:')).toBeVisible();
	await expectSound(page);
	await review.getByRole('button', { name: /^3/ }).first().click();
	await expectQuestion(page, 3, count);
	await page.getByRole('button', { name: /All questions/ }).click();
	await expect(page.getByRole('dialog').getByRole('button', { name: 'Question 3: Empty, flagged' })).toBeVisible();
	await expectSound(page);
	await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
	await review.getByRole('button', { name: 'Finish and send' }).click();

	await expect(page).toHaveURL(`/attempts/${id}/result`);
	const result = await api.get<Result>(`/attempts/${id}/result`);
	const percent = Math.floor((result.score ?? 0) * 100 + 1e-9);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(new RegExp(`^(Not passed|Passed): ${percent}\\s%`));
	await expect(page.getByText(result.receipt.head)).toBeVisible();
	await expect(saved(page)).toHaveText(/Saved$/);
	expect(Object.fromEntries(result.questions.flatMap(({ question, response }) => (response ? [[question.id, response]] : [])))).toEqual(given);
	for (const { title } of result.study_next) await expect(page.getByRole('region', { name: 'Study next' }).getByRole('link', { name: title })).toBeVisible();

	await page.getByRole('button', { name: 'Flagged (1)' }).click();
	await expect(page.getByRole('article')).toHaveCount(1);
	await expect(page.getByText('You gave no answer.')).toBeVisible();
	await page.getByRole('button', { name: /^All/ }).click();
	await expect(page.getByRole('article')).toHaveCount(count);
	await expectSound(page);
	await expectExplained(page, result);
});

/** Each question with its verdict, its key, why, and where it comes from; a source with its digest and correction. */
async function expectExplained(page: Page, { questions }: Result): Promise<void> {
	let opened = false;
	for (const [i, { question, feedback }] of questions.entries()) {
		if (!feedback) throw new Error('nothing was released');
		const article = page.getByRole('article').nth(i);
		const verdict = feedback.correct ? 'Right' : feedback.fraction > 0 ? 'Partly right' : 'Not right';
		const told = article.getByRole('region', { name: verdict, exact: true });
		const plain = (html: string) => page.evaluate((text) => new DOMParser().parseFromString(text, 'text/html').body.textContent?.trim() ?? '', html);
		await expect(told).toContainText(await plain(feedback.explanation_html ?? ''));
		const right = feedback.parts.filter((part) => part.right).length;
		if (['single', 'judgement', 'multiple'].includes(question.kind) && right > 0) {
			await expect(article.locator('.option').filter({ hasText: 'Right answer' })).toHaveCount(right);
		} else if (!feedback.correct) {
			for (const line of feedback.key_html ?? []) await expect(told).toContainText(await plain(line));
		}
		const note = feedback.citations.find(({ corrections }) => feedback.corrections.some(({ id }) => corrections.includes(id)));
		if (!note || opened) continue;
		opened = true;
		await told.getByRole('button', { name: note.heading }).first().click();
		const sheet = page.getByRole('dialog', { name: 'Source section' });
		await expect(sheet).toContainText((await plain(note.digest_html)).slice(0, 60));
		await expect(sheet).toContainText(feedback.corrections.find(({ id }) => note.corrections.includes(id))?.correction ?? '?');
		await expectSound(page);
		await page.keyboard.press('Escape');
	}
	expect(opened, 'a question that cites a flagged section').toBe(true);
}
