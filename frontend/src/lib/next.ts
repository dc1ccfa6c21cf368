import type { Next } from './api/types.ts';

/** Where the one button of the home page leads. */
export function nextHref(next: Partial<Pick<Next, 'module' | 'lesson' | 'attempt'>> & { kind: string }): string {
	const { kind, module, lesson, attempt } = next;
	if (kind === 'resume_attempt' && attempt) return `/attempts/${attempt}`;
	if (kind === 'check' && module) return `/modules/${module}#check`;
	if (kind === 'exam') return '/modules#exams';
	if (module && lesson) return `/modules/${module}/${lesson}${kind === 'practice' ? '#practice' : ''}`;
	if (module) return `/modules/${module}`;
	return kind === 'done' ? '/me' : '/modules';
}

/** An address of this site given in a link, so that nobody is led elsewhere after sign-in. */
export function safeNext(next: string | null): string {
	return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** "Amina" of "Amina Okello": people are greeted by the name they gave first. */
export function firstName(name: string): string {
	return name.trim().split(/\s+/)[0] ?? name;
}

/** Which greeting fits this hour. */
export function partOfDay(hour: number): 'morning' | 'afternoon' | 'evening' {
	if (hour >= 4 && hour < 12) return 'morning';
	return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
