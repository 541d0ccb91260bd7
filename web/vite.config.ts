// Two pages, one folder: the explorer at / and GraphiQL at /graphiql. All addresses are relative, so any base path will do.
import { defineConfig } from 'vite';

const server = process.env.TRIALWEAVE_URL ?? 'http://127.0.0.1:8000';
const forward = { target: server, changeOrigin: true };

export default defineConfig({
  base: './',
  appType: 'mpa',
  server: { proxy: { '/graphql/ws': { ...forward, ws: true }, '^/graphql($|\\?)': forward, '/schema.graphql': forward } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: { environment: 'happy-dom', include: ['test/unit/**/*.test.{ts,tsx}'] },
} as Parameters<typeof defineConfig>[0]);
