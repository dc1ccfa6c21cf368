import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { BankQuestion, QuestionText } from '../trainer/types.ts';
import type { CorrectionRequest, Coverage, DocumentList, DraftQuestion, DraftRule, Material, MaterialImport, MaterialPatch, NewMaterial, Origin, Upload } from './types.ts';

/** How many documents a page of the list has. */
export const PAGE = 20;

/** The calls about documents and drafts. The only file of these pages that knows their addresses. */
export class Library {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	list(origin: Origin, search: string, cursor?: string): Promise<DocumentList> {
		const query = { origin, limit: PAGE, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) };
		return take(this.#api.GET('/documents', { params: { query } }));
	}

	read(id: string): Promise<Material> {
		return take(this.#api.GET('/documents/{document}', of(id)));
	}

	import(body: NewMaterial): Promise<MaterialImport> {
		return take(this.#api.POST('/documents', { body }));
	}

	/** A file as the next edition. */
	renew(id: string, body: Upload): Promise<MaterialImport> {
		return take(this.#api.POST('/documents/{document}/editions', { ...of(id), body }));
	}

	change(id: string, body: MaterialPatch): Promise<Material> {
		return take(this.#api.PATCH('/documents/{document}', { ...of(id), body }));
	}

	coverage(id: string): Promise<Coverage> {
		return take(this.#api.GET('/documents/{document}/coverage', of(id)));
	}

	/** Records a correction, or changes the one with this id. */
	correct(id: string, body: CorrectionRequest, correction?: string) {
		if (!correction) return take(this.#api.POST('/documents/{document}/corrections', { ...of(id), body }));
		const params = { path: { document: id, correction } };
		return take(this.#api.PUT('/documents/{document}/corrections/{correction}', { params, body }));
	}

	async uncorrect(document: string, correction: string): Promise<void> {
		await take(this.#api.DELETE('/documents/{document}/corrections/{correction}', { params: { path: { document, correction } } }));
	}

	async drafts(id: string, section: string): Promise<DraftQuestion[]> {
		const params = { path: { document: id }, query: { section } };
		return (await take(this.#api.GET('/documents/{document}/drafts', { params }))).items;
	}

	/** Takes a draft into the bank as this question. */
	accept(draft: string, body: { question: QuestionText; tags: string[] }): Promise<BankQuestion> {
		return take(this.#api.POST('/drafts/{draft}/accept', { params: { path: { draft } }, body }));
	}

	async reject(draft: string, reason: string): Promise<void> {
		await take(this.#api.POST('/drafts/{draft}/reject', { params: { path: { draft } }, body: { reason } }));
	}

	/** Takes a decision back, and the question that the draft became with it. */
	async reopen(draft: string): Promise<void> {
		await take(this.#api.POST('/drafts/{draft}/reopen', { params: { path: { draft } } }));
	}

	async rules(): Promise<DraftRule[]> {
		return (await take(this.#api.GET('/drafting-rules'))).items;
	}
}

function of(document: string) {
	return { params: { path: { document } } };
}
