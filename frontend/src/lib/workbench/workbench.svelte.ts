import type { Library } from '../library/api.ts';
import type { Coverage, DraftQuestion, Material, PassageCoverage, Section } from '../library/types.ts';
import { Resource } from '../resource.svelte.ts';
import type { Bank } from '../trainer/bank.ts';
import type { BankItem, QuestionPassage } from '../trainer/types.ts';
import { Given } from './given.svelte.ts';
import { DraftQueue, passageOf } from './queue.svelte.ts';
import { anchorAt, length, type Range } from './spans.ts';

/** What the right-hand side shows. */
export type Mode = { kind: 'drafts' } | { kind: 'edit'; draft: DraftQuestion } | { kind: 'pick'; passage: number } | { kind: 'write'; anchor: QuestionPassage };

/** Words that somebody has selected in a passage. */
export type Chosen = Range & { passage: number };

/** The server gives at most so many questions at once; more pages than these are not read. */
const LIMIT = 200;
const PAGES = 10;

/** A document on the bench: its text, its questions, and what is being done with them. */
export class Workbench {
	readonly material: Material;
	readonly queue: DraftQueue;
	/** What accepted drafts get. */
	readonly given: Given;
	readonly coverage: Resource<Coverage>;
	#library: Library;
	#bank: Bank;
	#known = $state.raw<Record<string, BankItem>>({});
	#drafts = $state(0);
	#passage = $state(1);
	#slug = $state('');
	mode = $state.raw<Mode>({ kind: 'drafts' });
	chosen = $state.raw<Chosen>();
	/** A question was written and kept: said until the next decision. */
	kept = $state(false);

	constructor(library: Library, bank: Bank, material: Material) {
		this.#library = library;
		this.#bank = bank;
		this.material = material;
		this.coverage = new Resource(() => library.coverage(material.id));
		this.given = new Given(material.id);
		this.queue = new DraftQueue(library, material.id);
		this.queue.give = (question) => this.given.to(question);
		this.queue.onchange = () => void this.refresh();
		void this.#read();
	}

	get section(): Section | undefined {
		return this.material.text.sections.find(({ slug }) => slug === this.#slug);
	}

	/** The passage that the list of questions is about. */
	get passage(): number {
		return this.#passage;
	}

	/** Opens a section, at a passage. */
	open(slug: string, passage: number): void {
		const { sections } = this.material.text;
		const section = sections.find((one) => one.slug === slug) ?? sections.find(({ passages }) => passages.length > 0) ?? sections[0];
		if (!section) return;
		const other = section.slug !== this.#slug;
		this.#slug = section.slug;
		this.#passage = passage || 1;
		if (!other) return void this.queue.show(this.#passage);
		this.mode = { kind: 'drafts' };
		this.chosen = undefined;
		void this.queue.load(section.slug).then(() => passage && this.queue.show(passage));
	}

	/** Goes to a passage, and to its first draft. */
	pick(passage: number): void {
		this.#passage = passage;
		if (this.mode.kind === 'drafts') this.queue.show(passage);
	}

	/** Follows the draft that is shown. */
	follow(): void {
		const { current } = this.queue;
		if (current) this.#passage = passageOf(current);
	}

	/** What is said of a passage of the open section. */
	covered(number: number): PassageCoverage | undefined {
		return this.coverage.data?.sections.find(({ slug }) => slug === this.#slug)?.passages[number - 1];
	}

	/** A question of the document; undefined while it is on its way. */
	question(id: string): BankItem | undefined {
		return this.#known[id];
	}

	/** How many questions of the document wait to be sent to review. */
	get drafts(): number {
		return this.#drafts;
	}

	/** The section after the open one. */
	get following(): Section | undefined {
		const { sections } = this.material.text;
		return sections[sections.findIndex(({ slug }) => slug === this.#slug) + 1];
	}

	textOf(passage: number): string {
		return this.section?.passages.find(({ number }) => number === passage)?.text ?? '';
	}

	anchor(passage: number, range: Range): QuestionPassage {
		const { id, text } = this.material;
		return anchorAt({ document: id, edition: text.edition, section: this.#slug, paragraph: passage }, this.textOf(passage), range);
	}

	/** Begins a question on the selected words; without any, the words are to be chosen first. */
	write(): void {
		if (this.chosen) this.writeOn(this.chosen.passage, this.chosen);
		else if (this.textOf(this.#passage)) this.mode = { kind: 'pick', passage: this.#passage };
	}

	writeOn(passage: number, range: Range = { start: 0, end: length(this.textOf(passage)) }): void {
		this.#passage = passage;
		this.mode = { kind: 'write', anchor: this.anchor(passage, range) };
	}

	/** Back to the drafts. */
	close(): void {
		this.mode = { kind: 'drafts' };
		this.chosen = undefined;
	}

	/** After the bank has changed. */
	async refresh(): Promise<void> {
		await Promise.all([this.coverage.load(), this.#read()]);
	}

	/** Questions that a passage names and the document's own list does not have: those that cite a source. */
	async name(ids: string[]): Promise<void> {
		const missing = ids.filter((id) => !(id in this.#known)).slice(0, 30);
		const found = await Promise.all(missing.map((id) => this.#bank.read(id).catch(() => undefined)));
		const items = found.filter((item) => item !== undefined);
		if (items.length) this.#known = { ...this.#known, ...byId(items) };
	}

	async #read(): Promise<void> {
		const own: BankItem[] = [];
		let cursor: string | undefined;
		try {
			for (let page = 0; page < PAGES; page++) {
				const { items, next } = await this.#bank.find({ document: this.material.id }, cursor, LIMIT);
				own.push(...items);
				this.#known = { ...this.#known, ...byId(items) };
				if (!next) break;
				cursor = next;
			}
			this.#drafts = own.filter(({ state }) => state === 'draft').length;
		} catch {
			// The passages' numbers are there all the same; each question is named when its passage is opened.
		}
	}
}

function byId(items: BankItem[]): Record<string, BankItem> {
	return Object.fromEntries(items.map((item) => [item.id, item]));
}
