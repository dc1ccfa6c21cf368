import type { BankMessages } from '../messages/trainer-bank.ts';
import type { QuestionFinding } from '../trainer/types.ts';

/** What is wrong with one field. */
export function findingsAt(findings: readonly QuestionFinding[], field: string): QuestionFinding[] {
	return findings.filter((finding) => finding.field === field);
}

/** Where a field is, in words: "options[2].feedback" → "Option 3, feedback". */
export function placeOf(m: BankMessages, field: string): string {
	const parts = field.split('.').map((part) => {
		const [, name = part, at] = /^(\w+)\[(\d+)\]$/.exec(part) ?? [];
		return at === undefined ? (m.fields[name] ?? name) : (m.rows[name] ?? ((n: string) => `${name} ${n}`))(String(Number(at) + 1));
	});
	return parts.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(', ');
}

/** The lists without those that were turned down: errors first, each place in the order of the form. */
export function sorted(findings: readonly QuestionFinding[]): QuestionFinding[] {
	const weight = ({ severity }: QuestionFinding) => (severity === 'error' ? 0 : 1);
	return [...findings].sort((a, b) => weight(a) - weight(b));
}

/** What the server said about fields of a body as findings: "body.question.stem" → "stem". */
export function refused(errors: readonly { location?: string; message?: string }[] | null | undefined): QuestionFinding[] {
	return (errors ?? []).flatMap(({ location, message }) => {
		const field = location?.replace(/^body\./, '').replace(/^question\./, '');
		return field && message ? [{ field, message, severity: 'error' as const }] : [];
	});
}
