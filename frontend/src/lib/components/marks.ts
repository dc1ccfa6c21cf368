import type { Correction, Mark, Reference, SectionNote } from '#lib/api/types.ts';

/** What a numbered mark opens. */
export type MarkTarget =
	| { kind: 'source'; note: SectionNote; corrections: Correction[] }
	| { kind: 'reference'; reference: Reference }
	| { kind: 'correction'; correction: Correction };

type Shelf = { sources: SectionNote[]; references: Reference[]; corrections: Correction[] };

/** Finds what a mark points to among what the lesson brought along; undefined when the server sent no text for it. */
export function targetOf(mark: Pick<Mark, 'kind' | 'key'>, shelf: Shelf): MarkTarget | undefined {
	if (mark.kind === 'source') {
		const note = shelf.sources.find(({ key }) => key === mark.key);
		return note && sourceTarget(note, shelf.corrections);
	}
	if (mark.kind === 'reference') {
		const reference = shelf.references.find(({ id }) => id === mark.key);
		return reference && { kind: 'reference', reference };
	}
	const correction = shelf.corrections.find(({ id }) => id === mark.key);
	return correction && { kind: 'correction', correction };
}

/** A source section with those of the corrections that travel with it. */
export function sourceTarget(note: SectionNote, corrections: Correction[]): MarkTarget {
	return { kind: 'source', note, corrections: corrections.filter(({ id }) => note.corrections.includes(id)) };
}

/** The name of what a mark opens, for its label and its sheet. */
export function titleOf(target: MarkTarget): string {
	if (target.kind === 'source') return target.note.heading;
	return target.kind === 'reference' ? target.reference.title : target.correction.id;
}

/** The address of a section on its source's page: "slug#section" → "/sources/slug#section". */
export function sectionHref(key: string): string {
	const [source = '', section = ''] = key.split('#');
	return `/sources/${source}#${section}`;
}
