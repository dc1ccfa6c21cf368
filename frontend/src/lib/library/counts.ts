import type { Coverage, PassageCoverage, SectionCoverage } from './types.ts';

/** How well a text is covered: passages with at least one question among all, and questions that must be confirmed. */
export type Counts = { sections: number; passages: number; covered: number; stale: number };

export function countsOf({ sections, lost }: Pick<Coverage, 'sections' | 'lost'>): Counts {
	const passages = sections.flatMap((section) => section.passages);
	const stale = passages.reduce((sum, passage) => sum + passage.stale, 0);
	// What stands nowhere any more is on no passage, and is stale all the same.
	const nowhere = new Set(lost.filter(({ standing }) => standing === 'gone').map(({ question }) => question));
	return { sections: sections.length, passages: passages.length, covered: passages.filter(isCovered).length, stale: stale + nowhere.size };
}

export function coveredIn(section: SectionCoverage): number {
	return section.passages.filter(isCovered).length;
}

function isCovered({ questions }: PassageCoverage): boolean {
	return questions.length > 0;
}

/** 0, 1 or many: what a tint says. */
export function tintOf(n: number): 'none' | 'one' | 'many' {
	return n === 0 ? 'none' : n === 1 ? 'one' : 'many';
}
