import { local } from './local.ts';

export type ThemeName = 'system' | 'light' | 'dark';

/** Light, dark or as the device has it. */
export class Theme {
	#name = $state<ThemeName>(local.read('theme', isTheme) ?? 'system');

	constructor() {
		this.#apply();
	}

	get name(): ThemeName {
		return this.#name;
	}

	choose(name: ThemeName): void {
		this.#name = name;
		local.write('theme', name);
		this.#apply();
	}

	#apply(): void {
		if (this.#name === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = this.#name;
	}
}

function isTheme(value: unknown): value is ThemeName {
	return value === 'system' || value === 'light' || value === 'dark';
}
