import { local } from '../local.ts';

const KEY = 'workbench.keys';

/** Whether single keys do something. Who speaks to a computer turns them off (WCAG 2.1.4). */
export class Keys {
	#on = $state(local.read(KEY, isBoolean) ?? true);

	get on(): boolean {
		return this.#on;
	}

	set on(on: boolean) {
		this.#on = on;
		local.write(KEY, on);
	}

	/** The key that is meant for the page; '' while somebody types, or with another key held. */
	of(event: KeyboardEvent): string {
		if (!this.#on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return '';
		const { target } = event;
		if (target instanceof Element && target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, dialog, [contenteditable]')) return '';
		return event.key.toLowerCase();
	}
}

function isBoolean(value: unknown): value is boolean {
	return typeof value === 'boolean';
}
