// Runs every audit of GraphQL over HTTP against a server; prints those that fail, of any level. Usage: audit.mjs URL
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
let failed = 0;
const audits = serverAudits({ url, fetchFn: fetch });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed += 1;
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${audits.length} audits, ${failed} failed`);
process.exit(failed === 0 && audits.length > 50 ? 0 : 1);
