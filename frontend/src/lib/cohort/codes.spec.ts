import { describe, expect, it } from 'vitest';
import { forgetImported, handOver, lastImported } from './imported.ts';
import { codeAddress, joinAddress, qrPath } from './qr.ts';

describe('who was just added', () => {
	it('is known for one cohort, until it is forgotten', () => {
		handOver('bravo', ['a', 'b']);
		expect([...lastImported('bravo')]).toEqual(['a', 'b']);
		expect(lastImported('other').size).toBe(0);
		forgetImported();
		expect(lastImported('bravo').size).toBe(0);
		sessionStorage.setItem('muster-imported', '{broken');
		expect(lastImported('bravo').size).toBe(0);
	});
});

describe('addresses on paper', () => {
	it('keep a one-time code from servers and their logs', () => {
		const address = new URL(codeAddress('https://m.example', 'o’neil+1', 'ABCD-EFGH-2345'));
		expect(address.pathname + address.search).toBe('/sign-in/code');
		expect(Object.fromEntries(new URLSearchParams(address.hash.slice(1)))).toEqual({ username: 'o’neil+1', code: 'ABCD-EFGH-2345' });
		expect(joinAddress('https://m.example', 'HPSN-8MDX')).toBe('https://m.example/join?code=HPSN-8MDX');
	});

	it('become a code whose corners are the three finder squares', () => {
		const { path, size } = qrPath('https://m.example/join?code=HPSN-8MDX');
		expect((size - 8 - 17) % 4).toBe(0);
		expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
		expect(path).toContain(`M${size - 11} 4h7v1h-7z`);
		expect(path).toContain(`M4 ${size - 5}h7v1h-7z`);
	});
});
