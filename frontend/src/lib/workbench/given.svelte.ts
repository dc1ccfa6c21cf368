import { local } from '../local.ts';
import type { QuestionText } from '../trainer/types.ts';

type Pool = 'practice' | 'exam';
type Kept = { outcomes: string[]; pool: Pool };

/** What a question gets that is taken from a document from here on. The choice stays on the device, for each document. */
export class Given {
	readonly #key: string;
	#kept = $state.raw<Kept>({ outcomes: [], pool: 'practice' });

	constructor(document: string) {
		this.#key = `workbench.given.${document}`;
		this.#kept = local.read(this.#key, isKept) ?? this.#kept;
	}

	get outcomes(): string[] {
		return this.#kept.outcomes;
	}

	set outcomes(outcomes: string[]) {
		this.#keep({ ...this.#kept, outcomes });
	}

	get pool(): Pool {
		return this.#kept.pool;
	}

	set pool(pool: Pool) {
		this.#keep({ ...this.#kept, pool });
	}

	/** The question with what was chosen, in front of what it names itself. */
	to(question: QuestionText): QuestionText {
		const { outcomes, pool } = this.#kept;
		return { ...question, pool, outcomes: [...outcomes, ...(question.outcomes ?? []).filter((one) => !outcomes.includes(one))] };
	}

	#keep(kept: Kept): void {
		this.#kept = kept;
		local.write(this.#key, kept);
	}
}

function isKept(value: unknown): value is Kept {
	if (typeof value !== 'object' || value === null || !('outcomes' in value) || !('pool' in value)) return false;
	const { outcomes, pool } = value;
	return (pool === 'practice' || pool === 'exam') && Array.isArray(outcomes) && outcomes.every((one) => typeof one === 'string');
}
