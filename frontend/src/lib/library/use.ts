import { libraryCatalogue, type LibraryMessages } from '../messages/trainer-library.ts';
import { useBank, type BankTools } from '../trainer/use.ts';
import { Library } from './api.ts';

/** What each part of the pages of documents needs. Read `l` where it is shown: the language may change. */
export type LibraryTools = { app: BankTools['app']; tools: BankTools; library: Library; readonly l: LibraryMessages };

export function useLibrary(): LibraryTools {
	const tools = useBank();
	return {
		app: tools.app,
		tools,
		library: new Library(tools.app.api),
		get l() {
			return libraryCatalogue(tools.app.m.locale);
		}
	};
}
