import { account } from './en/account.ts';
import { attempt } from './en/attempt.ts';
import { common, errors, saved, units } from './en/common.ts';
import { catalogue } from './en/catalogue.ts';
import { home } from './en/home.ts';
import { lesson } from './en/lesson.ts';
import { recall } from './en/recall.ts';
import { record } from './en/record.ts';
import { review } from './en/review.ts';
import { scenario } from './en/scenario.ts';
import { search } from './en/search.ts';
import { verify } from './en/verify.ts';

/** English. Its shape is the type that every other language must satisfy. */
export const en = {
	locale: 'en-GB',
	common,
	errors,
	saved,
	units,
	account,
	attempt,
	catalogue,
	home,
	lesson,
	recall,
	record,
	review,
	scenario,
	search,
	verify
};
