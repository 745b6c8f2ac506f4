// What nginx sends of the site with the configuration of deploy/: types, caching, compression, headers and errors.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingHttpHeaders } from 'node:http';
import { BASES, expect, siteFor, test, type Base } from './support/deploy';
import { hasBrotli } from './support/nginx';

const ROOT = join(__dirname, '../..');
/** The policy as people are told it. */
const POLICY = /^\s*Content-Security-Policy: (.+)$/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
const WITHOUT_WASM = POLICY.replace(" 'wasm-unsafe-eval'", '');
const FOR_EVER = 'public, max-age=31536000, immutable';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
};

function expectGuarded(headers: IncomingHttpHeaders, what: string, policy = POLICY): void {
  expect(headers, what).toMatchObject({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
}

const folderOf = (base: Base): string => siteFor(base)['CREDENZA_SITE'] as string;
const filesOf = (base: Base): string[] => readdirSync(folderOf(base)).filter((name) => !/\.(br|gz)$/.test(name) && name !== 'credenza.json');
const bytesOf = (base: Base, name: string): Buffer => readFileSync(join(folderOf(base), name));

function cachingOf(name: string): string {
  if (name === 'oauth-callback.html') return 'no-store';
  return /-[0-9a-f]{12,}(_bg)?\./.test(name) ? FOR_EVER : 'no-cache';
}

for (const below of BASES) {
  test.describe(below === '/' ? 'at the root' : 'under a path', () => {
    test.use({ below });

    test('each file has its type, its caching and the policy', async ({ nginx }) => {
      const names = filesOf(below);
      expect(names).toEqual(expect.arrayContaining(['index.html', '404.html', 'boot.js', 'oauth-callback.html', 'oauth-callback.js']));
      expect(names.filter((name) => cachingOf(name) === FOR_EVER).length).toBeGreaterThan(5);
      for (const name of names) {
        const { status, headers, body } = await nginx.ask(name);
        expect(status, name).toBe(200);
        expect(headers['content-type'], name).toBe(TYPES[name.split('.').pop() ?? '']);
        expect(headers['cache-control'], name).toBe(cachingOf(name));
        expectGuarded(headers, name, name === 'oauth-callback.html' ? WITHOUT_WASM : POLICY);
        expect(headers['server'], name).toBe('nginx');
        expect(body.equals(bytesOf(below, name)), name).toBe(true);
        const again = await nginx.ask(name, { headers: { 'if-none-match': String(headers.etag) } });
        expect([again.status, again.headers['cache-control']], name).toEqual([304, cachingOf(name)]);
      }
      const { headers, body } = await nginx.ask('credenza.json');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-type']).toBe(TYPES['json']);
      expectGuarded(headers, 'credenza.json');
      expect(JSON.parse(String(body))).toHaveProperty('registry.api');
    });

    for (const [coding, suffix] of [['br', '.br'], ['gzip', '.gz']] as const) {
      test(`what lies there as ${coding} is sent as it is`, async ({ nginx }) => {
        test.skip(coding === 'br' && !(await hasBrotli()), 'no package of this system brings brotli for nginx');
        const names = filesOf(below);
        for (const name of names) {
          const { headers, body } = await nginx.ask(name, { headers: { 'accept-encoding': coding } });
          expect(headers['content-encoding'], name).toBe(coding);
          expect(headers['content-type'], name).toBe(TYPES[name.split('.').pop() ?? '']);
          expect(headers['vary'], name).toBe('Accept-Encoding');
          expect(headers['cache-control'], name).toBe(cachingOf(name));
          expect(body.equals(bytesOf(below, name + suffix)), name).toBe(true);
        }
        expect((await nginx.ask('boot.js', { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } })).headers).not.toHaveProperty('content-encoding');
      });
    }

    test('every address that is no file is the page', async ({ nginx }) => {
      const page = bytesOf(below, 'index.html');
      const links = ['', 'storefronts', 'storefronts/42/sources/a%2Fb', 'agents/https%3A%2F%2Fa.example%3A8443%2Fx.js', 'no/such.page', 'gateway', '?source=x'];
      for (const link of links) {
        const { status, headers, body } = await nginx.ask(link);
        expect([status, headers['cache-control']], link).toEqual([200, 'no-cache']);
        expect(body.equals(page), link).toBe(true);
        expectGuarded(headers, link);
      }
      const told = await nginx.ask('oauth-callback.html?code=abc&state=def');
      expect(told.headers['cache-control']).toBe('no-store');
      expect(await nginx.logged()).not.toContain('abc');
    });

    test('errors are guarded too, and none is kept', async ({ nginx }) => {
      const gone = 'console-0123456789abcdef_bg.wasm';
      const cases = [
        [gone, {}, 404, 'no-cache'],
        ['', { method: 'POST' }, 405, 'no-cache'],
        ['settings', { method: 'DELETE' }, 405, 'no-cache'],
        ['gateway/', {}, 404, 'no-store'],
        ['gateway/storefront/no/such/call', {}, 404, 'no-store'],
        ['gateway/-/storefront', {}, 404, 'no-store'],
        ['gateway/-/session', {}, 404, 'no-store'],
      ] as const;
      for (const [path, asked, status, caching] of cases) {
        const answer = await nginx.ask(path, asked);
        expect([answer.status, answer.headers['cache-control']], path).toEqual([status, caching]);
        expectGuarded(answer.headers, path);
        if (path.startsWith('gateway')) {
          expect(answer.headers['content-type'], path).toBe(TYPES['json']);
          expect(JSON.parse(String(answer.body)), path).toEqual({ error: { code: 'GATEWAY_404', message: 'The gateway has no such call.' } });
        }
      }
      // What nginx cannot read belongs to no place on the host; at the root, all of it is ours.
      const { status, headers } = await nginx.send(below === '/' ? '/%zz' : `${below.slice(0, -1)}?x=1`);
      if (below === '/') expect(status).toBe(400);
      else expect([status, headers['location']]).toEqual([308, `${below}?x=1`]);
      expectGuarded(headers, 'the host');
    });
  });
}

test.describe('with services that are called from the page', () => {
  test.use({ services: { storefront: { api: 'https://api.example/api/v2' }, destinations: { auth: 'https://b.example:8443/x' } } });

  test('their origins, and no others, stand in the policy', async ({ nginx }) => {
    const wider = (policy: string): string => policy.replace("connect-src 'self'", "connect-src 'self' https://api.example https://b.example:8443");
    expectGuarded((await nginx.ask('')).headers, 'the page', wider(POLICY));
    expectGuarded((await nginx.ask('oauth-callback.html')).headers, 'the callback', wider(WITHOUT_WASM));
  });
});
