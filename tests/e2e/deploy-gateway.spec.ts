// How nginx passes a call on: its size and time, who is called and how they are known, and what of an answer comes back.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Recorder, allAt, expect, test } from './support/deploy';

const TLS = join(__dirname, 'support/tls');
const CERTIFICATE = join(TLS, 'certificate.pem');
/** The name in that certificate. */
const NAME = 'api.credenza.test';
const POST = { method: 'POST', headers: { 'content-type': 'application/json' } };
const SOURCE = 'gateway/storefront/buyer/storefronts/42/sources/src_main/credentials';
const AGENT = 'gateway/registry/api/registry/agents/https%253A%252F%252Fa.example/connect';
const ALL = { settings: allAt('RECORDER') };

test.describe('bodies', () => {
  test.use(ALL);

  test('a body that is too large is refused, told or not told ahead', async ({ nginx, recorder }) => {
    const large = 'x'.repeat(300 * 1024);
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const { status, headers: told, body } = await nginx.ask(SOURCE, { ...POST, headers, body: large });
      expect([status, told['content-type'], told['cache-control']]).toEqual([413, 'application/json; charset=utf-8', 'no-store']);
      expect(JSON.parse(String(body))).toEqual({ error: { code: 'GATEWAY_413', message: 'The request is larger than the gateway passes on.' } });
    }
    expect(recorder.heard).toEqual([]);
  });

  test('a body is passed on whole, and neither logged nor written to a disk', async ({ nginx, recorder }) => {
    const body = JSON.stringify({ secret: 'hunter2-'.repeat(30_000) });
    const seen: string[] = [];
    // While the service has the body and has not answered yet.
    recorder.reply = () => ({ status: 201, body: '{}', after: 300 });
    const answered = nginx.ask(SOURCE, { ...POST, headers: { ...POST.headers, authorization: 'Bearer hunter3' }, body });
    await expect.poll(() => recorder.heard.length).toBe(1);
    seen.push(...(await nginx.kept()));
    expect((await answered).status).toBe(201);
    expect(seen).toEqual([]);
    expect(recorder.heard[0]?.body).toBe(body);
    expect(recorder.heard[0]?.headers['authorization']).toBe('Bearer hunter3');
    const logged = await nginx.logged();
    expect(logged).toContain(`"POST /${SOURCE}" 201`);
    expect(logged).not.toMatch(/hunter|client request body is buffered/);
  });
});

