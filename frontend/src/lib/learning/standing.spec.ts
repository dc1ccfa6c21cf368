import { describe, expect, it } from 'vitest';
import type { Area, OwnCohort } from '../api/types.ts';
import { countAreas, groupReasons, isForecast } from './standing.ts';

const area = (module: string, on_day: Area['on_day']): Area => ({ module, title: module, on_day });

describe('countAreas', () => {
	it('counts what is ready and open, and lists the weak before those that lapse', () => {
		const areas = [area('a', 'lapses'), area('b', 'ready'), area('c', 'open'), area('d', 'weak'), area('e', 'open')];
		const { ready, fading, open } = countAreas(areas);
		expect([ready, open]).toEqual([1, 2]);
		expect(fading.map(({ module }) => module)).toEqual(['d', 'a']);
	});
});

describe('groupReasons', () => {
	it('puts a red line first and leaves out what there is none of', () => {
		const reasons: OwnCohort['reasons'] = [
			{ code: 'outcome_lapses', overdue: false },
			{ code: 'module_open', overdue: true },
			{ code: 'critical_failure', overdue: false },
			{ code: 'module_open', overdue: false }
		];
		expect(groupReasons(reasons).map(({ code, items }) => [code, items.length])).toEqual([
			['critical_failure', 1],
			['module_open', 2],
			['outcome_lapses', 1]
		]);
	});
});

describe('isForecast', () => {
	it('is one only for the day of deployment', () => {
		expect(isForecast({ deploys_on: '2027-02-01', on: '2027-02-01' })).toBe(true);
		expect(isForecast({ deploys_on: '2026-02-01', on: '2026-11-21' })).toBe(false);
		expect(isForecast({ on: '2026-11-21' })).toBe(false);
	});
});
