// End-to-end tests against the served release build. `cargo xtask test e2e` builds what they need and sets the
// environment; `cargo xtask shots` runs the project `shots`.
import { defineConfig } from '@playwright/test';

const shots = /shots\.spec\.ts$/;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'target/e2e/results',
  // Each worker has a sandbox of its own, so the tests of one file may be shared out too.
  fullyParallel: true,
  workers: 2,
  // Machines are noisy. Who passes only at the second try is named, and more than a few fail the run: see xtask/src/e2e.rs.
  retries: 1,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  forbidOnly: true,
  reporter: [
    [process.stdout.isTTY ? 'line' : 'list'],
    ['json', { outputFile: process.env.CREDENZA_REPORT ?? 'target/e2e/report.json' }],
  ],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'e2e', testIgnore: shots },
    { name: 'shots', testMatch: shots },
  ],
});
