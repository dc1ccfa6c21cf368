/** Now, as the API writes instants. */
export function instant(): string {
	return new Date().toISOString();
}
