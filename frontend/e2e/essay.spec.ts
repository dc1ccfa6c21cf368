import type { APIRequestContext, Page } from '@playwright/test';
import type { Answer, Attempt, PaperQuestion } from '../src/lib/api/types.ts';
import type { Blueprint } from '../src/lib/quiz-builder/types.ts';
import type { BankItem, QuestionText } from '../src/lib/trainer/types.ts';
import type { Demo } from './demo.ts';
import { Api, expect, expectSound, signIn, test } from './fixtures.ts';
import { expectQuestion, saved } from './steps.ts';

const ESSAY: QuestionText = {
	kind: 'essay',
	pool: 'practice',
	bloom: 'apply',
	difficulty: 2,
	stem: 'A patrol meets an armed group that turns people back at a bridge. What does the patrol do, and **why**?',
	rubric: [
		{ text: 'Protects the people first', points: 3, guide: 'All points for an act, one for the word.' },
		{ text: 'Reports at once', points: 2 }
	],
	max_words: 12,
	model: 'The patrol places itself beside the people, warns, and reports at once.',
	explanation: 'To protect civilians comes first.',
	outcomes: []
};

let made = 0;

/** A published quiz of one essay and one other question, with an attempt that is open. */
async function paper(demo: Demo, api: Api, request: APIRequestContext, shows: Partial<Blueprint['quiz']['shows']> = {}): Promise<{ attempt: Attempt; essay: PaperQuestion; at: number }> {
	const trainer = new Api(request, demo.url, demo.account('marta.trainer'));
	await trainer.signIn();
	const { items } = await trainer.get<{ items: BankItem[] }>('/questions?kind=single&pool=practice&state=approved&limit=1');
	const [single] = items;
	if (!single) throw new Error('no question to ask beside it');
	const full = await trainer.get<{ question: QuestionText }>(`/questions/${single.id}`);
	const question = { ...ESSAY, outcomes: full.question.outcomes ?? [], citations: full.question.citations ?? [], references: full.question.references ?? [], corrections: full.question.corrections ?? [], stem: `${ESSAY.stem} (${++made})` };
	const { id, version } = await trainer.post<BankItem>('/questions', { question, tags: [] });
	for (const state of ['review', 'approved']) await trainer.post(`/questions/${id}/state`, { state, version });
	const quiz = {
		title: `In your own words ${made}`,
		purpose: 'practice',
		pass_mark: 0.5,
		critical: false,
		time_limit_minutes: 0,
		attempts: 0,
		delay_minutes: 0,
		shows: { score: 'submitted', correctness: 'submitted', feedback: 'submitted', answers: 'submitted', ...shows },
		rules: [{ draw: 0, questions: [id, single.id] }]
	};
	const blueprint = await trainer.post<Blueprint>('/blueprints', quiz);
	await trainer.post(`/blueprints/${blueprint.id}/publish`, { base: blueprint.revision });
	const attempt = await api.start(blueprint.id);
	const at = attempt.questions.findIndex(({ kind }) => kind === 'essay');
	const essay = attempt.questions[at];
	if (!essay) throw new Error('the paper has no essay');
	return { attempt, essay, at };
}

