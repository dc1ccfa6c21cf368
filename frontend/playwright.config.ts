import { defineConfig } from '@playwright/test';

/** Browser tests against the real binary: each worker starts its own on a free port (e2e/fixtures.ts). */
export default defineConfig({
	testDir: 'e2e',
	outputDir: 'e2e/.results',
	workers: 1,
	timeout: 90_000,
	expect: { timeout: 10_000 },
	forbidOnly: Boolean(process.env.CI),
	// A slow machine may stumble once: the run then says "flaky". Twice is a failure.
	retries: 1,
	reporter: [['list']],
	use: {
		browserName: 'chromium',
		locale: 'en-GB',
		viewport: { width: 390, height: 800 },
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--headless',
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	}
});
