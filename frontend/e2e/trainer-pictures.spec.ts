import type { Page } from '@playwright/test';
import type { components } from '../src/lib/api/schema.d.ts';
import { Api, expect, expectSound, signIn, test } from './fixtures.ts';

type Schemas = components['schemas'];

/** A picture as the browser writes it: two areas, one brighter than the other. */
async function drawn(page: Page, type: 'image/png' | 'image/jpeg', width: number, height: number): Promise<Buffer> {
	const text = await page.evaluate(
		({ type, width, height }) => {
			const canvas = Object.assign(document.createElement('canvas'), { width, height });
			const pen = canvas.getContext('2d');
			pen?.fillRect(0, 0, width, height);
			if (pen) pen.fillStyle = 'orange';
			pen?.fillRect(0, 0, width / 2, height / 2);
			return canvas.toDataURL(type);
		},
		{ type, width, height }
	);
	return Buffer.from(text.split(',')[1] ?? '', 'base64');
}

/** The same photograph as a phone would have written it, with the place where it was taken. */
function located(photo: Buffer): Buffer {
	const exif = Buffer.from('Exif\0\0GPS 46.2N 6.1E', 'latin1');
	const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
	return Buffer.concat([photo.subarray(0, 2), head, exif, photo.subarray(2)]);
}

function moodle(photo: Buffer): string {
	return `<quiz><question type="multichoice"><name><text>The gate</text></name>
<questiontext format="html"><text><![CDATA[<p>What do you do first here?</p><p><img src="@@PLUGINFILE@@/gate.jpg"></p>]]></text>
<file name="gate.jpg" path="/" encoding="base64">${photo.toString('base64')}</file></questiontext>
<generalfeedback><text>Who stops is safe.</text></generalfeedback><single>true</single>
${['Stop', 'Drive on', 'Turn round'].map((text, i) => `<answer fraction="${i === 0 ? 100 : 0}"><text>${text}</text><feedback><text>So.</text></feedback></answer>`).join('\n')}
</question></quiz>`;
}

/** The address of the picture that an image shows, once it has come. */
async function addressOf(page: Page, name: string): Promise<string> {
	const image = page.getByRole('img', { name, exact: true }).first();
	await image.scrollIntoViewIfNeeded();
	await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
	return (await image.getAttribute('src')) ?? '';
}

