import type { Answer, Attempt } from '../src/lib/api/types.ts';
import { expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, give, onDevice, saved, someAnswer } from './steps.ts';

test('answers given without a link survive a reload and a closed tab, and arrive by themselves', async ({ page, context, account, api }) => {
	const quiz = await api.check();
	const { id, questions, receipt } = await api.start(quiz.id);
	const read = () => api.get<Attempt>(`/attempts/${id}`);
	const given: Record<string, Answer> = {};
	async function take(n: number) {
		const question = questions[n - 1];
		if (!question) throw new Error(`no question ${n}`);
		await expectQuestion(page, n, questions.length);
		given[question.id] = someAnswer(question);
		await give(page.getByRole('main'), question, someAnswer(question));
		await page.getByRole('button', { name: 'Next', exact: true }).click();
	}
	await signIn(page, account);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.goto(`/attempts/${id}`);
	await take(1);
	await expect.poll(async () => (await read()).answers).toEqual(given);
	await expect(saved(page)).toHaveText(/Saved$/);
	const known = structuredClone(given);

	await context.setOffline(true);
	await context.route('**/api/**', (route) => route.abort('internetdisconnected'));
	for (let n = 2; n <= 4; n++) await take(n);
	await expect(saved(page)).toHaveText(/Saved on this device/);
	await expect(page.getByText('You are offline. Go on: each answer is saved on this device.')).toBeVisible();
	await expectSound(page);

	// The page is loaded again on the dead link: it goes on at the fifth question with all that was answered.
	await page.reload();
	await take(5);
	await expectQuestion(page, 6, questions.length);
	await expect(saved(page)).toHaveText(/Saved on this device/);
	await page.close();
	expect((await read()).answers).toEqual(known);

	// Days later: another page of Muster, a link, and nothing that the trainee does.
	await context.unroute('**/api/**');
	await context.setOffline(false);
	const later = await context.newPage();
	await later.goto('/');
	await expect.poll(async () => (await read()).answers).toEqual(given);
	await expect(saved(later)).toHaveText(/Saved$/);
	// All that this device said is there once: no more, no less, from one device beside the server's own.
	const { outbox, sent } = await onDevice(later);
	const after = (await read()).receipt;
	expect([outbox, after.events - receipt.events]).toEqual([0, sent]);
	expect(after.devices).toBe(2);
});

test('an answer whose acknowledgement is lost on the way counts once', async ({ page, context, account, api }) => {
	const quiz = await api.check();
	const { id, questions, receipt } = await api.start(quiz.id);
	const [first] = questions;
	if (!first) throw new Error('an empty paper');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	let lost = 0;
	await context.route('**/events', async (route) => {
		await route.fetch();
		lost++;
		await route.abort('connectionreset');
	});
	await give(page.getByRole('main'), first, someAnswer(first));
	await expect.poll(() => lost).toBeGreaterThan(0);
	await expect(saved(page)).toHaveText(/Saved on this device/);
	await context.unroute('**/events');
	await page.reload();
	await expect(saved(page)).toHaveText(/Saved$/);
	await expect.poll(() => onDevice(page)).toMatchObject({ outbox: 0 });
	const { answers, receipt: after } = await api.get<Attempt>(`/attempts/${id}`);
	expect(answers).toEqual({ [first.id]: someAnswer(first) });
	expect(after.events - receipt.events).toBe((await onDevice(page)).sent);
});

test('the indicator says when the server refuses, keeps the answer, and says so again when it takes it', async ({ page, context, account, api }) => {
	const quiz = await api.check();
	const { id, questions } = await api.start(quiz.id);
	const [first] = questions;
	if (!first) throw new Error('an empty paper');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	await expectQuestion(page, 1, questions.length);
	await expect(saved(page)).toHaveText(/Saved$/);
	const problem = { status: 422, contentType: 'application/problem+json', body: JSON.stringify({ status: 422, code: 'invalid', title: 'Invalid' }) };
	await context.route('**/events', (route) => route.fulfill(problem));
	await give(page.getByRole('main'), first, someAnswer(first));
	await expect(saved(page)).toHaveText(/Needs attention/);
	await expect(page.getByRole('alert')).toContainText('Some answers need attention');
	await expectSound(page);
	await context.unroute('**/events');
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(saved(page)).toHaveText(/Saved$/);
	expect((await api.get<Attempt>(`/attempts/${id}`)).answers).toEqual({ [first.id]: someAnswer(first) });
});

test('the end given without a link is sent when the link is back, and the result opens', async ({ page, context, account, api }) => {
	const quiz = await api.check();
	const { id, questions } = await api.start(quiz.id);
	const [first] = questions;
	if (!first) throw new Error('an empty paper');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	await give(page.getByRole('main'), first, someAnswer(first));
	await expect(saved(page)).toHaveText(/Saved$/);

	await context.setOffline(true);
	await page.getByRole('button', { name: /All questions/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
	const review = page.getByRole('dialog', { name: 'Finish the attempt?' });
	await expect(review.getByText(`${questions.length - 1} questions are not fully answered:`)).toBeVisible();
	await review.getByRole('button', { name: 'Finish and send' }).click();
	await expect(page.getByText('You finished')).toBeVisible();
	await expect(page.getByText(/saved on this device. (It is|They are) sent by/)).toBeVisible();
	await expect(saved(page)).toHaveText(/Saved on this device/);

	await context.setOffline(false);
	await expect(page).toHaveURL(`/attempts/${id}/result`);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/passed: \d+\s%/i);
});

test('two tabs of one attempt keep one log without gaps', async ({ page, context, account, api }) => {
	const quiz = await api.check();
	const { id, questions } = await api.start(quiz.id);
	const [first, second] = questions;
	if (!first || !second) throw new Error('too short a paper');
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	const other = await context.newPage();
	await other.goto(`/attempts/${id}`);
	await expectQuestion(other, 1, questions.length);
	await give(page.getByRole('main'), first, someAnswer(first));
	await other.getByRole('button', { name: 'Next', exact: true }).click();
	await expectQuestion(other, 2, questions.length);
	await give(other.getByRole('main'), second, someAnswer(second));
	// What one tab answered, the other shows.
	await expect(page.getByRole('button', { name: /All questions/ })).toHaveText(new RegExp(`2 of ${questions.length} done`));
	const given = { [first.id]: someAnswer(first), [second.id]: someAnswer(second) };
	await expect.poll(async () => (await api.get<Attempt>(`/attempts/${id}`)).answers).toEqual(given);
	expect((await api.get<Attempt>(`/attempts/${id}`)).receipt.devices).toBe(2);
});
