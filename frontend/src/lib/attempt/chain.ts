/** What a client says of one event, before it is linked to the one before it. */
export type Link = {
	prev_hash: string;
	id: string;
	attempt: string;
	device: string;
	seq: number;
	kind: string;
	question: string;
	client_at: string;
	elapsed_ms: number;
	/** The exact JSON text that is sent; '' for none. */
	response: string;
};

/** The previous hash of a device's first event. */
export const ORIGIN = '0'.repeat(64);

/** What is hashed: each field closed by a newline, then the response. The server does the same (assessment/chain.go). */
export function canonical(link: Link): string {
	const { prev_hash, id, attempt, device, seq, kind, question, client_at, elapsed_ms, response } = link;
	const fields = [prev_hash, id, attempt, device, seq, kind, question, client_at, elapsed_ms];
	return fields.map((field) => `${field}\n`).join('') + response;
}

/** Whether this browser can hash. Over plain http it cannot, and then no chain is kept: the server makes its own. */
export function canChain(): boolean {
	return typeof crypto !== 'undefined' && typeof crypto.subtle?.digest === 'function';
}

/** The event's hash, hex. */
export async function digest(link: Link): Promise<string> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(link)));
	return hex(new Uint8Array(bytes));
}

/** A random UUID, also over plain http, where `crypto.randomUUID` is missing. */
export function uuid(): string {
	if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes.set([((bytes[6] ?? 0) & 0x0f) | 0x40], 6);
	bytes.set([((bytes[8] ?? 0) & 0x3f) | 0x80], 8);
	return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
