import { useApp, type App } from '../app.svelte.ts';
import { trainerCatalogue, type TrainerMessages } from '../messages/trainer.ts';
import { bankCatalogue, type BankMessages } from '../messages/trainer-bank.ts';
import { Bank } from './bank.ts';

/** What each part of the bank's pages needs. Read `t` and `m` where they are shown: the language may change. */
export type BankTools = { app: App; bank: Bank; readonly t: TrainerMessages; readonly m: BankMessages };

export function useBank(): BankTools {
	const app = useApp();
	return {
		app,
		bank: new Bank(app.api),
		get t() {
			return trainerCatalogue(app.m.locale);
		},
		get m() {
			return bankCatalogue(app.m.locale);
		}
	};
}
