/** Who reads the audit trail. */
export function mayAudit(role: string | undefined): boolean {
	return role === 'admin';
}

/** Who erases people. */
export function mayErase(role: string | undefined): boolean {
	return role === 'admin';
}

/** Who looks after cohorts. */
export function mayCoordinate(role: string | undefined): boolean {
	return role === 'coordinator' || role === 'admin';
}
