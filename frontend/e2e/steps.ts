import { expect, type Locator, type Page } from '@playwright/test';
import type { Answer, PaperQuestion } from '../src/lib/api/types.ts';

/** Some whole answer to a question, right or not. */
export function someAnswer(question: PaperQuestion): Answer {
	const ids = (list: { id: string }[] | undefined) => (list ?? []).map(({ id }) => id);
	const options = ids(question.options);
	switch (question.kind) {
		case 'multiple':
			return { choices: options.slice(0, 2) };
		case 'true_false':
			return { value: true, ...(options[0] && { reason: options[0] }) };
		case 'match': {
			const right = ids(question.right);
			return { pairs: Object.fromEntries(ids(question.left).map((left, i) => [left, right[i % right.length] ?? ''])) };
		}
		case 'order': {
			const [first = '', second = '', ...rest] = ids(question.items);
			return { order: [second, first, ...rest] };
		}
		case 'numeric':
			return { value: 7 };
		case 'cloze':
			return { blanks: Array.from({ length: question.blanks ?? 0 }, (_, i) => `word ${i + 1}`) };
		default:
			return { choice: options[0] ?? '' };
	}
}

/** Gives an answer by pointer, as a person would, to the question drawn in `place`. */
export async function give(place: Locator, question: PaperQuestion, answer: Answer): Promise<void> {
	await expect(place.locator('[data-kind]')).toHaveAttribute('data-kind', question.kind);
	const at = (id: string | undefined) => (question.options ?? []).findIndex((option) => option.id === id);
	const radios = place.getByRole('radio');
	switch (question.kind) {
		case 'multiple':
			return tick(place.getByRole('checkbox'), (answer.choices ?? []).map(at));
		case 'true_false':
			await choose(radios.nth(answer.value ? 0 : 1));
			if (answer.reason) await choose(radios.nth(2 + at(answer.reason)));
			return;
		case 'match':
			for (const [i, { id }] of (question.left ?? []).entries()) {
				await place.getByRole('combobox').nth(i).selectOption(answer.pairs?.[id] ?? '');
				await expect(place.getByRole('combobox').nth(i)).toHaveValue(answer.pairs?.[id] ?? '');
			}
			return;
		case 'order':
			return arrange(place, answer.order ?? []);
		case 'numeric':
			return place.getByRole('textbox').fill(String(answer.value));
		case 'cloze':
			for (const [i, text] of (answer.blanks ?? []).entries()) await place.getByRole('textbox').nth(i).fill(text);
			return;
		case 'essay':
			return place.getByRole('textbox').fill(answer.text ?? 'I report it at once.');
		default:
			return choose(radios.nth(at(answer.choice)));
	}
}

async function choose(input: Locator): Promise<void> {
	await input.click();
	await expect(input).toBeChecked();
}

/** Taps so fast that no tap has been written down when the next one comes: none of them may be lost. */
async function tick(boxes: Locator, wanted: number[]): Promise<void> {
	await boxes.evaluateAll((all, places) => {
		all.forEach((box, i) => {
			if (box instanceof HTMLInputElement && box.checked !== places.includes(i)) box.click();
		});
	}, wanted);
	for (let i = 0; i < (await boxes.count()); i++) await expect(boxes.nth(i)).toBeChecked({ checked: wanted.includes(i) });
}

async function arrange(place: Locator, order: string[]): Promise<void> {
	const rows = place.getByRole('listitem').filter({ has: place.page().locator('[data-item]') });
	const standing = () => rows.evaluateAll((all) => all.map((row) => row.querySelector('[data-item]')?.getAttribute('data-item') ?? ''));
	let moved = false;
	for (const [target, id] of order.entries()) {
		for (let from = (await standing()).indexOf(id); from > target; from--) {
			await rows.nth(from).getByRole('button', { name: /^Move up/ }).click();
			await expect.poll(async () => (await standing()).indexOf(id)).toBe(from - 1);
			moved = true;
		}
	}
	const keep = place.getByRole('button', { name: 'Keep this order' });
	if (!moved && (await keep.isVisible())) await keep.click();
}

export async function expectQuestion(page: Page, n: number, count: number): Promise<void> {
	await expect(page.getByRole('heading', { name: `Question ${n} of ${count}`, exact: true })).toBeVisible();
}

/** The saved-state dot of the top bar. */
export function saved(page: Page): Locator {
	return page.getByRole('banner').getByRole('status');
}

/** What lies on this device: events not acknowledged, and events that the server has. */
export async function onDevice(page: Page): Promise<{ outbox: number; sent: number }> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('no answer'));
			});
		const db = await done(indexedDB.open('muster-attempts'));
		const tx = db.transaction(['outbox', 'sent']);
		const [outbox, sent] = await Promise.all([done(tx.objectStore('outbox').count()), done(tx.objectStore('sent').count())]);
		db.close();
		return { outbox, sent };
	});
}
