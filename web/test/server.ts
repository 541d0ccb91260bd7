// The server under test. Where the binary serves the pages itself it stands alone; else a small server of our own lays
// dist/ in front of it, with the same rules: hashed names for ever, pages never, one strict policy.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { extname, join, resolve } from 'node:path';

const here = import.meta.dirname;
const dist = resolve(here, '../dist');

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
/** Monaco writes style elements, and nothing can be done about it. */
export const GRAPHIQL_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

export function binary(): string {
  const said = process.env.TRIALWEAVE_BIN;
  const known = [said, '../target/release/trialweave', '../target/debug/trialweave'].filter((p): p is string => Boolean(p));
  const found = known.map((p) => resolve(here, '..', p)).find((p) => existsSync(p));
  if (!found) throw new Error('no trialweave binary: build it, or name it in TRIALWEAVE_BIN');
  return found;
}

export interface Running {
  /** Address of the pages, with a slash at its end. */
  url: string;
  /** Address of the binary itself. */
  api: string;
  stop: () => Promise<void>;
  stopApi: () => Promise<void>;
  startApi: () => Promise<void>;
}

function startBinary(listen: string, base: string): Promise<{ child: ChildProcess; address: string }> {
  const data = process.env.TW_WEB_DATA ? [process.env.TW_WEB_DATA] : [];
  const args = ['serve', ...data, '--listen', listen, '--base-path', base];
  // The server refuses settings that it does not know, and ours are none of its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TRIALWEAVE_')));
  const child = spawn(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  return new Promise((done, fail) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      const address = /http:\/\/[^\s/]+/.exec(text)?.[0];
      if (address) done({ child, address });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => fail(new Error(`the server ended with ${code}: ${text}`)));
    setTimeout(() => fail(new Error(`the server did not say its address: ${text}`)), 30_000).unref();
  });
}

const ended = (child: ChildProcess) =>
  new Promise<void>((done) => {
    if (child.exitCode !== null) return done();
    child.removeAllListeners('exit');
    child.once('exit', () => done());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  });

/** Starts the binary below `prefix`; where it has no pages, or `TW_WEB_PROXY=1` asks for it, the small server before it. */
export async function start(prefix = '/', port = 0): Promise<Running> {
  const proxied = process.env.TW_WEB_PROXY === '1';
  let { child, address } = await startBinary('127.0.0.1:0', proxied ? '/' : prefix);
  const apiPort = new URL(address).port;
  const alone = !proxied && (await fetch(address + prefix).then((r) => r.text())).includes('assets/');
  const stopApi = () => ended(child);
  const base = alone ? prefix : '/';
  const startApi = async () => {
    ({ child, address } = await startBinary(`127.0.0.1:${apiPort}`, base));
  };
  if (alone) return { url: address + prefix, api: address + prefix.replace(/\/$/, ''), stop: stopApi, stopApi, startApi };
  if (prefix !== '/' && !proxied) {
    await stopApi();
    await startApi();
  }
  const front = await serve(prefix, Number(apiPort), port);
  const stop = async () => {
    front.server.closeAllConnections();
    front.server.close();
    await stopApi();
  };
  return { url: `http://127.0.0.1:${front.port}${prefix}`, api: address, stop, stopApi, startApi };
}

function serve(prefix: string, apiPort: number, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url ?? '/', 'http://x');
    if (!address.pathname.startsWith(prefix)) {
      outgoing.writeHead(404).end();
      return;
    }
    const path = decodeURIComponent(address.pathname.slice(prefix.length));
    if (path === 'graphql' || path === 'schema.graphql' || path === 'health') {
      const onward = request(
        {
          port: apiPort,
          host: '127.0.0.1',
          method: incoming.method,
          path: `/${path}${address.search}`,
          headers: incoming.headers,
        },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.writeHead(502).end());
      incoming.pipe(onward);
      return;
    }
    const file = join(dist, path);
    if (path && file.startsWith(dist) && extname(path) !== '.html' && extname(path) && existsSync(file)) {
      const gz = existsSync(`${file}.gz`) && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '');
      outgoing.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(gz ? { 'content-encoding': 'gzip' } : {}),
      });
      outgoing.end(readFileSync(gz ? `${file}.gz` : file));
      return;
    }
    if (path.startsWith('assets/')) {
      outgoing.writeHead(404).end();
      return;
    }
    const page = path === 'graphiql' ? 'graphiql.html' : 'index.html';
    const html = readFileSync(join(dist, page), 'utf8').replace('<base href="/">', `<base href="${prefix}">`);
    outgoing.writeHead(200, {
      'content-type': TYPES['.html'],
      'cache-control': 'no-cache',
      'content-security-policy': page === 'graphiql.html' ? GRAPHIQL_POLICY : POLICY,
    });
    outgoing.end(html);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const onward = connect(apiPort, '127.0.0.1', () => {
      const lines = [`GET /graphql/ws HTTP/1.1`];
      for (let i = 0; i < incoming.rawHeaders.length; i += 2) lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return new Promise((done) => {
    server.listen(port, '127.0.0.1', () => done({ server, port: (server.address() as { port: number }).port }));
  });
}
