// After vite: licences of the parts, .br and .gz beside each file, and the stamp that says which sources this is.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { stampText } from './stamp.mjs';
import { thirdParty } from './third-party.mjs';

const dist = 'dist';
const quality = process.env.TW_WEB_QUICK ? 5 : 11;
const walk = (folder) =>
  readdirSync(folder).flatMap((n) => (statSync(join(folder, n)).isDirectory() ? walk(join(folder, n)) : [join(folder, n)]));

writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdParty());
const br = promisify(brotliCompress);
const gz = promisify(gzip);
let saved = 0;
for (const file of walk(dist)) {
  if (['.br', '.gz', '.html'].includes(extname(file)) || relative(dist, file) === '.stamp') continue;
  const raw = readFileSync(file);
  const [b, g] = await Promise.all([
    br(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }),
    gz(raw, { level: 9 }),
  ]);
  writeFileSync(`${file}.br`, b);
  writeFileSync(`${file}.gz`, g);
  saved += raw.length - b.length;
}
writeFileSync(join(dist, '.stamp'), stampText());
console.log(`compressed: ${(saved / 1024).toFixed(0)} KB less with brotli ${quality}`);
