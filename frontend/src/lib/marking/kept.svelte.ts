import { local } from '../local.ts';
import type { Points } from './points.ts';

/** A mark that was begun and not saved. `of`: the text that was read; `marks`: how many marks it had when it was begun. */
export type Unsaved = { points: Points; comment: string; reason: string; of: string; marks: number };

/** Unsaved marks of a person on this device, one by answer. Signing out removes them: a device may be shared. */
export class Kept {
	readonly #key: string;
	#works = $state(true);

	constructor(user: string, answer: string) {
		this.#key = `draft.mark.${user}.${answer}`;
	}

	/** Whether the device took the last one. */
	get works(): boolean {
		return this.#works;
	}

	/** What is kept, as far as it fits a rubric of these points. */
	read(rubric: readonly { points: number }[]): Unsaved | undefined {
		const kept = this.#read();
		if (!kept || kept.points.length !== rubric.length) return undefined;
		return { ...kept, points: rubric.map(({ points: most }, i) => fitting(kept.points[i], most)) };
	}

	keep(mark: Unsaved): void {
		// JSON has no undefined: a criterion without points is null.
		const wanted = { ...mark, points: mark.points.map((one) => one ?? null) };
		local.write(this.#key, wanted);
		this.#works = JSON.stringify(local.read(this.#key, isUnsaved)) === JSON.stringify(wanted);
	}

	drop(): void {
		local.remove(this.#key);
		this.#works = true;
	}

	#read() {
		return local.read(this.#key, isUnsaved);
	}
}

function fitting(points: number | null | undefined, most: number): number | undefined {
	return typeof points === 'number' && Number.isInteger(points) && points >= 0 && points <= most ? points : undefined;
}

function isUnsaved(value: unknown): value is Omit<Unsaved, 'points'> & { points: (number | null)[] } {
	if (typeof value !== 'object' || value === null || !('points' in value) || !('comment' in value) || !('reason' in value) || !('of' in value) || !('marks' in value)) return false;
	const { points, comment, reason, of, marks } = value;
	return Array.isArray(points) && typeof comment === 'string' && typeof reason === 'string' && typeof of === 'string' && typeof marks === 'number';
}
