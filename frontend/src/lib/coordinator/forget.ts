/** The weight of FSRS-6 that bends the forgetting curve (w20), as internal/retention has it. */
const W20 = 0.1542;
const FACTOR = Math.pow(0.9, -1 / W20) - 1;

/** The chance, 0..1, that something is recalled `days` after its last practice; stability: days until that is 0.9. */
export function retrievability(days: number, stability: number): number {
	return Math.pow(1 + (FACTOR * days) / stability, -W20);
}

/** The days until evidence × retrievability falls to `target`; 0 where it is below already. */
export function daysHeld(evidence: number, stability: number, target: number): number {
	if (evidence <= target) return 0;
	return (stability / FACTOR) * (Math.pow(target / evidence, -1 / W20) - 1);
}
