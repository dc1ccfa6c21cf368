import { describe, expect, it } from 'vitest';
import type { ReviewCard } from './api/types.ts';
import { inState, mayReview, reviewHref, subjectOf } from './review.ts';

const card = (subject: string, module: string, approvals: number, comments: number): ReviewCard => ({ subject, kind: 'lesson', module, lesson: 'l', title: subject, approvals, comments, earlier: 0 });
const items = [card('a', 'm', 0, 0), card('b', 'm', 1, 2), card('c', 'n', 0, 1)];
const subjects = (module: string, state: Parameters<typeof inState>[2]) => inState(items, module, state).map(({ subject }) => subject);

describe('the list of reviews', () => {
	it('has what is not approved', () => expect(subjects('', 'open')).toEqual(['a', 'c']));
	it('has what is commented, approved or not', () => expect(subjects('', 'commented')).toEqual(['b', 'c']));
	it('has what is approved', () => expect(subjects('', 'approved')).toEqual(['b']));
	it('has one module', () => expect(subjects('n', 'all')).toEqual(['c']));
	it('leads to a text and back', () => expect([reviewHref('m.l.x1'), subjectOf('m/l/x1'), subjectOf('m/l/')]).toEqual(['/review/m/l/x1', 'm.l.x1', 'm.l']));
	it('is for trainers and admins', () => expect(['trainee', 'trainer', 'coordinator', 'admin', undefined].map(mayReview)).toEqual([false, true, false, true, false]));
});
