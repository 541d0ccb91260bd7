// Other people's clients of the subscription protocols, against a real server. Usage: streams.mjs URL NUDGE, where
// NUDGE is a shell command that makes a new release go live.
import { strict as assert } from 'node:assert';
import { execSync } from 'node:child_process';
import { createClient as createWs } from 'graphql-ws';
import { createClient as createSse } from 'graphql-sse';
import WebSocket from 'ws';

const url = process.argv[2];
const nudge = process.argv[3];
const wsUrl = url.replace('http', 'ws') + '/ws';
const live = 'subscription { releaseChanged { release } }';
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

process.on('unhandledRejection', (why) => { console.log('unhandled', why.code, why.reason, why); process.exit(1); });

/** Waits for something that comes in its own time on a busy machine. */
async function until(what, done) {
  for (let n = 0; n < 600; n += 1) {
    if (await done()) return;
    await wait(50);
  }
  throw new Error(`${what} did not happen`);
}

/** How many streams the server has open. */
async function streams() {
  const text = await (await fetch(url.replace('/graphql', '/metrics'))).text();
  return Number(/^trialweave_streams (\d+)/m.exec(text)[1]);
}

/** What a subscription yields until `count` answers are there. */
function collect(client, request, count, got = []) {
  return new Promise((resolve, reject) => {
    const stop = client.subscribe(request, {
      next: (value) => { got.push(value); if (got.length === count) { stop(); resolve(got); } },
      error: reject,
      complete: () => resolve(got),
    });
  });
}

/** The code with which the server closes a socket that says these things. */
function closeCode(messages, protocols = ['graphql-transport-ws']) {
  return new Promise((resolve) => {
    const socket = new WebSocket(wsUrl, protocols);
    socket.on('open', () => { for (const m of messages) socket.send(typeof m === 'string' ? m : JSON.stringify(m)); });
    socket.on('close', (code) => resolve(code));
    socket.on('error', () => resolve('refused'));
  });
}

const step = (name) => console.log('step', name);
const init = { type: 'connection_init' };
const subscribe = (id, query = live) => ({ id, type: 'subscribe', payload: { query } });
const codes = [
  ['no JSON', ['nope'], 4400],
  ['no type', [{ id: '1' }], 4400],
  ['unknown type', [{ type: 'start' }], 4400],
  ['subscribe without id', [init, { type: 'subscribe', payload: { query: live } }], 4400],
  ['subscribe without payload', [init, { id: '1', type: 'subscribe' }], 4400],
  ['query of a wrong type', [init, { id: '1', type: 'subscribe', payload: { query: 1 } }], 4400],
  ['before init', [subscribe('1')], 4401],
  ['no init', [], 4408],
  ['same id twice', [init, subscribe('1'), subscribe('1')], 4409],
  ['init twice', [init, init], 4429],
  ['too large', [init, 'x'.repeat(70_000)], 1009],
];
for (const [name, messages, code] of codes) {
  assert.equal(await closeCode(messages), code, name);
}
const told = await new Promise((resolve, reject) => {
  // An old client offers the legacy protocol alone, and is spoken to in it.
  const socket = new WebSocket(wsUrl, ['graphql-ws']);
  const heard = [];
  socket.on('open', () => socket.send(JSON.stringify(init)));
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    heard.push(message.type);
    if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'start', payload: { query: '{ __typename }' } }));
    if (message.type === 'data') assert.deepEqual(message.payload.data, { __typename: 'Query' });
    if (message.type === 'complete') { socket.close(); resolve(heard); }
  });
  socket.on('error', reject);
});
assert.deepEqual(told.filter((type) => type !== 'ka'), ['connection_ack', 'data', 'complete'], 'the legacy protocol is spoken');
assert.equal(await closeCode([], []), 4406, 'no protocol is refused');
const both = await new Promise((resolve) => {
  const socket = new WebSocket(wsUrl, ['graphql-ws', 'graphql-transport-ws']);
  socket.on('open', () => { resolve(socket.protocol); socket.close(); });
});
assert.equal(both, 'graphql-transport-ws', 'the newer protocol is chosen when both are offered');

step('codes');
const ws = createWs({ url: wsUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
const sse = createSse({ url, retryAttempts: 0 });
for (const client of [ws, sse]) {
  const once = await collect(client, { query: '{ __typename }' }, 2);
  assert.deepEqual(once, [{ data: { __typename: 'Query' } }]);
}
await assert.rejects(collect(ws, { query: '{ nope }' }, 1), (errors) => errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED');
await assert.rejects(collect(sse, { query: '{ nope }' }, 1));

step('clients');
await until('the end of earlier streams', async () => (await streams()) === 0);
const got = [[], [], []];
const events = [ws, sse, ws].map((client, n) => collect(client, { query: live }, 2, got[n]));
// Two subscriptions share one socket.
await until('the subscriptions', async () => (await streams()) === 2);
await wait(500);
execSync(nudge);
await until('the first event', () => got.every((one) => one.length === 1));
execSync(nudge);
step('nudged');
const seen = await Promise.all(events);
const releases = seen[0].map((event) => event.data.releaseChanged.release);
assert.equal(new Set(releases).size, 2);
for (const other of seen) assert.deepEqual(other.map((e) => e.data.releaseChanged.release), releases);

step('seen');
// The server stops cleanly: a stream completes, a socket is told that the server goes away.
const closed = new Promise((resolve) => {
  const socket = new WebSocket(wsUrl, ['graphql-transport-ws']);
  socket.on('open', () => { socket.send(JSON.stringify(init)); socket.send(JSON.stringify(subscribe('1'))); });
  socket.on('close', (code) => resolve(code));
});
const completed = collect(sse, { query: live }, 9);
await until('the streams', async () => (await streams()) >= 2);
await wait(300);
if (process.argv[4]) execSync(process.argv[4]);
assert.equal(await closed, 1001);
assert.deepEqual(await completed, []);
console.log('streams: all good');
process.exit(0);
