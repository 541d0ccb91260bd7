// What each page weighs, gzipped, and whether that is within the budget. Fails over budget.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = 'dist';
const files = readdirSync(`${dist}/assets`).filter((f) => /\.(js|css)$/.test(f));
const text = Object.fromEntries(files.map((f) => [f, readFileSync(`${dist}/assets/${f}`, 'utf8')]));
const gz = Object.fromEntries(files.map((f) => [f, gzipSync(text[f], { level: 9 }).length]));
const kb = (n) => (n / 1000).toFixed(1).padStart(7);

/** Files that a file imports at once. */
const imports = (f) => [...text[f].matchAll(/(?:import|from)\s*["']\.\/([^"']+\.js)["']/g)].map((m) => m[1]).filter((x) => x in text);
const closure = (roots) => {
  const seen = new Set();
  const visit = (f) => {
    if (!f || seen.has(f)) return;
    seen.add(f);
    for (const next of imports(f)) visit(next);
  };
  for (const r of roots) visit(r);
  return seen;
};
const entries = (html) => [...readFileSync(`${dist}/${html}`, 'utf8').matchAll(/(?:src|href)="\.?\/?assets\/([^"]+)"/g)].map((m) => m[1]);
/** The chunk that holds a page: named after its module, the largest of that name. */
const chunk = (name) => files.filter((f) => f.endsWith('.js') && f.replace(/-[\w-]{8}\.js$/, '') === name).sort((a, b) => gz[b] - gz[a]);
const sum = (set) => [...set].reduce((n, f) => n + gz[f], 0);
const js = (set) => [...set].filter((f) => f.endsWith('.js'));

const frame = closure(entries('index.html').filter((f) => f.endsWith('.js')));
const graphiqlFirst = closure(entries('graphiql.html').filter((f) => f.endsWith('.js')));
const lines = [];
let over = false;
const check = (name, bytes, budget) => {
  const bad = bytes > budget * 1000;
  over ||= bad;
  lines.push(`${name.padEnd(34)}${kb(bytes)} KB of ${String(budget).padStart(5)}${bad ? '  OVER' : ''}`);
};
const pages = [
  'home',
  'trials',
  'trial',
  'entity',
  'references',
  'reference',
  'statement',
  'source',
  'matrix',
  'graph',
  'paths',
  'search',
  'conflicts',
  'unmapped',
  'about',
  'api',
  'list',
];
/** Pages that come in one file. */
const TOGETHER = {
  things: ['trial', 'entity', 'statement', 'source'],
  asides: ['search', 'conflicts', 'unmapped', 'about', 'api', 'list'],
};
const fileOf = (page) => Object.keys(TOGETHER).find((file) => TOGETHER[file].includes(page)) ?? page;
const explorer = new Set(frame);
const words = new Map(['en', 'zh', 'en-pages', 'zh-pages'].map((n) => [n, chunk(n)[0]]));
const routes = {};
for (const page of pages) {
  // A module may be split in a thin entry and a shared part: the thin one imports the other.
  routes[page] = closure(chunk(fileOf(page)));
  for (const f of routes[page]) explorer.add(f);
}
for (const name of ['palette', 'help', 'picker']) for (const f of closure(chunk(name))) explorer.add(f);
for (const f of words.values()) if (f) explorer.add(f);

for (const lang of ['en', 'zh']) {
  const first = new Set([...frame, ...routes.home, words.get(lang)]);
  check(`first route (/), ${lang}, JS`, sum(js(first)), 25);
}
const css = entries('index.html').filter((f) => f.endsWith('.css'));
check('first route, CSS', sum(new Set(css)), 8);
for (const page of pages.slice(1)) {
  const own = [...routes[page]].filter((f) => !frame.has(f));
  check(`then /${page}, JS`, sum(new Set(own)), page === 'graph' ? 20 : 14);
}
// Every sheet that is not GraphiQL's.
const explorerCss = files.filter((f) => f.endsWith('.css') && !/^(graphiql|editor|monaco)/.test(f));
// A reader loads one language; the other is printed beside it.
const whole = sum(explorer) + sum(new Set(explorerCss));
const wordsOf = (lang) => gz[words.get(lang)] + gz[words.get(`${lang}-pages`)];
check('explorer in all, en', whole - wordsOf('zh'), 80);
check('explorer in all, zh', whole - wordsOf('en'), 80);
lines.push(`${'explorer in all, both languages'.padEnd(34)}${kb(whole)} KB`);
const workers = files.filter((f) => /\.worker-/.test(f));
const graphiqlCss = entries('graphiql.html').filter((f) => f.endsWith('.css'));
const lazyMonaco = files.filter((f) => /^(graphqlMode|jsonMode|lite|editor\.api|standalone|mouseTarget|editorBaseApi)-/.test(f));
check('GraphiQL first load', sum(new Set([...graphiqlFirst, ...graphiqlCss, ...workers, ...lazyMonaco])), 1600);
console.log(lines.join('\n'));
if (over) {
  console.error('over budget');
  process.exit(1);
}
