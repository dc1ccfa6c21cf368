import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Attempt } from '#lib/api/types.ts';
import { canChain, digest, ORIGIN, uuid, type Link } from './chain.ts';

/** An event as it lies on the device. */
export type Row = Omit<Link, 'prev_hash'> & {
	user: string;
	/** Both missing where no chain is kept. */
	prev_hash?: string;
	hash?: string;
	/** When the server acknowledged it, by this device's clock; only in `sent`. */
	acked_at?: number;
};

/** What a page wants to say; the box adds number, device and chain. */
export type Entry = {
	user: string;
	attempt: string;
	kind: 'answer' | 'flag' | 'view' | 'submit';
	question?: string;
	response?: unknown;
	elapsed_ms: number;
	/** When it was made; now, unless it waited. */
	client_at?: string;
};

/** An answer that is still being typed: more letters may follow, so it is no event yet. */
export type Typed = {
	user: string;
	attempt: string;
	question: string;
	/** The JSON text, as an event of it would have it. */
	response: string;
	/** Of the last letter: an answer counts as made then, whenever it is written down and sent. */
	client_at: string;
	elapsed_ms: number;
	/** Not to become an event by itself: the answer is given by a button. */
	draft?: boolean;
};

/** An attempt as the server last told it, kept so that a reload on a dead link goes on. */
export type Paper = {
	user: string;
	attempt: string;
	quiz: string;
	data: Attempt;
	/** The device's clock when it was asked for; acknowledgements after this are not in `data`. */
	asked_at: number;
	/** A point that the elapsed time can be counted from after a reload. */
	clock: { elapsed_ms: number; wall: number };
};

/** The end of a device's chain. `hash` is missing where the chain was given up. */
type Head = { seq: number; hash?: string; elapsed_ms: number };
type RowKey = [user: string, attempt: string, device: string, seq: number];
type TypedKey = ['typed', user: string, attempt: string, question: string];

interface Schema extends DBSchema {
	/**
	 * The device's name, and what is being typed, as JSON. That is here and not in a store of its own because a new
	 * store is a new version of the database, and an attempt that is open in another tab could write nothing any more.
	 */
	meta: { key: 'device' | TypedKey; value: string };
	heads: { key: [string, string, string]; value: Head };
	outbox: { key: RowKey; value: Row };
	sent: { key: RowKey; value: Row };
	papers: { key: [string, string]; value: Paper };
}

type Stores = ('meta' | 'heads' | 'outbox' | 'sent' | 'papers')[];
type Write = IDBPTransaction<Schema, Stores, 'readwrite'>;

const NAME = 'muster-attempts';
/** The answer is on the disk, and not only on its way to it, before the page shows it. */
const STRICT = { durability: 'strict' } as const;
/** The server takes no longer elapsed time; practice may stay open for ever. */
const YEAR_MS = 366 * 86_400_000;

/**
 * The answers on this device, in IndexedDB: `outbox` holds what the server has not acknowledged, `sent` what it
 * has, until the attempt is over (a server restored from an older backup asks for it again).
 */
export class Box {
	#db: Promise<IDBPDatabase<Schema>> | undefined;
	#last: Promise<unknown> = Promise.resolve();
	#name: string;

	constructor(name = NAME) {
		this.#name = name;
	}

	/** Writes an event down; it is durable when this returns. What was typed on the way to this answer goes with it. */
	async append(entry: Entry): Promise<Row> {
		const row = await this.#next(() => this.#append(entry));
		if (!row) throw new Error('an event was not written');
		return row;
	}

	/** Makes an event of what was typed, unless that was done or more was typed meanwhile, here or in another tab. */
	async adopt(typed: Typed): Promise<Row | undefined> {
		const { user, attempt, question, response, client_at, elapsed_ms } = typed;
		const entry: Entry = { user, attempt, kind: 'answer', question, response: JSON.parse(response), client_at, elapsed_ms };
		return this.#next(() => this.#append(entry, typed));
	}