test.describe('time', () => {
  test.use({ settings: { ...allAt('RECORDER'), CREDENZA_SECONDS: '1' } });

  test('who does not answer is told from who is not there, and a save at the registry has longer', async ({ nginx, recorder }) => {
    recorder.reply = () => ({ status: 200, after: 2_500 });
    const [source, agent] = await Promise.all([nginx.ask(SOURCE, POST), nginx.ask(AGENT, { ...POST, method: 'PUT' })]);
    expect([source.status, agent.status]).toEqual([504, 200]);
    expect(JSON.parse(String(source.body))).toHaveProperty('error.message', 'The service did not answer the gateway in time.');
    // One click is one request, whatever became of it.
    expect(recorder.heard.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await recorder.stop();
    expect((await nginx.ask(SOURCE, POST)).status).toBe(502);
  });
});

test.describe('answers', () => {
  test.use(ALL);

  test('what an answer says of our origin is dropped, and the rest stays', async ({ nginx, recorder }) => {
    const dropped = {
      'set-cookie': 'theirs=1', 'clear-site-data': '"*"', 'strict-transport-security': 'max-age=1', 'alt-svc': 'h3=":1"', refresh: '0;url=/x',
      link: '</x>; rel=preload', expires: '0', pragma: 'no-cache', 'service-worker-allowed': '/', 'x-accel-redirect': '/index.html',
    };
    const kept = { 'retry-after': '7', 'ratelimit-reset': '9', 'content-type': 'application/problem+json', 'x-request-id': 'abc' };
    const ownWords = { 'cache-control': 'public, max-age=99', 'content-security-policy': 'default-src *', 'x-content-type-options': 'sniff' };
    recorder.reply = () => ({ status: 429, headers: { ...dropped, ...kept, ...ownWords }, body: '{"error":"slow down"}' });
    const { status, headers, body } = await nginx.ask(SOURCE, POST);
    expect([status, String(body)]).toEqual([429, '{"error":"slow down"}']);
    for (const name of Object.keys(dropped)) expect(headers, name).not.toHaveProperty(name);
    expect(headers).toMatchObject(kept);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';[^,]+$/);
  });

  test('errors come back in the words of the service, and redirects are not followed', async ({ nginx, recorder }) => {
    for (const status of [400, 401, 403, 404, 409, 413, 422, 500, 502, 503, 504]) {
      recorder.reply = () => ({ status, body: `{"theirs":${status}}` });
      const answer = await nginx.ask(SOURCE, POST);
      expect([answer.status, String(answer.body)]).toEqual([status, `{"theirs":${status}}`]);
    }
    recorder.heard.length = 0;
    recorder.reply = () => ({ status: 307, headers: { location: `${recorder.address}/elsewhere` } });
    const { status, headers } = await nginx.ask(SOURCE, POST);
    expect([status, headers['location']]).toEqual([307, `${recorder.address}/elsewhere`]);
    expect(recorder.heard).toHaveLength(1);
  });
});

test.describe('who asks', () => {
  const claimed = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', forwarded: 'for=203.0.113.9', 'accept-language': 'de', cookie: 'a=b' };

  test.describe(() => {
    test.use(ALL);

    test('is told by the connection, and nothing else of a request goes along', async ({ nginx, recorder }) => {
      await nginx.ask(SOURCE, { ...POST, headers: { ...POST.headers, ...claimed, accept: 'application/json', 'user-agent': 'a browser' }, body: '{}' });
      const { host, ...headers } = recorder.heard[0]?.headers ?? {};
      expect(host).toBe(new URL(recorder.address).host);
      expect(headers).toEqual({
        accept: 'application/json', connection: 'close', 'content-length': '2', 'content-type': 'application/json', 'user-agent': 'a browser',
        'x-forwarded-for': '127.0.0.1',
      });
    });
  });

  test.describe(() => {
    test.use({ settings: { ...allAt('RECORDER'), CREDENZA_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' } });

    test('is told by a proxy in front that is trusted', async ({ nginx, recorder }) => {
      await nginx.ask(SOURCE, { ...POST, headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.1.2.3' } });
      expect(recorder.heard[0]?.headers['x-forwarded-for']).toBe('203.0.113.9');
    });
  });
});

/** A name server for which every name is this machine. */
async function nameServer(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { address, port }) => {
    const end = question.indexOf(0, 12) + 5;
    const isForIpv4 = question.readUInt16BE(end - 4) === 1;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(isForIpv4 ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    socket.send(Buffer.concat([head, question.subarray(12, end), ...(isForIpv4 ? [answer] : [])]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const secure = test.extend<{ safe: Recorder; host: string; ca: string }>({
  host: [NAME, { option: true }],
  ca: [CERTIFICATE, { option: true }],
  safe: async ({}, use) => {
    const recorder = await Recorder.start({ cert: readFileSync(CERTIFICATE), key: readFileSync(join(TLS, 'key.pem')) });
    await use(recorder);
    await recorder.stop();
  },
  settings: async ({ safe, host, ca }, use) => {
    const names = await nameServer();
    const resolver = `127.0.0.1:${(names.address() as AddressInfo).port}`;
    await use({ CREDENZA_STOREFRONT: `https://${host}:${safe.port}/v2`, CREDENZA_RESOLVER: resolver, ...(ca && { CREDENZA_CA: ca }) });
    names.close();
  },
});

secure('a service is called by its name, and has to prove it', async ({ nginx, safe }) => {
  const { status } = await nginx.ask(SOURCE, POST);
  expect(status).toBe(200);
  const [heard] = safe.heard;
  expect([heard?.name, heard?.headers.host]).toEqual([NAME, `${NAME}:${safe.port}`]);
  expect(heard?.path).toBe('/v2/buyer/storefronts/42/sources/src_main/credentials');
});

for (const [why, use] of [
  ['another name', { host: 'other.credenza.test' }],
  ['a certificate that nobody vouches for', { ca: '' }],
] as const) {
  secure.describe(() => {
    secure.use(use);

    secure(`a service with ${why} hears nothing`, async ({ nginx, safe }) => {
      expect((await nginx.ask(SOURCE, { ...POST, body: '{"secret":1}' })).status).toBe(502);
      expect(safe.heard).toEqual([]);
    });
  });
}
