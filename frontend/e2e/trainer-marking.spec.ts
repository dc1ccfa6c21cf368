import type { APIRequestContext, Browser, Page } from '@playwright/test';
import type { QuizState } from '../src/lib/api/types.ts';
import type { components } from '../src/lib/api/schema.d.ts';
import { makeTrainer } from './backstage.ts';
import type { Account, Demo } from './demo.ts';
import { Api, expect, expectSound, join, signIn, test } from './fixtures.ts';
import { expectQuestion } from './steps.ts';

const DESK = { width: 1280, height: 900 };
const STEM = 'Why may a peacekeeping mission use force only in self-defence and in defence of its mandate?';
const TITLE = 'Force, in your own words';
const TEXT = 'Because the parties consent to it.\n\nWho fights for one side loses that consent.';

type Essay = components['schemas']['Essay'];
type BankQuestion = components['schemas']['BankQuestion'];
type EssayList = components['schemas']['EssayList'];

// A step that cannot be done says so soon. A demo with somebody in it is another than that of the
// specs before this one, who leave essays that wait.
test.use({ actionTimeout: 20_000, people: 1 });

/** The question as a trainer writes it; another one approves it. */
async function writeEssay(page: Page, checker: Api): Promise<string> {
	await page.goto('/trainer/questions/new?kind=essay');
	await page.getByLabel('What is asked').fill(STEM);
	const first = page.getByRole('group', { name: 'Criterion 1' });
	await first.getByLabel('What a good answer has').fill('Speaks of **consent**');
	await first.getByLabel('Points').fill('2');
	await first.getByLabel('Guide for who marks').fill('1 point for the word alone.');
	await page.getByRole('button', { name: 'Add a criterion' }).click();
	const second = page.getByRole('group', { name: 'Criterion 2' });
	await second.getByLabel('What a good answer has').fill('Speaks of impartiality');
	await second.getByLabel('Points').fill('3');
	await page.getByLabel('Words asked for, at most').fill('10');
	await page.getByLabel('Model answer').fill('Consent and impartiality end where force begins.');
	await page.getByLabel('Find a source, a reference or a correction').fill('security council');
	await page.getByRole('button', { name: /Reference ·/ }).first().click();
	await page.getByLabel('Outcomes of the module').selectOption({ index: 1 });
	await page.locator('.lessons').getByRole('checkbox').first().click();
	await page.getByLabel('Pool', { exact: true }).selectOption('exam');
	await page.getByRole('button', { name: 'Save as a draft' }).click();
	await expect(page).toHaveURL(/\/trainer\/questions\/.+\/q-\w+$/);
	await page.getByRole('button', { name: 'Send to review' }).click();
	await expect(page.getByText('It waits for review now.')).toBeVisible();
	const id = new URL(page.url()).pathname.replace('/trainer/questions/', '').replaceAll('/', '.');
	const { version } = await checker.get<BankQuestion>(`/questions/${id}`);
	await checker.post<BankQuestion>(`/questions/${id}/state`, { state: 'approved', version, note: '' });
	return id;
}

/** Another trainer. */
async function colleague(demo: Demo, request: APIRequestContext): Promise<Api> {
	const account = await join(demo, request);
	makeTrainer(demo, account.username);
	const api = new Api(request, demo.url, account);
	await api.signIn();
	return api;
}

async function publishQuiz(page: Page, question: string): Promise<void> {
	await page.goto(`/trainer/quizzes/new?question=${question}`);
	await page.getByRole('textbox', { name: 'Title' }).fill(TITLE);
	await page.getByLabel('Purpose').selectOption('check');
	await page.getByRole('button', { name: 'Save draft' }).click();
	await expect(page).toHaveURL(/\/trainer\/quizzes\/force-/);
	await page.getByRole('button', { name: 'Publish', exact: true }).click();
	await page.getByRole('dialog', { name: 'Publish this quiz?' }).getByRole('button', { name: 'Publish', exact: true }).click();
	await expect(page.getByText('Published. Trainees can see it now.')).toBeVisible();
}

