import type { Lesson } from '../src/lib/api/types.ts';
import { expect, expectFits, expectSound, join, signIn, test } from './fixtures.ts';

test('every other page is sound: no finding of axe in light and dark, nothing sideways at 360 px', async ({ page, account, api }) => {
	test.slow(); // axe over many pages, twice each
	const module = await api.module();
	const [lesson] = module.lessons;
	const { sources } = await api.get<Lesson>(`/modules/${module.slug}/lessons/${lesson?.slug}`);
	await signIn(page, account);
	const pages = {
		'/': 'Your modules',
		'/modules': 'For everybody',
		[`/modules/${module.slug}`]: 'Lessons',
		[`/modules/${module.slug}/${lesson?.slug}`]: 'Key points',
		'/sources': 'Sources',
		[`/sources/${sources[0]?.key.split('#')[0]}`]: sources[0]?.heading ?? '',
		'/glossary': 'Glossary',
		'/me': 'My attempts',
		'/me/certificates': 'What you can earn',
		'/me/readiness': 'They also see',
		'/me/transcript': 'Training record',
		'/me/messages': 'Messages',
		'/recall': 'There is nothing to review yet',
		'/nowhere': 'There is no such page'
	};
	for (const [address, heading] of Object.entries(pages)) {
		await page.goto(address);
		await expect(page.getByRole('heading', { name: heading, exact: true }).first(), address).toBeVisible();
		await expectSound(page);
	}
	await page.goto(`/modules/${module.slug}/no-such-lesson`);
	await expect(page.getByText('This is not here')).toBeVisible();
	await expectSound(page);
});

test('a page that runs from right to left fits, and its parts are mirrored', async ({ page, request, demo }) => {
	const account = await join(demo, request, 'ar');
	await signIn(page, account);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	const bar = page.getByRole('banner');
	const title = await bar.getByRole('heading').boundingBox();
	const dot = await bar.getByRole('status').boundingBox();
	expect(dot?.x ?? 0).toBeLessThan(title?.x ?? 0);
	await expectSound(page);
	const link = page.getByRole('region', { name: 'Continue' }).getByRole('link');
	for (const address of [await link.getAttribute('href'), '/modules', '/sources', '/recall', '/me', '/me/certificates', '/me/readiness']) {
		await page.goto(address ?? '/');
		await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
		await expectFits(page);
	}
});
