import { expect, signIn, test } from './fixtures.ts';
import { answer } from './steps.ts';
const DIR = '/work/scratch/fe2shots';
test('shots', async ({ page, account, api, context }) => {
	test.setTimeout(200_000);
	const module = await api.module();
	const quiz = module.quizzes[0];
	const { id, questions } = await api.start(quiz?.id ?? '');
	await signIn(page, account);
	async function shot(name: string, full = false) {
		for (const [w, h] of [[360, 740], [1280, 800]] as const) for (const scheme of ['light', 'dark'] as const) {
			if (w === 1280 && scheme === 'dark') continue;
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width: w, height: h });
			await page.screenshot({ path: `${DIR}/${name}-${w}-${scheme}.png`, fullPage: full });
		}
		await page.setViewportSize({ width: 360, height: 740 });
		await page.evaluate(() => (document.documentElement.dir = 'rtl'));
		await page.screenshot({ path: `${DIR}/${name}-360-rtl.png`, fullPage: full });
		await page.evaluate(() => (document.documentElement.dir = 'ltr'));
	}
	await page.goto(`/modules/${module.slug}/${module.lessons[0]?.slug}`);
	const practices = page.locator('.practice');
	await expect(practices.first()).toBeVisible();
	const n = await practices.count();
	for (let i = 0; i < n; i++) {
		await answer(practices.nth(i));
		await practices.nth(i).getByRole('button', { name: 'Check' }).click();
		await expect(practices.nth(i).locator('section.feedback')).toBeVisible();
		await page.setViewportSize({ width: 360, height: 740 });
		await practices.nth(i).screenshot({ path: `${DIR}/practice${i}-${await practices.nth(i).locator('[data-kind]').getAttribute('data-kind')}.png` });
	}
	await page.goto(`/attempts/${id}`);
	const seen = new Set<string>();
	for (let i = 1; i <= questions.length; i++) {
		await expect(page.getByRole('heading', { name: `Question ${i} of ` })).toBeVisible();
		const kind = questions[i - 1]?.kind ?? '';
		if (i === 2) await page.getByRole('button', { name: 'Flag', exact: true }).click(); else await answer(page.getByRole('main'));
		if (!seen.has(kind)) { seen.add(kind); if (i === 1) await page.getByRole('button', { name: 'Show time' }).click(); await shot(`run-${kind}`); }
		await page.getByRole('button', { name: i === questions.length ? 'Finish' : 'Next', exact: true }).click();
	}
	await shot('review');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: /All questions/ }).click();
	await shot('palette');
	await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Finish and send' }).click();
	await expect(page.getByText('You finished')).toBeVisible();
	await shot('over');
	await context.setOffline(false);
	await expect(page).toHaveURL(/result/);
	await expect(page.getByText('Receipt')).toBeVisible();
	await shot('result', true);
});
