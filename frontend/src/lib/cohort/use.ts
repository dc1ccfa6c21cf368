import { useApp, type App } from '../app.svelte.ts';
import { cohortCatalogue, type CohortMessages } from '../messages/cohort.ts';
import { Cohorts } from './api.ts';

/** What each of these components needs. Read `m` where it is shown: the language may change. */
export type Tools = { app: App; cohorts: Cohorts; readonly m: CohortMessages };

export function useTools(): Tools {
	const app = useApp();
	return {
		app,
		cohorts: new Cohorts(app.api),
		get m() {
			return cohortCatalogue(app.m.locale);
		}
	};
}
