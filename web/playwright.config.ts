import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Every worker has a server of its own, so tests of one file need not wait for each other.
  fullyParallel: true,
  workers: Number(process.env.TW_WEB_WORKERS ?? 2),
  retries: process.env.CI ? 1 : 0,
  // Machines that build beside this are slow at times: a test ends late rather than wrongly.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1360, height: 900 },
    locale: 'en-GB',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--host-resolver-rules=MAP elsewhere.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
      ],
    },
  },
  projects: [
    { name: 'stories', testMatch: /(stories|takeaway|graphiql|frame|states)\.spec\.ts/ },
    // For a place without any network: `npm run smoke` inside `unshare -n`.
    { name: 'smoke', testMatch: /(stories|graphiql|smoke)\.spec\.ts/, grep: /@smoke/ },
    { name: 'speed', testMatch: /speed\.spec\.ts/ },
    { name: 'shots', testMatch: /shots\.spec\.ts/ },
  ],
});
