import { useApp, type App } from '../app.svelte.ts';
import { trainerCatalogue, type TrainerMessages } from '../messages/trainer.ts';
import { bankCatalogue, type BankMessages } from '../messages/trainer-bank.ts';
import { exchangeCatalogue, type ExchangeMessages } from '../messages/trainer-exchange.ts';
import { Bank } from '../trainer/bank.ts';
import { Exchange } from './api.ts';

/** What each part of the page needs. Read `t`, `b` and `m` where they are shown: the language may change. */
export type ExchangeTools = {
	app: App;
	bank: Bank;
	exchange: Exchange;
	readonly t: TrainerMessages;
	/** The words of the bank: filters and the parts of a question. */
	readonly b: BankMessages;
	readonly m: ExchangeMessages;
};

export function useExchange(): ExchangeTools {
	const app = useApp();
	return {
		app,
		bank: new Bank(app.api),
		exchange: new Exchange(app.api),
		get t() {
			return trainerCatalogue(app.m.locale);
		},
		get b() {
			return bankCatalogue(app.m.locale);
		},
		get m() {
			return exchangeCatalogue(app.m.locale);
		}
	};
}
