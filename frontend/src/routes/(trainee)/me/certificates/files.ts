import { take } from '#lib/api/error.ts';
import type { Api } from '#lib/api/client.ts';
import type { Credential } from '#lib/api/types.ts';

export const KINDS = ['pdf', 'png', 'svg', 'jwt'] as const;
export type Kind = (typeof KINDS)[number];

/** A certificate in one of its forms. */
export function fileOf(api: Api, id: string, kind: Kind): Promise<Blob> {
	const how = { params: { path: { credential: id } }, parseAs: 'blob' } as const;
	switch (kind) {
		case 'pdf':
			return take(api.GET('/credentials/{credential}/certificate.pdf', how)).then(asBlob);
		case 'png':
			return take(api.GET('/credentials/{credential}/badge.png', how)).then(asBlob);
		case 'svg':
			return take(api.GET('/credentials/{credential}/badge.svg', how)).then(asBlob);
		case 'jwt':
			return take(api.GET('/credentials/{credential}/badge.jwt', how)).then(asBlob);
	}
}

/** The description knows these answers only as "binary". */
function asBlob(data: unknown): Blob {
	if (data instanceof Blob) return data;
	throw new TypeError('the certificate is not a file');
}

/** The name that the file gets: what it is and from when. */
export function fileName({ rule, issued_at }: Pick<Credential, 'rule' | 'issued_at'>, kind: Kind): string {
	return `${rule}-${issued_at.slice(0, 10)}.${kind}`;
}

/** A name as the public page shows it, the same as the server does: of initials the first character of each word. */
export function shownAs(name: string, how: Credential['show_name']): string {
	if (how === 'none') return '';
	if (how === 'full') return name;
	return name
		.split(/\s+/u)
		.filter(Boolean)
		.map((word) => `${[...word][0] ?? ''}.`)
		.join(' ');
}
