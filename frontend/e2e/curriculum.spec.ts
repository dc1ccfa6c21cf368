import type { Attempt, Lesson, Progress, Result } from '../src/lib/api/types.ts';
import { expect, expectSound, signIn, test, type Api } from './fixtures.ts';
import { give, saved, someAnswer } from './steps.ts';

/** A lesson that has a scenario. */
async function lessonWithScenario(api: Api): Promise<Lesson> {
	const module = await api.module();
	for (const { slug } of module.lessons) {
		const lesson = await api.get<Lesson>(`/modules/${module.slug}/lessons/${slug}`);
		if (lesson.scenario) return lesson;
	}
	throw new Error(`no lesson of ${module.slug} has a scenario`);
}

test('a scenario is played to its end, its decisions are in the log, and it can be played again', async ({ page, context, account, api }) => {
	const lesson = await lessonWithScenario(api);
	await signIn(page, account);
	await page.goto(`/modules/${lesson.module}/${lesson.slug}`);
	await page.getByRole('link', { name: `Play the scenario: ${lesson.scenario?.title}` }).click();
	const open = page.getByRole('region', { name: /^Decision/ }).last();
	await expect(open.getByRole('button').first()).toBeVisible();
	await expectSound(page);

	// The link dies after the first decision: the story goes on, and arrives when the link is back.
	await open.getByRole('button').last().click();
	await context.route('**/api/**', (route) => route.abort('internetdisconnected'));
	const debrief = page.getByRole('heading', { name: 'Looking back' });
	// What is chosen is shown once it is written down, and what it leads to with it.
	const made = page.getByText('You chose');
	let decisions = 1;
	await expect(made).toHaveCount(decisions);
	while (!(await debrief.isVisible())) {
		await open.getByRole('button').first().click();
		await expect(made).toHaveCount(++decisions);
	}
	await context.unroute('**/api/**');
	await expect(saved(page)).toHaveText(/Saved$/);
	const { attempts } = await api.get<Progress>('/me/progress');
	const played = attempts.filter(({ quiz }) => quiz === lesson.scenario?.quiz);
	expect(played.map(({ status }) => status)).toEqual(['submitted']);
	const attempt = await api.get<Attempt>(`/attempts/${played[0]?.id}`);
	expect(Object.keys(attempt.answers)).toHaveLength(decisions);
	const result = await api.get<Result>(`/attempts/${played[0]?.id}/result`);
	expect(result.max_points).toBe(decisions);
	await expect(page.getByText(`${Math.floor((result.score ?? 0) * 100 + 1e-6)} % of the best way`)).toBeVisible();

	await page.locator('summary').first().click();
	await expectSound(page);
	await page.getByRole('button', { name: 'Play it again' }).click();
	await expect(page.getByRole('heading', { name: 'Decision 1' })).toBeVisible();
	await expect(page.getByText('You chose')).toHaveCount(0);
});

test('search forgives a slip and needs no link once it is loaded', async ({ page, context, account }) => {
	await signIn(page, account);
	await page.goto('/modules');
	await page.getByRole('link', { name: 'Search' }).click();
	const field = page.getByRole('searchbox');
	await expect(field).toBeVisible();
	await context.route('**/api/**', (route) => route.abort('internetdisconnected'));
	await field.fill('impartialty');
	await expect(page.getByRole('heading', { name: 'Words' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Impartiality' })).toHaveAttribute('href', '/glossary#impartiality');
	await expectSound(page);
	await field.fill('xyzzy');
	await expect(page.getByText('Nothing was found for “xyzzy”')).toBeVisible();
});

test('all corrections stand on one page with their authority', async ({ page, account, api }) => {
	const { items } = await api.get<{ items: { id: string; severity: string }[] }>('/corrections');
	await signIn(page, account);
	await page.goto('/sources');
	await page.getByRole('link', { name: 'All corrections' }).click();
	await expect(page.getByText(`${items.length} corrections`)).toBeVisible();
	await page.getByLabel('Show').selectOption('A');
	await expect(page.getByText(`${items.filter(({ severity }) => severity === 'A').length} corrections`)).toBeVisible();
	await expectSound(page);
});

test('a pretest tells its score and keeps its answers until the module is finished', async ({ page, account, api }) => {
	const module = await api.module();
	await signIn(page, account);
	await page.goto(`/modules/${module.slug}`);
	await page.getByRole('button', { name: 'Try it' }).click();
	await page.getByRole('dialog').getByRole('button', { name: /^Start/ }).click();
	await expect(page).toHaveURL(/\/attempts\//);
	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const { questions } = await api.get<Attempt>(`/attempts/${id}`);
	expect(questions).toHaveLength(10);
	for (const question of questions) {
		await give(page.getByRole('main'), question, someAnswer(question));
		await page.getByRole('button', { name: /^(Next|Finish)$/ }).click();
	}
	await page.getByRole('button', { name: 'Finish and send' }).click();
	await expect(page).toHaveURL(/\/result$/);
	await expect(page.getByText('Before the module you knew')).toBeVisible();
	const result = await api.get<Result>(`/attempts/${id}/result`);
	expect(result.released).toBe(false);
	expect(result.questions.filter(({ feedback }) => feedback)).toEqual([]);
	await expectSound(page);
});

test('a trainer approves a lesson and comments on a passage; trainees see the approval', async ({ page, demo, browser, account }) => {
	await signIn(page, demo.account('marta.trainer'));
	await page.getByRole('button', { name: 'More' }).click();
	await page.getByRole('dialog').getByRole('link', { name: 'Texts', exact: true }).click();
	await expect(page.getByText(/texts are approved/)).toBeVisible();
	await expectSound(page);
	const first = page.getByRole('main').getByRole('listitem').first().getByRole('link');
	const title = await first.innerText();
	const address = (await first.getAttribute('href')) ?? '';
	await first.click();
	await page.getByRole('button', { name: 'Approve this text' }).click();
	await expect(page.getByText(/^Approved by/)).toBeVisible();
	await page.getByRole('button', { name: 'Send the comment' }).click();
	await expect(page.getByText('Say what should change.')).toBeVisible();
	await page.getByText(title).first().click({ clickCount: 3 });
	await page.getByLabel('What should change?').fill('Shorter.');
	await page.getByRole('button', { name: 'Send the comment' }).click();
	await expect(page.getByText('Your comment is kept.')).toBeVisible();
	await expectSound(page);

	const trainee = await browser.newPage({ baseURL: demo.url });
	await signIn(trainee, account);
	await trainee.goto(address.replace('/review/', '/modules/'));
	await expect(trainee.getByRole('heading', { name: title }).first()).toBeVisible();
	await expect(trainee.getByText(/No subject-matter expert/)).toHaveCount(0);
	await expect(trainee.getByRole('link', { name: 'Texts', exact: true })).toHaveCount(0);
	await trainee.goto(address);
	await expect(trainee.getByRole('alert')).toBeVisible();
	await trainee.close();
	// Others' tests count on texts that nobody has approved.
	await page.getByRole('button', { name: 'Take my approval back' }).click();
	await expect(page.getByText('Not approved yet')).toBeVisible();
});
