import { expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, give, someAnswer } from './steps.ts';

test('the time is told near its end, and the attempt is handed in when it is up', async ({ page, account, api }) => {
	const quiz = await api.check();
	const { id, questions } = await api.start(quiz.id);
	const [first] = questions;
	if (!first) throw new Error('an empty paper');
	await page.clock.install();
	await signIn(page, account);
	await page.goto(`/attempts/${id}`);
	await expectQuestion(page, 1, questions.length);
	await give(page.getByRole('main'), first, someAnswer(first));
	const minutes = quiz.time_limit_minutes;
	const timer = page.getByRole('timer');
	const call = (text: string) => page.getByRole('status').filter({ hasText: new RegExp(`^${text}$`) });

	// Hidden until asked for.
	await expect(timer).toBeHidden();
	await page.getByRole('button', { name: 'Show time' }).click();
	await expect(timer).toHaveText(new RegExp(`^(${minutes}:00|${minutes - 1}:\\d\\d) left$`));
	await timer.click();
	await expect(timer).toBeHidden();

	await page.clock.fastForward((minutes - 11) * 60_000);
	await expect(call('10 minutes left')).toHaveCount(0);
	await page.clock.fastForward(61_000);
	await expect(call('10 minutes left')).toBeAttached();
	await expect(timer).toBeHidden();
	await page.clock.fastForward(5 * 60_000);
	await expect(call('5 minutes left')).toBeAttached();
	await expect(timer).toHaveText(/^4:\d\d left$/);
	await expectSound(page);
	await page.clock.fastForward(4 * 60_000);
	await expect(call('1 minute left')).toBeAttached();
	await expect(timer).toHaveText(/^0:\d\d left$/);

	await page.clock.fastForward(61_000);
	await expect(page.getByText('Time is up')).toBeVisible();
	await page.getByRole('link', { name: 'See the result' }).click();
	await expect(page).toHaveURL(`/attempts/${id}/result`);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/passed: \d+\s%/i);
});