/** A trainee takes the quiz, and is told that a person marks it. */
async function take(browser: Browser, demo: Demo, account: Account, text: string): Promise<Page> {
	const page = await (await browser.newContext({ baseURL: demo.url, locale: 'en-GB' })).newPage();
	await signIn(page, account);
	await page.goto('/modules');
	await page.getByRole('region', { name: TITLE }).getByRole('button', { name: 'Start the quiz' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Start the quiz' }).click();
	await expectQuestion(page, 1, 1);
	await page.getByRole('textbox', { name: 'Your answer' }).fill(text);
	await expect(page.getByText('more than asked for')).toHaveCount(text === TEXT ? 1 : 0);
	await page.getByRole('button', { name: 'Finish' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Finish and send' }).click();
	await expect(page).toHaveURL(/\/result$/);
	await expect(page.getByRole('heading', { name: '1 answer waits for a mark; your result comes with it' })).toBeVisible();
	await expect(page.getByText(/\d+\s%/)).toHaveCount(0);
	return page;
}

test('an essay is written, marked by keyboard without a name, and marked again', async ({ page, demo, account, browser, request }) => {
	// A question, a quiz, three trainees and two trainers.
	test.slow();
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	await page.goto('/trainer/marking');
	await expect(page.getByText('Nothing waits for a mark')).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'Marked', exact: true }).click();
	await expect(page.getByText('Nothing is marked yet')).toBeVisible();
	await publishQuiz(page, await writeEssay(page, await colleague(demo, request)));

	const trainee = await take(browser, demo, account, TEXT);
	const others = [await join(demo, request), await join(demo, request)];
	for (const [i, other] of others.entries()) await (await take(browser, demo, other, `Short ${i + 2}.`)).context().close();
	await expectSound(trainee);

	// It is asked for at home, oldest first, and nobody is named.
	await page.goto('/trainer');
	await expect(page.getByRole('heading', { name: '3 answers wait for a mark' })).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Marking 3 wait' })).toBeVisible();
	await expectSound(page);
	await page.getByRole('link', { name: 'Open the queue' }).click();
	await expect(page.getByText('3 answers wait for a mark. The oldest is first.')).toBeVisible();
	await page.getByLabel('Quiz', { exact: true }).selectOption(`${TITLE} (3)`);
	await expect(page).toHaveURL(/quiz=bank\.force-/);
	await expectSound(page);
	await page.getByRole('row').filter({ hasText: STEM }).first().getByRole('link').click();
	await expect(page.getByText('You mark the answer, not the person: names are hidden.')).toBeVisible();
	const written = page.getByRole('region', { name: 'The answer' });
	await expect(written).toContainText('Who fights for one side loses that consent.');
	await expect(written).toContainText('14 words · 4 words more than asked for. It is marked all the same.');
	expect(await page.content()).not.toContain(account.username);
	await expectSound(page);

	// Nothing is given by halves; then by keys alone, one of which does not fit.
	const points = page.getByRole('group', { name: /^Criterion 1 of 2/ });
	await page.getByRole('button', { name: 'Save the mark and open the next' }).click();
	await expect(points).toContainText('Give points for every criterion.');
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keys for marking' })).toBeVisible();
	await expectSound(page);
	await page.keyboard.press('Escape');
	await page.keyboard.press('7');
	await expect(page.getByText('This criterion gives 0 to 2 points.')).toBeVisible();
	await page.keyboard.press('2');
	await expect(points.getByRole('radio', { name: '2 points' })).toBeChecked();
	await page.keyboard.press('1');
	await expect(page.getByText('Total so far: 3 of 5 points')).toBeVisible();
	await expect(page.getByLabel('Comment')).toBeFocused();
	await page.keyboard.type('Consent is right. Read on impartiality.');

	// It is kept on the device, and leaving is asked about.
	await expect(page.getByText('Saved on this device, not given as a mark yet.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('are back from this device')).toBeVisible();
	await page.getByRole('link', { name: 'All answers' }).click();
	await page.getByRole('dialog', { name: 'You have not saved this mark' }).getByRole('button', { name: 'Go on marking' }).click();
	await page.keyboard.press('Control+Enter');
	await expect(page.getByText('Saved: 3 of 5 points for the last answer.')).toBeVisible();
	await expect(written).toContainText('Short 2.');
	await expect(page.getByRole('link', { name: 'Marking 2 wait' })).toBeVisible();

	// The trainee sees what was given, and by nobody named.
	await trainee.reload();
	await expect(trainee.getByRole('main')).toContainText('60\u00a0%');
	for (const said of ['2 of 2 points', '1 of 3 points', 'Consent is right. Read on impartiality.']) await expect(trainee.getByText(said)).toBeVisible();
	await expect(trainee.getByText(/Marta/)).toHaveCount(0);

	// What is skipped does not come back at once.
	await page.keyboard.press('n');
	await expect(written).toContainText('Short 3.');
	await page.keyboard.press('n');
	await expect(page.getByText('You have skipped every other answer of this quiz that waits.')).toBeVisible();

	// The first one is marked again, with a reason that the trainee does not read.
	await page.getByRole('link', { name: 'All answers' }).click();
	await page.getByRole('link', { name: 'Marked', exact: true }).click();
	await expect(page.getByRole('row').filter({ hasText: STEM })).toHaveCount(1); // no longer the two that wait
	await expect(page.getByRole('row').filter({ hasText: STEM })).toContainText('60\u00a0% of the points');
	await expectSound(page);
	await page.getByRole('row').filter({ hasText: STEM }).getByRole('link').click();
	await expect(page.getByRole('region', { name: 'The mark' })).toContainText('3 of 5 points');
	await expectSound(page);
	await page.getByRole('button', { name: 'Mark again' }).click();
	await page.getByRole('group', { name: /^Criterion 2 of 2/ }).getByRole('radio', { name: '3 points' }).check({ force: true });
	await page.getByRole('button', { name: 'Save the mark', exact: true }).click();
	await expect(page.getByText('Say why, in a few words.')).toBeVisible();
	await page.getByLabel('Why you mark it again').fill('Impartiality is there in other words.');
	await page.getByRole('button', { name: 'Save the mark', exact: true }).click();
	await expect(page.getByText('Saved: 5 of 5 points.')).toBeVisible();
	await expect(page.getByText('1 earlier mark')).toBeVisible();
	await trainee.reload();
	await expect(trainee.getByRole('main')).toContainText('100\u00a0%');
	await expect(trainee.getByText('Impartiality is there in other words.')).toHaveCount(0);
	await trainee.context().close();
});

test('two trainers who mark the same answer lose neither mark', async ({ page, demo, browser, request }) => {
	test.slow();
	await page.setViewportSize(DESK);
	await signIn(page, demo.account('marta.trainer'));
	const first = new Api(request, demo.url, demo.account('marta.trainer'));
	await first.signIn();
	const theirs = await colleague(demo, request);
	const { items } = await first.get<{ items: QuizState[] }>('/quizzes');
	if (!items.some(({ title }) => title === TITLE)) await publishQuiz(page, await writeEssay(page, theirs));
	const trainee = await join(demo, request);
	await (await take(browser, demo, trainee, 'Two read this.')).context().close();
	const { items: waiting } = await first.get<EssayList>('/marking?limit=200');
	const id = waiting.at(-1)?.id ?? '';

	await page.goto(`/trainer/marking/${id}`);
	await expect(page.getByRole('region', { name: 'The answer' })).toContainText('Two read this.');
	await page.keyboard.press('2');
	await page.keyboard.press('3');
	await page.getByLabel('Comment').fill('All of it.');

	const { of } = await theirs.get<Essay>(`/marking/${id}`);
	await theirs.post<Essay>(`/marking/${id}/marks`, { points: [1, 0], comment: 'Thin.', of, marks: 0 });

	await page.keyboard.press('Control+Enter');
	await expect(page.getByText('Somebody has marked this answer meanwhile')).toBeVisible();
	const beside = page.getByRole('table', { name: 'Their mark and yours' });
	for (const said of ['1 of 2', '2 of 2', 'Thin.', 'All of it.']) await expect(beside).toContainText(said);
	await expectSound(page);

	// It stays so through a reload; then one of the two is chosen.
	await page.reload();
	await expect(beside).toContainText('All of it.');
	await page.getByLabel('Why you mark it again').fill('Both points are there.');
	await page.getByRole('button', { name: 'Put mine in its place' }).click();
	await expect(page.getByText('Saved: 5 of 5 points.')).toBeVisible();
	const kept = await first.get<Essay>(`/marking/${id}`);
	expect(kept.marks.map((mark) => mark.points)).toEqual([[2, 3], [1, 0]]);

	// The other way round: their mark stands, and this one is thrown away.
	await page.getByRole('button', { name: 'Change it' }).click();
	await page.getByLabel('Why you mark it again').fill('Too much.');
	await theirs.post<Essay>(`/marking/${id}/marks`, { points: [2, 1], comment: 'Agreed.', reason: 'We spoke.', of, marks: 2 });
	await page.getByRole('button', { name: 'Save the mark', exact: true }).click();
	await page.getByRole('button', { name: 'Leave their mark' }).click();
	await expect(page.getByRole('region', { name: 'The mark' })).toContainText('3 of 5 points');
	await expect(page.getByText('2 earlier marks')).toBeVisible();

	// Nobody who learns gets at it.
	const learner = new Api(request, demo.url, trainee);
	await learner.signIn();
	await expect(learner.get(`/marking/${id}`)).rejects.toThrow();
});
