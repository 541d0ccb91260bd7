// The licences of everything that the pages may contain: the run-time packages of the lock file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function thirdParty() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const parts = ['Parts of these pages, with their licences.\n'];
  const BUILD_ONLY =
    /^node_modules\/(vite|rolldown|@rolldown\/|typescript|@typescript\/|lightningcss|@oxc|oxc|postcss|esbuild|@emnapi|@napi-rs|picomatch|fdir|tinyglobby|nanoid|picocolors|source-map-js|detect-libc|fsevents)/;
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.dev || entry.optional || entry.devOptional || BUILD_ONLY.test(path) || !existsSync(path)) continue;
    const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const file = readdirSync(path).find((n) => /^(licen[cs]e|copying)/i.test(n));
    const licence = typeof about.license === 'string' ? about.license : (about.license?.type ?? 'see below');
    parts.push(
      `${'='.repeat(80)}\n${about.name} ${about.version}, ${licence}\n\n${file ? readFileSync(join(path, file), 'utf8').trim() : '(no licence file in the package)'}\n`,
    );
  }
  return parts.join('\n');
}
