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

/** Who keeps questions, documents and quizzes. */
export function mayTeach(role: string | undefined): boolean {
	return role === 'trainer' || role === 'admin';
}

/** Where somebody is at home; undefined for who learns. */
export function homeOf(role: string | undefined): string | undefined {
	if (mayCoordinate(role)) return '/coordinator/cohorts';
	return mayTeach(role) ? '/trainer' : undefined;
}