	/** Keeps what is being typed, over what was kept of it before. The page may be gone the next moment. */
	async keepTyped(typed: Typed): Promise<void> {
		const tx = (await this.#open()).transaction('meta', 'readwrite');
		const put = tx.store.put(JSON.stringify(typed), typedKey(typed));
		// Without waiting for the answer to the write: who closes the page now still has the last letter.
		tx.commit();
		await Promise.all([put, tx.done]);
	}

	/** What a user typed and did not give yet, in one attempt or in all. */
	async typed(user: string, ...attempt: [string?]): Promise<Typed[]> {
		const values = await (await this.#open()).getAll('meta', range('typed', user, ...attempt.filter((one) => one !== undefined)));
		return values.map((value) => JSON.parse(value) as Typed);
	}

	/** Forgets what was typed up to here: more may have been typed meanwhile. */
	async dropTyped(typed: Typed): Promise<void> {
		await this.#write((tx) => dropTyped(tx, typed));
	}

	/** Everything of a user that the server has not acknowledged, by attempt and number. */
	async unsent(user: string): Promise<Row[]> {
		return (await this.#open()).getAll('outbox', range(user));
	}

	/** The acknowledged ones of one attempt that are still kept. */
	async sent(user: string, attempt: string): Promise<Row[]> {
		return (await this.#open()).getAll('sent', range(user, attempt));
	}

	/** Moves what the server named out of the outbox; nothing else leaves it. */
	async acknowledge(user: string, attempt: string, ids: string[]): Promise<Row[]> {
		const named = new Set(ids);
		return this.#write(async (tx) => {
			const rows = (await tx.objectStore('outbox').getAll(range(user, attempt))).filter(({ id }) => named.has(id));
			for (const row of rows) {
				await tx.objectStore('outbox').delete(keyOf(row));
				await tx.objectStore('sent').put({ ...row, acked_at: Date.now() });
			}
			return rows;
		});
	}

	/**
	 * The server waits for `expected`. What was sent before and is lost there goes back into the outbox; where
	 * this device holds nothing so old (or the server is ahead of it), the rest is numbered anew from there.
	 */
	async resume(user: string, attempt: string, expected: number): Promise<void> {
		await this.#write(async (tx) => {
			const outbox = tx.objectStore('outbox');
			const sent = tx.objectStore('sent');
			const lost = (await sent.getAll(range(user, attempt))).filter(({ seq }) => seq >= expected);
			for (const row of lost) {
				await sent.delete(keyOf(row));
				await outbox.put({ ...row, acked_at: undefined });
			}
			const rows = await outbox.getAll(range(user, attempt));
			if (rows.length === 0 || rows[0]?.seq === expected) return;
			for (const row of rows) await outbox.delete(keyOf(row));
			let seq = expected;
			for (const row of rows) await outbox.put({ ...row, seq: seq++, prev_hash: undefined, hash: undefined });
			await this.#unchain(tx, rows, seq - 1);
		});
	}

