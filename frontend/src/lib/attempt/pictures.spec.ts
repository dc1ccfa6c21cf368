import { describe, expect, it } from 'vitest';
import { fetchAhead, pictureHref } from './pictures.ts';

describe('fetchAhead', () => {
	const picture = (id: string) => ({ id, width: 4, height: 3 });

	it('asks for each picture of a paper once', () => {
		const asked: string[] = [];
		const n = fetchAhead([{ pictures: [picture('a'), picture('b')] }, {}, { pictures: [picture('a')] }], (href) => asked.push(href));
		expect([n, asked]).toEqual([2, [pictureHref('a'), pictureHref('b')]]);
	});

	it('asks for nothing where there is none', () => {
		expect(fetchAhead([{}, { pictures: [] }], () => expect.unreachable())).toBe(0);
	});
});