/** The essay on its screen. */
async function open(page: Page, { attempt, at }: { attempt: Attempt; at: number }): Promise<void> {
	await page.goto(`/attempts/${attempt.id}`);
	await expect(page.getByRole('heading', { name: /^Question \d of 2$/ })).toBeVisible();
	// One goes on where something is open.
	const first = await page.getByRole('heading', { name: 'Question 1 of 2' }).isVisible();
	if (first !== (at === 0)) await page.getByRole('button', { name: first ? 'Next' : 'Back', exact: true }).click();
	await expectQuestion(page, at + 1, 2);
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Your answer' });

/** What the server holds of the answer. */
async function held(api: Api, { attempt, essay }: { attempt: Attempt; essay: PaperQuestion }): Promise<string | undefined> {
	const { answers } = await api.get<{ answers: Record<string, Answer> }>(`/attempts/${attempt.id}`);
	return answers[essay.id]?.text;
}

test('words outlive the page that is closed right after them, and reach the server', async ({ page, account, api, demo, request, context }) => {
	const exam = await paper(demo, api, request);
	await signIn(page, account);
	await open(page, exam);
	await field(page).pressSequentially('We stop at the bridge');
	await expect(saved(page)).toContainText('Saved on this device');
	await page.close();

	const second = await context.newPage();
	await open(second, exam);
	await expect(field(second)).toHaveValue('We stop at the bridge');
	await expect.poll(() => held(api, exam)).toBe('We stop at the bridge');

	// With no moment between the last letter and the end of the page, and without a link.
	await context.setOffline(true);
	await field(second).press('End');
	await field(second).pressSequentially(' and talk.');
	await second.close();
	await context.setOffline(false);
	const third = await context.newPage();
	await open(third, exam);
	await expect(field(third)).toHaveValue('We stop at the bridge and talk.');
	await expect.poll(() => held(api, exam)).toBe('We stop at the bridge and talk.');
	await expect(saved(third)).toHaveText(/Saved$/);
});

test('what is typed is sent after a pause, on leaving the field, and to another tab', async ({ page, account, api, demo, request, context }) => {
	const exam = await paper(demo, api, request);
	await signIn(page, account);
	await open(page, exam);
	await field(page).pressSequentially('First we look');
	await expect(saved(page)).toContainText('Saved on this device');
	await page.waitForTimeout(1_500); // within the pause nothing is sent, and nothing gives a sign of that
	expect(await held(api, exam)).toBeUndefined();
	await expect.poll(() => held(api, exam), { timeout: 15_000 }).toBe('First we look');
	await field(page).press('End');
	await field(page).pressSequentially('.\nThen we act.');
	await field(page).blur();
	await expect.poll(() => held(api, exam), { timeout: 3_000 }).toBe('First we look.\nThen we act.');

	const other = await context.newPage();
	await open(other, exam);
	await expect(field(other)).toHaveValue('First we look.\nThen we act.');
	await field(other).fill('Another text.');
	await field(other).blur();
	await expect(field(page)).toHaveValue('Another text.');
	// Enter is a line, not the way on.
	await field(page).press('Enter');
	await expectQuestion(page, exam.at + 1, 2);
	await expectSound(page);
});

test('a text that is handed in right after its last letter is whole, and waits for its mark', async ({ page, account, api, demo, request }) => {
	const exam = await paper(demo, api, request);
	await signIn(page, account);
	await open(page, exam);
	await expect(page.getByText('A person marks this. Do not write your name.')).toBeVisible();
	const text = 'We stand beside the people, we warn, and we report what we have seen at once.';
	await field(page).pressSequentially(text);
	if (exam.at === 0) await page.getByRole('button', { name: 'Next' }).click();
	await page.getByRole('button', { name: 'Finish', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Finish and send' }).click();
	await expect(page).toHaveURL(/\/result$/);
	await expect(page.getByRole('heading', { name: '1 answer waits for a mark; your result comes with it' })).toBeVisible();
	await page.getByRole('button', { name: /^All/ }).click();
	await expect(page.getByText(text)).toBeVisible();
	await expect(page.getByText('Waits for a trainer’s mark')).toBeVisible();
	await expect(page.getByText(/passed|\d\s%/i)).toHaveCount(0);
	await expectSound(page);
	await page.goto('/modules');
	await expect(page.getByText('1 answer waits for a trainer’s mark. Your result comes with it.').first()).toBeVisible();
});

test('a text never outgrows what the server takes, and says so', async ({ page, account, api, demo, request }) => {
	const exam = await paper(demo, api, request);
	await signIn(page, account);
	await open(page, exam);
	await field(page).fill('保护 '.repeat(2_000));
	await expect(page.getByText('There is no room for more')).toBeVisible();
	await expect(page.getByText(/more than asked for\. The whole text is still kept and marked\./)).toBeVisible();
	const text = await field(page).inputValue();
	expect(Buffer.byteLength(text)).toBeLessThanOrEqual(12_000);
	expect(Buffer.byteLength(text)).toBeGreaterThan(11_990);
	await field(page).blur();
	await expect.poll(() => held(api, exam)).toBe(text);
});

test('where answers are shown at once, a model answer comes when the writer asks for it', async ({ page, account, api, demo, request }) => {
	const exam = await paper(demo, api, request, { correctness: 'immediate', feedback: 'immediate', answers: 'immediate' });
	await signIn(page, account);
	await open(page, exam);
	await field(page).fill('We warn.');
	await field(page).blur();
	await expect.poll(() => held(api, exam)).toBe('We warn.');
	const model = page.getByText('The patrol places itself beside the people');
	await expect(page.getByRole('button', { name: 'I am done: show a model answer' })).toBeVisible();
	await expect(model).toHaveCount(0);
	await page.getByRole('button', { name: 'I am done: show a model answer' }).click();
	await expect(model).toBeVisible();
	await expect(page.getByText('A trainer marks it once you have handed everything in.')).toBeVisible();
	await expectSound(page);
});
