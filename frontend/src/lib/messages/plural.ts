/** Forms of a phrase by CLDR category; `#` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The phrase for `n` in `locale`, with the number written as that locale writes it. */
export function plural(locale: string, n: number, forms: Forms): string {
	const form = forms[new Intl.PluralRules(locale).select(n)] ?? forms.other;
	return form.replace('#', new Intl.NumberFormat(locale).format(n));
}
