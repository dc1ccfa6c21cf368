import type { Answer, Attempt, Lesson, Next, Progress } from '../src/lib/api/types.ts';
import { expect, expectSound, signIn, test } from './fixtures.ts';
import { give, saved, someAnswer } from './steps.ts';

test('a lesson is read to its end, its practice is passed, and home names the next one', async ({ page, account, api }) => {
	const module = await api.module();
	const slug = module.lessons[0]?.slug ?? '';
	const lesson = await api.get<Lesson>(`/modules/${module.slug}/lessons/${slug}`);
	await signIn(page, account);
	await page.goto(`/modules/${module.slug}`);
	await page.getByRole('main').getByRole('listitem').getByRole('link', { name: lesson.title }).click();
	await expect(page.getByRole('heading', { level: 1, name: lesson.title })).toBeVisible();
	await expect(page.getByText('No subject-matter expert has reviewed this text yet.')).toBeVisible();

	// A word of the glossary and a mark each open what they stand for.
	const term = page.locator('button.term').first();
	await term.click();
	const id = await term.getAttribute('data-term');
	await expect(page.getByText(lesson.glossary.find((one) => one.id === id)?.definition ?? '?')).toBeVisible();
	await page.keyboard.press('Escape');
	const flagged = lesson.marks.find(({ kind }) => kind === 'correction');
	await page.locator(`button.mark[data-mark="${flagged?.number}"]`).first().click();
	await expect(page.getByRole('dialog')).toContainText(lesson.corrections.find(({ id: key }) => key === flagged?.key)?.correction ?? '?');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();

	// Each question is answered in some way, and again with what its feedback taught.
	const { id: attempt, questions } = await api.start(lesson.practice_quiz);
	const order = placed(lesson, questions.map((question) => question.id));
	for (const [i, key] of order.entries()) {
		const question = questions.find((one) => one.id === key);
		if (!question) throw new Error(`no question ${key} in the practice`);
		const place = page.locator('.practice').nth(i);
		const check = place.getByRole('button', { name: 'Check', exact: true });
		if (i === 0) {
			await check.click();
			await expect(place.getByText('Answer first, then check.')).toBeVisible();
		}
		await give(place, question, someAnswer(question));
		await check.click();
		const verdict = place.getByRole('region', { name: /^(Right|Partly right|Not right)$/ });
		await expect(verdict).toBeVisible();
		await expect(verdict).toContainText('Where this comes from');
		if (i === 0) await expectSound(page);
		const again = place.getByRole('button', { name: 'Try again' });
		if (await again.isHidden()) continue;
		const { feedback } = await api.get<Attempt>(`/attempts/${attempt}`);
		await again.click();
		await give(place, question, feedback[key]?.key as Answer);
		await check.click();
		await expect(place.getByRole('region', { name: 'Right', exact: true })).toBeVisible();
	}
	await page.getByRole('button', { name: 'Finish practice' }).click();
	await expect(page.getByText('Practice passed')).toBeVisible();

	for (const [title, texts] of [['Key points', lesson.key_points], ['Common mistakes', lesson.mistakes], ['What to do in the field', lesson.in_the_field]] as const) {
		const section = page.getByRole('region', { name: title });
		await expect(section.getByRole('listitem')).toHaveCount(texts.length);
	}
	await expect(page.getByRole('region', { name: 'In short' })).toHaveCount(lesson.summary_html ? 1 : 0);
	await page.getByRole('region', { name: 'Key points' }).scrollIntoViewIfNeeded();
	const own = async () => (await api.get<Progress>('/me/progress')).modules.find(({ module: one }) => one === module.slug)?.lessons[0];
	await expect.poll(async () => (await own())?.complete).toBe(true);
	await expect(saved(page)).toHaveText(/Saved$/);

	const next = await api.get<Next>('/me/next');
	expect(next.lesson).not.toBe(slug);
	await page.goto('/');
	await expect(page.getByRole('region', { name: 'Continue' })).toContainText(next.title ?? '?');
	await page.goto(`/modules/${module.slug}`);
	await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: lesson.title })).toContainText('Finished');
});

/** The questions as the page shows them: where the author placed them, then the others. */
function placed(lesson: Lesson, ids: string[]): string[] {
	const there = lesson.blocks.flatMap(({ kind, question }) => (kind === 'practice' && question ? [question] : []));
	return [...there, ...ids.filter((id) => !there.includes(id))];
}
