/** What the server calls everybody who was erased: identity.ErasedName. */
const ERASED = 'Erased person';

/** A name to show: for who was erased, the catalogue's word. */
export function nameOf(name: string, erased: string): string {
	return name === ERASED ? erased : name;
}
