import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Credential } from '../src/lib/api/types.ts';
import type { Demo } from './demo.ts';

/** What only time or many exams could bring about, written into the demo's database. */
const DAY_US = 86_400_000_000;

function within<T>(demo: Demo, work: (db: DatabaseSync) => T): T {
	const db = new DatabaseSync(demo.database, { timeout: 10_000 });
	try {
		return work(db);
	} finally {
		db.close();
	}
}

function text(row: Record<string, unknown> | undefined, column: string): string {
	const value = row?.[column];
	if (typeof value !== 'string') throw new Error(`no ${column} in the database`);
	return value;
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

const AWARD = {
	slug: 'muster-predeployment',
	title: 'Core pre-deployment training',
	description: 'The holder has completed the mandatory modules.',
	criteria: 'Pass the check of each mandatory module and the final exam.',
	modules: [],
	exam: 'final',
	critical: true,
	valid_months: 24
};

type Given = { show?: Credential['show_name']; supersededBy?: string };

/** Gives a person who has an attempt a certificate; answers with its number. One has no second that stands. */
export function giveCredential(demo: Demo, username: string, { show = 'full', supersededBy }: Given = {}): string {
	return within(demo, (db) => {
		const user = text(db.prepare('SELECT id FROM users WHERE username = ?').get(username), 'id');
		const attempt = text(db.prepare('SELECT id FROM attempts WHERE trainee_id = ? LIMIT 1').get(user), 'id');
		const { next } = db.prepare('SELECT COALESCE(MAX(status_index), -1) + 1 AS next FROM credentials').get() ?? {};
		const id = randomUUID().replaceAll('-', '');
		const now = Date.now() * 1000;
		const issued = now - 30 * DAY_US;
		db.prepare(
			`INSERT INTO credentials (id, holder, rule, rule_version, rule_document, attempt_id, passed_at, issued_at, valid_until,
				status_index, show_name, superseded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
		).run(
			id, user, AWARD.slug, '0'.repeat(32), Buffer.from(JSON.stringify(AWARD)), attempt, issued, issued, now + 600 * DAY_US,
			Number(next), show, supersededBy ?? null
		);
		return id;
	});
}

/** Lets the time of a certificate run out. */
export function letExpire(demo: Demo, id: string): void {
	within(demo, (db) => db.prepare('UPDATE credentials SET valid_until = ? WHERE id = ?').run(Date.now() * 1000 - DAY_US, id));
}
