import type { GlossaryTerm } from '#lib/api/types.ts';
import { folded } from '#lib/folded.ts';

/** The words that have the query in their name (these first) or in their meaning, in the order of the alphabet. */
export function matching(items: GlossaryTerm[], query: string, locale: string): GlossaryTerm[] {
	const wanted = folded(query.trim());
	const byName = [...items].sort((a, b) => a.term.localeCompare(b.term, locale));
	if (!wanted) return byName;
	const named = byName.filter(({ term }) => folded(term).includes(wanted));
	const meant = byName.filter((item) => !named.includes(item) && folded(item.definition).includes(wanted));
	return [...named, ...meant];
}
