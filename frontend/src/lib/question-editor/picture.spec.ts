import { afterEach, describe, expect, it, vi } from 'vitest';
import { fitted, MAX_BYTES, PictureTrouble, prepared } from './picture.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser that reads pictures of this size, and draws them into so many bytes. */
function browser(size: { width: number; height: number } | undefined, bytes: Record<string, number> = {}) {
	const drawn: { width: number; height: number; type: string }[] = [];
	vi.stubGlobal('createImageBitmap', () => (size ? Promise.resolve({ ...size, close: () => undefined }) : Promise.reject(new Error('not read'))));
	vi.stubGlobal(
		'OffscreenCanvas',
		class {
			constructor(readonly width: number, readonly height: number) {}
			getContext() {
				return { drawImage: () => undefined };
			}
			convertToBlob({ type }: { type: string }) {
				drawn.push({ width: this.width, height: this.height, type });
				return Promise.resolve({ type, size: bytes[type] ?? 10 } as Blob);
			}
		}
	);
	return drawn;
}

const file = (type: string, size = 100) => ({ type, size, name: 'a' }) as File;

describe('fitted', () => {
	it('scales down what is larger and leaves the rest', () => {
		expect(fitted(4_000, 3_000)).toEqual({ width: 2_000, height: 1_500 });
		expect(fitted(40, 30)).toEqual({ width: 40, height: 30 });
		expect(fitted(9_000, 1)).toEqual({ width: 2_000, height: 1 });
	});
});

describe('prepared', () => {
	it('sends a small picture as it is', async () => {
		const drawn = browser({ width: 40, height: 30 });
		const png = file('image/png');
		expect(await prepared(png)).toBe(png);
		expect(drawn).toEqual([]);
	});

	it('draws a large photograph anew, smaller', async () => {
		const drawn = browser({ width: 4_000, height: 3_000 });
		await prepared(file('image/jpeg', 5_000_000));
		expect(drawn).toEqual([{ width: 2_000, height: 1_500, type: 'image/jpeg' }]);
	});

	it('draws what only the browser reads as PNG, and as JPEG where that is too long', async () => {
		const drawn = browser({ width: 40, height: 30 }, { 'image/png': MAX_BYTES + 1 });
		expect((await prepared(file('image/webp'))).type).toBe('image/jpeg');
		expect(drawn.map(({ type }) => type)).toEqual(['image/png', 'image/jpeg']);
	});

	it.each([
		['a drawing', 'image/svg+xml', 100, 'unknown'],
		['a document', 'application/pdf', 100, 'unknown'],
		['a broken picture that is long', 'image/png', MAX_BYTES + 1, 'tooLarge']
	])('refuses %s', async (_, type, size, trouble) => {
		browser(undefined);
		const error = await prepared(file(type, size)).catch((thrown: unknown) => thrown);
		expect(error instanceof PictureTrouble && error.trouble).toBe(trouble);
	});

	it('lets the server judge a picture that the browser cannot read', async () => {
		browser(undefined);
		const png = file('image/png');
		expect(await prepared(png)).toBe(png);
	});
});
