import type { Result } from '../src/lib/api/types.ts';
import { expect, test } from './fixtures.ts';

/** Where a response of a kind holds what was chosen; `choice` for the others. */
const FIELD: Partial<Record<string, string>> = {
	match: 'pairs',
	order: 'order',
	cloze: 'blanks',
	multiple: 'choices',
	numeric: 'value',
	true_false: 'value'
};

test('a check is taken by keyboard alone', async ({ page, account, api }) => {
	const quiz = await api.check();
	const { id, questions } = await api.start(quiz.id);
	const count = questions.length;
	const press = (key: string) => page.keyboard.press(key);

	await page.goto(`/sign-in?next=/attempts/${id}`);
	await page.getByLabel('User name').focus();
	await page.keyboard.type(account.username);
	await press('Tab');
	await page.keyboard.type(account.password);
	await press('Enter');

	for (let n = 1; n <= count; n++) {
		await expect(page.getByRole('heading', { name: `Question ${n} of ${count}` })).toBeVisible();
		if (n > 1) await expect(page.getByRole('heading', { name: `Question ${n} of ${count}` })).toBeFocused();
		const kind = questions[n - 1]?.kind ?? '';
		if (['single', 'judgement', 'multiple', 'true_false'].includes(kind)) {
			await press('1');
			await expect(page.locator('input[aria-keyshortcuts="1"]')).toBeChecked();
			if (kind === 'true_false' && questions[n - 1]?.options?.length) {
				await press('3');
				await expect(page.locator('input[aria-keyshortcuts="3"]')).toBeChecked();
			}
		} else if (kind === 'order') {
			const down = page.getByRole('button', { name: /^Move down/ }).first();
			const name = (await down.innerText()).trim();
			await down.focus();
			await press('Enter');
			// The focus goes with the thing that moved.
			await expect(page.getByRole('listitem').nth(1).getByRole('button', { name, exact: true })).toBeFocused();
		} else if (kind === 'match') {
			const selects = page.getByRole('combobox');
			for (let i = 0; i < (await selects.count()); i++) {
				await selects.nth(i).focus();
				await press('ArrowDown');
				await expect(selects.nth(i)).not.toHaveValue('');
			}
		} else {
			const fields = page.getByRole('main').getByRole('textbox');
			for (let i = 0; i < (await fields.count()); i++) {
				await fields.nth(i).focus();
				await page.keyboard.type('7');
			}
		}
		// Enter goes on, but for where the focus is on something that has its own use for it.
		if (['order', 'match'].includes(kind)) {
			await page.getByRole('button', { name: n === count ? 'Finish' : 'Next', exact: true }).focus();
		}
		await press('Enter');
	}
	const review = page.getByRole('dialog', { name: 'Finish the attempt?' });
	await expect(review.getByText('You answered every question.')).toBeVisible();
	await press('Escape');
	await expect(review).toBeHidden();
	await page.getByRole('button', { name: 'Finish', exact: true }).focus();
	await press('Enter');
	await review.getByRole('button', { name: 'Finish and send' }).focus();
	await press('Enter');
	await expect(page).toHaveURL(`/attempts/${id}/result`);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/passed: \d+\s%/i);
	// What was typed or chosen stands at its own question, and nothing of it at another's.
	const result = await api.get<Result>(`/attempts/${id}/result`);
	for (const { question, response } of result.questions) {
		expect(Object.keys(response ?? {}), question.kind).toContain(FIELD[question.kind] ?? 'choice');
		if (question.kind === 'cloze') expect(response).toEqual({ blanks: Array.from({ length: question.blanks ?? 0 }, () => '7') });
		if (question.kind === 'numeric') expect(response).toEqual({ value: 7 });
	}
});
