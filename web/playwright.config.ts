import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 45_000,
  reporter: [['list']],
  use: {
    viewport: { width: 1360, height: 900 },
    locale: 'en-GB',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'],
    },
  },
  projects: [
    { name: 'stories', testMatch: /(stories|graphiql|frame)\.spec\.ts/ },
    { name: 'speed', testMatch: /speed\.spec\.ts/ },
    { name: 'shots', testMatch: /shots\.spec\.ts/ },
  ],
});
