import { encode } from 'uqr';

/** A QR code as one path of an SVG whose units are the code's squares, with the quiet border that readers need. */
export function qrPath(text: string): { path: string; size: number } {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	let path = '';
	for (const [y, row] of data.entries()) {
		for (let x = 0; x < size; x++) {
			if (!row[x]) continue;
			const from = x;
			while (row[x + 1]) x++;
			path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
		}
	}
	return { path, size };
}

/** Where somebody joins with a cohort's code. */
export function joinAddress(origin: string, code: string): string {
	return `${origin}/join?code=${encodeURIComponent(code)}`;
}

/** Where somebody signs in with a one-time code. It stands after "#": that part is never sent to a server or kept in its log. */
export function codeAddress(origin: string, username: string, code: string): string {
	return `${origin}/sign-in/code#${new URLSearchParams({ username, code }).toString()}`;
}
