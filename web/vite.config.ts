// Two pages, one folder: the explorer at / and GraphiQL at /graphiql. All addresses are relative, so any base path will do.
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

// Message keys are for people; in the bundle a number does. Families that code puts together at run time keep their keys.
const FAMILIES =
  /^(kind|kinds|status|phase|area|role|targetRole|targetKind|drugKind|qualifier|field|mapping|match|verification|knownBy|agency|statementType|referenceType|standing|sourceType|cito|relation|facet|column|nav|keys|theme|matrix)\./;
function shortKeys(): Plugin {
  const ids = new Map<string, string>();
  for (const file of ['app/i18n/en.ts', 'app/i18n/en-pages.ts']) {
    for (const [, key] of readFileSync(file, 'utf8').matchAll(/^ {2}'([^']+)':/gm)) {
      if (key && !FAMILIES.test(key) && !key.startsWith('references.by.')) ids.set(key, ids.size.toString(36));
    }
  }
  return {
    name: 'short-keys',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/app/') || !/\.tsx?$/.test(id)) return null;
      const words = /i18n\/(en|zh)(-pages)?\.ts$/.test(id);
      if (words) return code.replace(/^ {2}'([^']+)':/gm, (all, key: string) => (ids.has(key) ? `  '${ids.get(key)}':` : all));
      return code.replace(/'([a-zA-Z]+\.[a-zA-Z0-9.]+)'/g, (all, key: string) => (ids.has(key) ? `'${ids.get(key)}'` : all));
    },
  };
}

/** Queries travel and are shown indented; in the bundle their indentation is left out. */
function flatQueries(): Plugin {
  return {
    name: 'flat-queries',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/app/') || !code.includes('graphql(`')) return null;
      return code.replace(/graphql\(`([^`]*)`\)/g, (_, text: string) => `graphql(\`${text.trim().replace(/\n\s+/g, '\n')}\`)`);
    },
  };
}

const FRAME =
  /vite\/preload-helper|node_modules\/preact\/|\/app\/(gql\.ts|i18n\/index|lib\/(client|format|router|theme)|ui\/(dialog|graphql-button|marks|names|page|states))/;

const server = process.env.TW_WEB_SERVER ?? 'http://127.0.0.1:8000';
const forward = { target: server, changeOrigin: true };

export default defineConfig({
  base: './',
  plugins: [shortKeys(), flatQueries()],
  appType: 'mpa',
  server: {
    fs: { allow: ['..'] },
    proxy: { '/graphql/ws': { ...forward, ws: true }, '^/graphql($|\\?)': forward, '/schema.graphql': forward },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // light-dark() as it is: every browser has it since May 2024.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      output: {
        // What every page needs comes in one file, however many pages share a part of it.
        codeSplitting: { groups: [{ name: 'frame', test: FRAME, includeDependenciesRecursively: false }] },
      },
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    setupFiles: ['test/unit/setup.ts'],
    include: ['test/unit/**/*.test.{ts,tsx}'],
  },
} as Parameters<typeof defineConfig>[0]);
