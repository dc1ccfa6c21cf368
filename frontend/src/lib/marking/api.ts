import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import type { QueueFilter } from './address.ts';
import type { Essay, EssayList, EssayMarking } from './types.ts';

/** How many answers a page of the queue has. */
export const PAGE = 50;

/** The calls about answers that a person marks. The only file of these pages that knows their addresses. */
export class Essays {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	list({ state, quiz }: QueueFilter, cursor?: string, limit = PAGE): Promise<EssayList> {
		const query = { state, limit, ...(quiz ? { quiz } : {}), ...(cursor ? { cursor } : {}) };
		return take(this.#api.GET('/marking', { params: { query } }));
	}

	read(answer: string): Promise<Essay> {
		return take(this.#api.GET('/marking/{answer}', { params: { path: { answer } } }));
	}

	mark(answer: string, body: EssayMarking): Promise<Essay> {
		return take(this.#api.POST('/marking/{answer}/marks', { params: { path: { answer } }, body }));
	}
}
