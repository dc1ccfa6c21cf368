import type { CorrectionRequest, Reliability } from './types.ts';

/** The grades of a document, the best first. */
export const RELIABILITIES = ['high', 'medium', 'low', 'unverified'] as const satisfies readonly Reliability[];
export const SEVERITIES = ['A', 'B', 'C'] as const satisfies readonly CorrectionRequest['severity'][];
export const CONFIDENCES = ['high', 'medium', 'low'] as const satisfies readonly CorrectionRequest['confidence'][];

/** What was picked from a list, as its type. */
export function reliabilityOf(value: string): Reliability {
	return RELIABILITIES.find((one) => one === value) ?? 'unverified';
}

export function severityOf(value: string): CorrectionRequest['severity'] {
	return SEVERITIES.find((one) => one === value) ?? 'B';
}

export function confidenceOf(value: string): CorrectionRequest['confidence'] {
	return CONFIDENCES.find((one) => one === value) ?? 'low';
}
