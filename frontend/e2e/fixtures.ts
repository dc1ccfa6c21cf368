import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';
import type { HeldCredential, HeldPage } from '../src/lib/certificate/certificate.ts';
import type { Cohort } from '../src/lib/coordinator/types.ts';
import type { Attempt, Module, ModuleCard, QuizCard } from '../src/lib/api/types.ts';
import { Demo, type Account } from './demo.ts';

type Fixtures = { account: Account; api: Api };

/** The server as a person reaches it beside the page: to see what it holds. */
export class Api {
	#request: APIRequestContext;
	#base: string;
	#account: Account;
	#token = '';

	constructor(request: APIRequestContext, base: string, account: Account) {
		this.#request = request;
		this.#base = `${base}/api/v1`;
		this.#account = account;
	}

	async signIn(): Promise<void> {
		const { username, password } = this.#account;
		const answer = await this.#request.post(`${this.#base}/auth/login`, { data: { username, password } });
		expect(answer.status()).toBe(200);
		this.#token = ((await answer.json()) as { access_token: string }).access_token;
	}

	async get<T>(path: string): Promise<T> {
		const answer = await this.#request.get(this.#base + path, { headers: this.#headers() });
		expect(answer.status(), path).toBe(200);
		return (await answer.json()) as T;
	}

	/** Starts (or goes on with) an attempt at a quiz, as the page's button does. */
	async start(quiz: string): Promise<Attempt> {
		const answer = await this.#request.post(`${this.#base}/quizzes/${quiz}/attempts`, { headers: this.#headers() });
		expect([200, 201]).toContain(answer.status());
		return (await answer.json()) as Attempt;
	}

	async post<T>(path: string, data: unknown): Promise<T> {
		const answer = await this.#request.post(this.#base + path, { headers: this.#headers(), data });
		expect([200, 201], path).toContain(answer.status());
		return (await answer.json()) as T;
	}

	async put(path: string, data: unknown): Promise<void> {
		const answer = await this.#request.put(this.#base + path, { headers: this.#headers(), data });
		expect(answer.status(), path).toBe(200);
	}

	/** The check of that module. */
	async check(): Promise<QuizCard> {
		return checkOf(await this.module());
	}

	/** The first module that has lessons and a check. */
	async module(): Promise<Module> {
		const { items } = await this.get<{ items: ModuleCard[] }>('/modules');
		for (const { slug } of items) {
			const found = await this.get<Module>(`/modules/${slug}`);
			if (found.lessons.length && found.quizzes.some(isCheck)) return found;
		}
		throw new Error('no module has lessons and a check');
	}

	#headers(): Record<string, string> {
		return { Authorization: `Bearer ${this.#token}` };
	}
}

function isCheck({ purpose }: QuizCard): boolean {
	return purpose === 'check';
}

export function checkOf({ quizzes }: Module): QuizCard {
	const check = quizzes.find(isCheck);
	if (!check) throw new Error('the module has no check');
	return check;
}

let joined = 0;

/** Each test has a person of its own: what one answered does not stand in another's way. */
export const test = base.extend<Fixtures, { people: number; demo: Demo }>({
	people: [0, { scope: 'worker', option: true }],
	demo: [
		async ({ people }, use) => {
			const demo = await Demo.start(people);
			await use(demo);
			await demo.stop();
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ demo }, use) => use(demo.url),
	account: async ({ demo, request }, use) => use(await join(demo, request)),
	api: async ({ demo, request, account }, use) => {
		const api = new Api(request, demo.url, account);
		await api.signIn();
		await use(api);
	}
});

export { expect };

/** A new trainee of the demo's cohort. */
export async function join(demo: Demo, request: APIRequestContext, locale = 'en'): Promise<Account> {
	const account = { role: 'trainee', username: `e2e.trainee${++joined}`, password: 'river stone lamp 42' };
	const { username, password } = account;
	const data = { code: demo.code, username, password, name: `Trainee ${joined}`, locale };
	const answer = await request.post(`${demo.url}/api/v1/auth/join`, { data });
	expect(answer.status(), await answer.text()).toBe(201);
	return account;
}

let certified = 0;

/** Somebody of the demo who earned a certificate, another each time, with a password of their own. */
export async function holder(demo: Demo, request: APIRequestContext): Promise<{ account: Account; cohort: string; credential: HeldCredential }> {
	const staff = new Api(request, demo.url, demo.account('ines.admin'));
	await staff.signIn();
	const cohorts = await staff.get<{ items: Pick<Cohort, 'id' | 'name'>[] }>('/cohorts');
	const cohort = cohorts.items.find(({ name }) => name === '7th Engineers')?.id ?? '';
	const credential = (await staff.get<HeldPage>(`/cohorts/${cohort}/credentials`)).items[certified++];
	if (!credential) throw new Error('nobody else of the demo has a certificate');
	const { username } = credential;
	const password = 'river stone lamp 42';
	const codes = await staff.post<{ items: { code: string }[] }>(`/cohorts/${cohort}/sign-in-codes`, { users: [credential.user] });
	await staff.post('/auth/code', { username, password, code: codes.items[0]?.code });
	return { account: { role: 'trainee', username, password }, cohort, credential };
}

export async function signIn(page: Page, { username, password, role }: Account, home = role === 'trainer' ? '/trainer' : '/'): Promise<void> {
	await page.goto('/sign-in');
	await page.getByLabel('User name').fill(username);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(home);
}

/** No finding of axe, in light and in dark, and nothing to scroll sideways at 360 px. */
export async function expectSound(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
		const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
		expect(found, `${page.url()} in ${colorScheme}`).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: null, reducedMotion: null });
	await expectFits(page);
}

/** At 360 px neither the page nor what a sheet holds is wider than its place. */
export async function expectFits(page: Page): Promise<void> {
	const size = page.viewportSize();
	await page.setViewportSize({ width: 360, height: 740 });
	const wide = await page.evaluate(() =>
		[document.documentElement, ...document.querySelectorAll('dialog[open], dialog[open] .content')]
			.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
			.map(({ tagName, className }) => `${tagName}.${className}`)
	);
	expect(wide, `${page.url()} scrolls sideways at 360 px`).toEqual([]);
	if (size) await page.setViewportSize(size);
}