	/** Gives the chain up for what was not sent: the server makes its own. */
	async unchain(user: string, attempt: string): Promise<void> {
		await this.#write(async (tx) => {
			const outbox = tx.objectStore('outbox');
			const rows = await outbox.getAll(range(user, attempt));
			for (const row of rows) await outbox.put({ ...row, prev_hash: undefined, hash: undefined });
			await this.#unchain(tx, rows, rows.at(-1)?.seq ?? 0);
		});
	}

	async paper(user: string, attempt: string): Promise<Paper | undefined> {
		return (await this.#open()).get('papers', [user, attempt]);
	}

	/** The newest open attempt of a quiz that this device knows. */
	async paperOf(user: string, quiz: string): Promise<Paper | undefined> {
		const papers = await (await this.#open()).getAll('papers', range(user));
		return papers
			.filter((paper) => paper.quiz === quiz && paper.data.status === 'open')
			.sort((a, b) => b.data.number - a.data.number)[0];
	}

	async keepPaper(paper: Paper): Promise<void> {
		await this.#write((tx) => tx.objectStore('papers').put(paper));
	}

	/** Forgets an attempt that is over; what is not sent stays. */
	async forget(user: string, attempt: string): Promise<void> {
		await this.#write(async (tx) => {
			await tx.objectStore('papers').delete([user, attempt]);
			if ((await tx.objectStore('outbox').count(range(user, attempt))) > 0) return;
			await tx.objectStore('meta').delete(range('typed', user, attempt));
			await tx.objectStore('sent').delete(range(user, attempt));
		});
	}

	async close(): Promise<void> {
		(await this.#db)?.close();
		this.#db = undefined;
	}

	/** Everything, for tests. */
	async destroy(): Promise<void> {
		await this.close();
		await deleteDB(this.#name);
	}

	/** One after the other: two at once in a tab would only race for the same number. */
	#next<T>(work: () => Promise<T>): Promise<T> {
		const next = this.#last.then(work, work);
		this.#last = next.catch(() => undefined);
		return next;
	}

	/** `from`: only if this is still what was typed last. */
	async #append(entry: Entry, from?: Typed): Promise<Row | undefined> {
		const device = await this.#device();
		const key: [string, string, string] = [entry.user, entry.attempt, device];
		for (;;) {
			// Hashing cannot wait inside a transaction, so the head is read first and compared again inside.
			const before = await (await this.#open()).get('heads', key);
			const row = await linked(entry, device, before);
			const written = await this.#write(async (tx) => {
				if (from && (await tx.objectStore('meta').get(typedKey(from))) !== JSON.stringify(from)) return undefined;
				const now = await tx.objectStore('heads').get(key);
				if (now?.seq !== before?.seq || now?.hash !== before?.hash) return false;
				if (row.kind === 'answer') await dropTyped(tx, { ...row, elapsed_ms: entry.elapsed_ms });
				await tx.objectStore('outbox').add(row);
				await tx.objectStore('heads').put({ seq: row.seq, hash: row.hash, elapsed_ms: row.elapsed_ms }, key);
				return true;
			});
			if (written !== false) return written && row;
		}
	}

	/** This browser's name among the devices of a trainee; lost only together with its numbers. */
	async #device(): Promise<string> {
		const known = await (await this.#open()).get('meta', 'device');
		if (known) return known;
		return this.#write(async (tx) => {
			const meta = tx.objectStore('meta');
			const device = (await meta.get('device')) ?? uuid();
			await meta.put(device, 'device');
			return device;
		});
	}

	async #unchain(tx: Write, rows: Row[], seq: number): Promise<void> {
		const [row] = rows;
		if (!row) return;
		const heads = tx.objectStore('heads');
		const key: [string, string, string] = [row.user, row.attempt, row.device];
		const head = await heads.get(key);
		await heads.put({ seq, elapsed_ms: head?.elapsed_ms ?? 0 }, key);
	}

	async #write<T>(work: (tx: Write) => Promise<T>): Promise<T> {
		const db = await this.#open();
		const tx = db.transaction(['meta', 'heads', 'outbox', 'sent', 'papers'], 'readwrite', STRICT);
		const [result] = await Promise.all([work(tx), tx.done]);
		return result;
	}

	#open(): Promise<IDBPDatabase<Schema>> {
		this.#db ??= openDB<Schema>(this.#name, 1, {
			upgrade(db) {
				db.createObjectStore('meta');
				db.createObjectStore('heads');
				db.createObjectStore('outbox', { keyPath: ['user', 'attempt', 'device', 'seq'] });
				db.createObjectStore('sent', { keyPath: ['user', 'attempt', 'device', 'seq'] });
				db.createObjectStore('papers', { keyPath: ['user', 'attempt'] });
			},
			blocking: () => void this.close(),
			// Some phones close the database of a page that slept: it is opened again at the next use.
			terminated: () => (this.#db = undefined)
		}).catch((thrown: unknown) => {
			this.#db = undefined;
			throw thrown;
		});
		return this.#db;
	}
}

/** The event after `head`. Time never runs back within a device: the server orders answers by it. */
async function linked(entry: Entry, device: string, head: Head | undefined): Promise<Row> {
	const row: Row = {
		user: entry.user,
		attempt: entry.attempt,
		device,
		id: uuid(),
		seq: (head?.seq ?? 0) + 1,
		kind: entry.kind,
		question: entry.question ?? '',
		response: entry.response === undefined ? '' : JSON.stringify(entry.response),
		client_at: entry.client_at ?? new Date().toISOString(),
		elapsed_ms: Math.min(YEAR_MS, Math.max(0, Math.round(entry.elapsed_ms), head?.elapsed_ms ?? 0))
	};
	const prev_hash = head ? head.hash : ORIGIN;
	if (!prev_hash || !canChain()) return row;
	return { ...row, prev_hash, hash: await digest({ ...row, prev_hash }) };
}

function typedKey({ user, attempt, question }: Pick<Typed, 'user' | 'attempt' | 'question'>): TypedKey {
	return ['typed', user, attempt, question];
}

/** What was typed after `upTo` stays. */
async function dropTyped(tx: Write, upTo: Omit<Typed, 'client_at'>): Promise<void> {
	const meta = tx.objectStore('meta');
	const kept = await meta.get(typedKey(upTo));
	if (!kept) return;
	const { response, elapsed_ms } = JSON.parse(kept) as Typed;
	if (response === upTo.response || elapsed_ms <= upTo.elapsed_ms) await meta.delete(typedKey(upTo));
}

function keyOf({ user, attempt, device, seq }: Row): RowKey {
	return [user, attempt, device, seq];
}

/** All keys that begin with these parts: an array sorts after every number and text. */
function range(...parts: string[]): IDBKeyRange {
	return IDBKeyRange.bound(parts, [...parts, []]);
}
