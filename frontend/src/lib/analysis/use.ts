import { useApp, type App } from '../app.svelte.ts';
import { analysisCatalogue, type AnalysisMessages } from '../messages/trainer-analysis.ts';
import { Regrades } from '../regrade/api.ts';
import { Analyses } from './api.ts';

/** What each part of these pages needs. Read `m` where it is shown: the language may change. */
export type AnalysisTools = { app: App; analyses: Analyses; regrades: Regrades; readonly m: AnalysisMessages };

export function useAnalysis(): AnalysisTools {
	const app = useApp();
	return {
		app,
		analyses: new Analyses(app.api),
		regrades: new Regrades(app.api),
		get m() {
			return analysisCatalogue(app.m.locale);
		}
	};
}
