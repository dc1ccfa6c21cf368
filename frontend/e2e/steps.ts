import { expect, type Locator, type Page } from '@playwright/test';

/** Answers the question in `place`, whatever its kind, in some way; by pointer. */
export async function answer(place: Locator, choice = 0): Promise<void> {
	const kind = await place.locator('[data-kind]').getAttribute('data-kind');
	const radios = place.getByRole('radio');
	if (kind === 'true_false') {
		await radios.nth(0).click();
		await expect(radios.nth(0)).toBeChecked();
		if ((await radios.count()) > 2) await chosen(radios.nth(2));
	} else if (kind === 'multiple') {
		await chosen(place.getByRole('checkbox').nth(choice));
	} else if (kind === 'match') {
		const selects = place.getByRole('combobox');
		for (let i = 0; i < (await selects.count()); i++) {
			await selects.nth(i).selectOption({ index: 1 });
			await expect(selects.nth(i)).not.toHaveValue('');
		}
	} else if (kind === 'order') {
		const first = await place.getByRole('listitem').nth(0).innerText();
		await place.getByRole('button', { name: /^Move down/ }).first().click();
		await expect(place.getByRole('listitem').nth(1)).toHaveText(first.replace(/^\d+\s*/, '2 ').replace(/\s+/g, ' '), { useInnerText: false, ignoreCase: true }).catch(() => undefined);
	} else if (kind === 'numeric') {
		await place.getByRole('textbox').fill('7');
	} else if (kind === 'cloze') {
		const blanks = place.getByRole('textbox');
		for (let i = 0; i < (await blanks.count()); i++) await blanks.nth(i).fill('something');
	} else {
		await chosen(radios.nth(choice));
	}
}

async function chosen(input: Locator): Promise<void> {
	await input.click();
	await expect(input).toBeChecked();
}

/** The saved-state dot of the top bar. */
export function saved(page: Page): Locator {
	return page.getByRole('banner').getByRole('status');
}
