// The stamp of the sources: FNV-1a of every file that the bundle is made of, by path. build.rs computes the same.
// `node scripts/stamp.mjs` prints it; `--check` fails where dist/ was made of other sources.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOTS = [
  'app',
  'graphiql',
  'public',
  'scripts',
  'graphiql.html',
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  '../schema/examples',
];
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

const walk = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((n) => walk(`${path}/${n}`))
    : [path];

export function sourceFiles() {
  return ROOTS.filter((p) => existsSync(p))
    .flatMap(walk)
    .filter((p) => !p.startsWith('../') || p.endsWith('.graphql') || p.endsWith('.variables.json'))
    .sort();
}

export function stampText() {
  let hash = 0xcbf29ce484222325n;
  const eat = (bytes) => {
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  };
  for (const file of sourceFiles()) {
    eat(Buffer.from(file, 'utf8'));
    eat([0]);
    eat(readFileSync(file).filter((b) => b !== 13));
    eat([0]);
  }
  return `${hash.toString(16).padStart(16, '0')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = stampText();
  if (process.argv.includes('--check')) {
    const built = existsSync(join('dist', '.stamp')) ? readFileSync(join('dist', '.stamp'), 'utf8') : 'none\n';
    if (built !== now) {
      console.error(`dist/ is stale: it was made of ${built.trim()}, the sources are ${now.trim()}. Run: npm run build`);
      process.exit(1);
    }
  }
  process.stdout.write(now);
}
