import type { Rules } from '#lib/coordinator/types.ts';

/** The first day on which the example, reviewed once, is below the target; the last where it never is. */
export function below({ target, example }: Pick<Rules, 'target' | 'example'>): number {
	return (example.curve.find(({ once }) => once < target) ?? example.curve.at(-1))?.day ?? 0;
}
