// In a place without any network (`npm run smoke`): the proof that there is none. The stories marked @smoke stand beside it.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from '@playwright/test';

test('there is no network here but this machine itself @smoke', async () => {
  const others = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((i) => !i.internal));
  expect(others).toEqual([]);
  // An address for documentation, which no host has: there is not even a way to it.
  const failure = new Promise<string>((done) => connect(443, '192.0.2.1').on('error', (e: NodeJS.ErrnoException) => done(e.code ?? '')));
  expect(await failure).toBe('ENETUNREACH');
});
