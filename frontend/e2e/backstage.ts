import { DatabaseSync } from 'node:sqlite';
import type { Demo } from './demo.ts';

/** What only time could bring about, written into the demo's database. */
const DAY_US = 86_400_000_000;

function within<T>(demo: Demo, work: (db: DatabaseSync) => T): T {
	const db = new DatabaseSync(demo.database, { timeout: 10_000 });
	try {
		return work(db);
	} finally {
		db.close();
	}
}

/** Lets days pass since a person's finished attempts: as if each had been taken that much earlier. */
export function letPass(demo: Demo, username: string, days: number): void {
	within(demo, (db) =>
		db
			.prepare(
				`UPDATE attempts SET started_at = started_at - ?1, ended_at = ended_at - ?1
				WHERE status <> 'open' AND trainee_id = (SELECT id FROM users WHERE username = ?2)`
			)
			.run(days * DAY_US, username)
	);
}

/** Makes a trainer of somebody who has joined: only the server's command line could, and the demo holds the database. */
export function makeTrainer(demo: Demo, username: string): void {
	within(demo, (db) => db.prepare("UPDATE users SET role = 'trainer' WHERE username = ?").run(username));
}

/** Lets the time of a certificate run out. */
export function letExpire(demo: Demo, id: string): void {
	within(demo, (db) => db.prepare('UPDATE credentials SET valid_until = ? WHERE id = ?').run(Date.now() * 1000 - DAY_US, id));
}

/** Lets a certificate take the place of another: as if the exam had been passed again. */
export function letReplace(demo: Demo, old: string, newer: string): void {
	within(demo, (db) => db.prepare('UPDATE credentials SET superseded_by = ? WHERE id = ?').run(newer, old));
}
