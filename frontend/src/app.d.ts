declare global {
	namespace App {
		interface PageState {
			/** What was done on the page before, for the page that takes its place. */
			said?: string;
		}
	}
}

export {};
