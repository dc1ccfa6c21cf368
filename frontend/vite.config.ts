import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** The same sources give the same version, so that a rebuild does not empty every phone's cache. */
function version(): string {
	const hash = createHash('sha256').update(readFileSync('package-lock.json'));
	const files = globSync('{src,static}/**/*.*', { withFileTypes: true }).filter((entry) => entry.isFile());
	for (const file of files.map(({ parentPath, name }) => relative('.', join(parentPath, name))).sort()) hash.update(file).update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

/** Svelte, the API client, the frame and the words; not what only attempts or some pages use. */
const CORE = /node_modules[\\/](?!idb|minisearch|uqr|@sveltejs)|src[\\/]lib[\\/](?!attempt|audit|learning|search|chart|cohort|coordinator|trainer|question-editor|library|workbench|quiz-builder|blueprint|analysis|regrade|exchange|marking|overrides|certificate|messages[\\/](en[\\/])?(cohort|coordinator|audit|trainer|certificate)|components[\\/]Figure)|src[\\/]routes[\\/]\+|\(trainee\)[\\/]([A-Z]\w+\.svelte|\+)/;

/**
 * Kit fills this module before it loads anything else. It must not end up in one file with modules that read it
 * when they are loaded: they would find neither version nor base (scripts/size.mjs sees to it). The helper that
 * loads the rest stands beside it: the start file uses it before the payload is set.
 */
const PAYLOAD = { name: 'payload', test: /kit[\\/]src[\\/]runtime[\\/]client[\\/]payload|vite[\\/]preload-helper/, priority: 2 };

export default defineConfig({
	plugins: [
		sveltekit({
			compilerOptions: { runes: true },
			adapter: adapter({ pages: 'build', fallback: 'index.html', precompress: true }),
			version: { name: version(), pollInterval: 0 },
			csp: {
				mode: 'hash',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					// The hash allows one style attribute: that of Kit's live region, which reads page names out.
					'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
					'img-src': ['self', 'data:'],
					'connect-src': ['self'],
					'worker-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'form-action': ['self']
				}
			}
		})
	],
	build: {
		// Old phones: Chrome and WebView of 2021, Safari 14.
		target: ['chrome89', 'safari14.1', 'firefox90'],
		// What every page needs is one file: on a slow link thirty small requests cost more than their bytes.
		rolldownOptions: { output: { codeSplitting: { groups: [PAYLOAD, { name: 'core', test: CORE, priority: 1 }] } } }
	},
	server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
	resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
	test: {
		include: ['src/**/*.spec.ts'],
		environment: 'jsdom',
		restoreMocks: true
	}
});
