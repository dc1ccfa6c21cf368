import { describe, expect, it } from 'vitest';
import type { AttemptSummary, ModuleProgress } from '../api/types.ts';
import { transcriptOf } from './transcript.ts';

function attempt(over: Partial<AttemptSummary>): AttemptSummary {
	return { id: 'x', quiz: 'a.check', quiz_title: 'Check', purpose: 'check', module: 'a', status: 'submitted', started_at: '2026-11-01T10:00:00Z', pass_mark: 0.8, ...over };
}

function module(name: string, over: Partial<ModuleProgress> = {}): ModuleProgress {
	return { module: name, title: name, share: 0, complete: false, lessons: [], prerequisites_open: [], ...over };
}

describe('transcriptOf', () => {
	it('lists what was begun, with the best score and the day of the first pass', () => {
		const check = { quiz: 'a.check', passed: true, attempts: 3, best_score: 0.9 };
		const { modules, exams } = transcriptOf({
			modules: [module('a', { complete: true, share: 1, check }), module('b'), module('c', { share: 0.2 })],
			exams: [{ quiz: 'final', title: 'Final exam', passed: false, attempts: 0, modules_open: [] }],
			outcomes: [],
			attempts: [
				attempt({ passed: true, ended_at: '2026-11-09T10:00:00Z' }),
				attempt({ passed: true, ended_at: '2026-11-05T10:00:00Z' }),
				attempt({ passed: false, ended_at: '2026-11-02T10:00:00Z' })
			]
		});
		expect(modules.map(({ id, done, best, on }) => [id, done, best, on])).toEqual([
			['a', true, 0.9, '2026-11-05T10:00:00Z'],
			['c', false, undefined, undefined]
		]);
		expect(exams).toEqual([]);
	});

	it('shows a check that was tried without any reading', () => {
		const check = { quiz: 'a.check', passed: false, attempts: 1, best_score: 0.2 };
		expect(transcriptOf({ modules: [module('a', { check })], exams: [], outcomes: [], attempts: [] }).modules).toHaveLength(1);
	});
});