test('pictures come in with questions or are added, are described, and trainees see them, on a dead link too', async ({ page, demo, request, browser, account }) => {
	test.slow();
	await page.setViewportSize({ width: 1280, height: 900 });
	await signIn(page, demo.account('marta.trainer'));
	const photo = located(await drawn(page, 'image/jpeg', 640, 480));
	expect(photo.includes('Exif')).toBe(true);

	// A file of Moodle's with a photograph.
	await page.goto('/trainer/exchange');
	await page.getByLabel('Tags for all of them').fill('Pictured');
	await page.getByLabel('File of questions').setInputFiles({ name: 'gate.xml', mimeType: 'text/xml', buffer: Buffer.from(moodle(photo)) });
	await expect(page.getByText('1 picture comes with them.')).toBeVisible();
	await expectSound(page);
	await page.getByRole('button', { name: 'Import 1 question' }).click();
	await page.getByRole('link', { name: 'The gate' }).click();

	// In the bank it is seen, with nothing of where it was taken.
	await expect(page.getByText('No description yet.')).toBeVisible();
	const address = await addressOf(page, 'Picture 1');
	const served = await request.get(demo.url + address);
	expect(served.headers()).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-disposition': 'inline' });
	expect((await served.body()).includes('Exif')).toBe(false);
	await expectSound(page);

	// It is described.
	await page.getByRole('link', { name: 'Edit', exact: true }).click();
	await page.getByLabel('What it shows, in words').fill('A gate with a guard, seen from a car.');
	await expect(page.getByRole('img', { name: 'A gate with a guard, seen from a car.' })).toBeVisible();
	await page.getByRole('button', { name: 'Save the question' }).click();
	await expect(page.getByText('Saved. It is a draft')).toBeVisible();
	await page.getByRole('link', { name: 'History', exact: true }).click();
	await expect(page.locator('ins').filter({ hasText: 'A gate with a guard' })).toBeVisible();

	// Another question, with a picture of one's own; what is none is refused.
	await page.goto('/trainer/questions/new');
	await page.getByLabel('Kind of question').selectOption('true_false');
	await page.getByLabel('The statement', { exact: true }).fill('The upper left of this sign is bright.');
	const file = page.getByLabel('Add a picture');
	await file.setInputFiles({ name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
	await expect(page.getByRole('alert').filter({ hasText: 'Save it as PNG or JPEG' })).toBeVisible();
	await file.setInputFiles({ name: 'a.heic', mimeType: 'image/png', buffer: Buffer.from('\0\0\0\x18ftypheic') });
	await expect(page.getByRole('alert').filter({ hasText: 'it is not a PNG, JPEG or GIF picture' })).toBeVisible();
	await expectSound(page);
	// One that is larger than what is kept is made smaller before it is sent.
	await file.setInputFiles({ name: 'sign.png', mimeType: 'image/png', buffer: await drawn(page, 'image/png', 2400, 1200) });
	const sign = page.getByRole('group', { name: 'Picture 1' });
	await expect(sign.locator('img')).toHaveAttribute('width', '2000');
	await sign.getByLabel('What it shows, in words').fill('A sign of two colours.');
	await page.getByRole('combobox', { name: 'The statement is' }).selectOption('true');
	await expect(page.getByText('Saved on this device, not in the bank yet.')).toBeVisible();
	await page.reload();
	await addressOf(page, 'A sign of two colours.');
	await page.getByLabel('Find a source, a reference or a correction').fill('security council');
	await page.getByRole('button', { name: /Reference ·/ }).first().click();
	await page.getByLabel('Tags').fill('Pictured');
	await expectSound(page);
	await page.getByRole('button', { name: 'Save as a draft' }).click();
	await expect(page).toHaveURL(/\/trainer\/questions\/.+\/q-\w+$/);

	// Both are approved and put into a quiz.
	const trainer = new Api(request, demo.url, demo.account('marta.trainer'));
	await trainer.signIn();
	const { items } = await trainer.get<Schemas['BankList']>('/questions?tag=pictured');
	expect(items).toHaveLength(2);
	for (const { id } of items) {
		const { question, tags, version } = await trainer.get<Schemas['BankQuestion']>(`/questions/${id}`);
		const cited = { ...question, references: question.references ?? ['un-charter'] };
		await trainer.put(`/questions/${id}`, { question: cited, tags, base_version: version });
		for (const state of ['review', 'approved']) {
			const now = await trainer.get<Schemas['BankQuestion']>(`/questions/${id}`);
			await trainer.post(`/questions/${id}/state`, { state, version: now.version });
		}
	}
	const quiz = await trainer.post<Schemas['Blueprint']>('/blueprints', {
		title: 'What you see', purpose: 'pretest', pass_mark: 0.5, attempts: 0, delay_minutes: 0, time_limit_minutes: 0, critical: false,
		rules: [{ tag: 'pictured', pool: 'practice', draw: 2 }],
		shows: { answers: 'never', correctness: 'never', feedback: 'never', score: 'submitted' }
	});
	await trainer.post(`/blueprints/${quiz.id}/publish`, { base: quiz.revision });

	// A trainee sees them, each with its words, and large.
	const theirs = await browser.newContext({ viewport: { width: 390, height: 800 }, baseURL: demo.url, locale: 'en-GB' });
	const phone = await theirs.newPage();
	await signIn(phone, account);
	await phone.evaluate(() => navigator.serviceWorker.ready);
	const trainee = new Api(request, demo.url, account);
	await trainee.signIn();
	const attempt = await trainee.start(quiz.id);
	const names = attempt.questions.map(({ pictures }) => pictures?.[0]?.alt ?? '');
	expect([...names].sort()).toEqual(['A gate with a guard, seen from a car.', 'A sign of two colours.']);
	await phone.goto(`/attempts/${attempt.id}`);
	await addressOf(phone, names[0] ?? '');
	await expectSound(phone);
	await phone.getByRole('button', { name: `${names[0]} (show it large)` }).press('Enter');
	await expect(phone.getByRole('dialog').getByRole('img')).toBeVisible();
	await expectSound(phone);
	await phone.keyboard.press('Escape');

	// The picture of the second is there though the link is gone.
	await expect.poll(() => phone.evaluate(async () => (await (await caches.open('muster-answers-pictures')).keys()).length)).toBe(2);
	await theirs.setOffline(true);
	await phone.getByRole('button', { name: 'Next' }).click();
	await addressOf(phone, names[1] ?? '');
	await theirs.close();
});
