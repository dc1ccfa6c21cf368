import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type Account = { role: string; username: string; password: string };
type Said = { url: string; accounts: Account[]; code: string };

const BINARY = resolve(process.env.MUSTER_BIN ?? '../bin/muster');
/** Two spaces or more part the columns; a password may hold single ones. */
const ACCOUNT = /^(trainee|trainer|coordinator|admin) {2,}(\S+) {2,}(.+?)\s*$/;

/** The real binary with its demo data, on a free port and in a folder of its own. */
export class Demo {
	readonly url: string;
	readonly accounts: Account[];
	/** The joining code of the demo's cohort. */
	readonly code: string;
	#process: ChildProcess;
	#folder: string;

	private constructor(said: Said, child: ChildProcess, folder: string) {
		this.url = said.url;
		this.accounts = said.accounts;
		this.code = said.code;
		this.#process = child;
		this.#folder = folder;
	}

	/** `people` is how many have trained already, beside those of the accounts. */
	static async start(people: number): Promise<Demo> {
		const folder = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
		const child = spawn(BINARY, ['demo', '--people', String(people), '--addr', '127.0.0.1:0', '--data', folder], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		const failed = new Promise<never>((_, reject) => {
			child.once('error', reject);
			child.once('exit', (code) => reject(new Error(`${BINARY} ended with code ${code}`)));
		});
		failed.catch(() => undefined);
		return new Demo(await Promise.race([read(child), failed]), child, folder);
	}

	/** Its SQLite database, for what only time or another person could bring about. */
	get database(): string {
		return join(this.#folder, 'muster.db');
	}

	account(username: string): Account {
		const account = this.accounts.find((one) => one.username === username);
		if (!account) throw new Error(`the demo printed no account ${username}`);
		return account;
	}

	async stop(): Promise<void> {
		if (this.#process.exitCode === null) {
			const gone = new Promise((done) => this.#process.once('exit', done));
			this.#process.kill('SIGTERM');
			await gone;
		}
		await rm(this.#folder, { recursive: true, force: true });
	}
}

/** Reads what the demo prints until it has said everything. */
async function read(child: ChildProcess): Promise<Said> {
	let url = '';
	let code = '';
	const accounts: Account[] = [];
	if (!child.stdout) throw new Error('no output to read');
	for await (const line of createInterface({ input: child.stdout })) {
		url ||= /https?:\/\/\S+/.exec(line)?.[0] ?? '';
		const [, role, username, password] = ACCOUNT.exec(line) ?? [];
		if (role && username && password) accounts.push({ role, username, password });
		code ||= /with the code (\S+)/.exec(line)?.[1] ?? '';
		if (/^Stop with/.test(line)) break;
	}
	// Nobody reads on: let the rest flow away.
	child.stdout.resume();
	if (!url) throw new Error(`${BINARY} ended before it printed its address: see what it wrote above`);
	return { url, accounts, code };
}
