// Serves portal/ and passes /gateway/storefront/ on to CREDENZA_UPSTREAM, byte for byte: node serve.mjs [PORT]
// It is for trying; deploy/ has a configuration of nginx that does the same, and checks sessions.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { request as askSafely } from 'node:https';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const UPSTREAM = new URL(process.env.CREDENZA_UPSTREAM ?? 'http://127.0.0.1:8080/gateway/storefront');
const GATEWAY = '/gateway/storefront/';
const FOLDER = fileURLToPath(new URL('portal/', import.meta.url));
/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path.startsWith(GATEWAY)) pass(path.slice(GATEWAY.length - 1), request, response);
  else if (path.startsWith('/portal/')) void file(path, response);
  else response.writeHead(302, { location: '/portal/' }).end();
});

/** @param {string} path @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function pass(path, request, response) {
  const headers = { ...request.headers, host: UPSTREAM.host };
  const base = UPSTREAM.pathname.replace(/\/$/, '');
  const send = UPSTREAM.protocol === 'https:' ? askSafely : ask;
  const sent = send(UPSTREAM, { method: request.method, path: base + path, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(sent);
}

/** @param {string} path @param {import('node:http').ServerResponse} response */
async function file(path, response) {
  // Nothing of the page has a name that would have to be decoded, or lies above it.
  const name = path.slice('/portal/'.length).replace(/\?.*$/s, '') || 'index.html';
  const at = join(FOLDER, name);
  const there = /^[\w/.-]+$/.test(name) && !name.includes('..') && (await stat(at).catch(() => undefined))?.isFile();
  if (!there) return response.writeHead(404).end();
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  createReadStream(at).pipe(response);
}

server.listen(Number(process.argv[2] ?? 3000), '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`The portal is at http://127.0.0.1:${port}/portal/`);
});
