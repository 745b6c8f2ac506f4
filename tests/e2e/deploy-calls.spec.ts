// What nginx passes on: the calls that are documented, byte for byte, and nothing else.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BASES, SERVICES, allAt, expect, test } from './support/deploy';

const FIXTURES = join(__dirname, '../fixtures');
const RECORDED = { settings: allAt('RECORDER/some/base') };
const SOURCE = (id: string): string => `storefront/buyer/storefronts/42/sources/${id}/credentials`;
const AGENT = (id: string, rest: string): string => `registry/api/registry/agents/${id}/${rest}`;

/** Every documented request as the gateway sees it. */
function documented(): [method: string, path: string][] {
  const of = (folder: string, path: string): string => {
    if (path.startsWith('/ims/')) return 'ims';
    return path.startsWith('/oauth/v2/') ? 'inventory-auth' : folder;
  };
  const calls = ['storefront', 'destinations', 'inventory', 'registry'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder)).flatMap((name): [string, string][] => {
      const { request } = JSON.parse(readFileSync(join(FIXTURES, folder, name), 'utf8')) as { request?: { method: string; path: string } };
      return request ? [[request.method, of(folder, request.path) + request.path]] : [];
    }),
  );
  expect(calls.length).toBeGreaterThan(30);
  return calls;
}

const ODD: [method: string, path: string][] = [
  ['POST', SOURCE('a%2Fb')],
  ['POST', SOURCE('a%2fb%20c%252F')],
  ['POST', SOURCE('..%2F..%2Fx')],
  ['POST', SOURCE('..%2fx')],
  ['POST', SOURCE('%C3%BC%3F%23%26%2B%3B%3A%40')],
  ['POST', SOURCE('...')],
  ['GET', 'destinations/credentials/n9%2Fb4%20e0%252F7d'],
  ['PUT', 'destinations/credentials/%2F%2F'],
  ['DELETE', 'destinations/credentials/a%5Cb%25'],
  ['PUT', AGENT('https%253A%252F%252Fagent.harbor.example%253A8443%252FAdCP%252Fv2', 'oauth-client-credentials')],
  ['POST', AGENT('https%253A%252F%252Fagent.quarry.example%252Fa%25252Fb', 'oauth-client-credentials/test')],
  ['DELETE', AGENT('https%253A%252F%252Fa.example%252F%253Fx%253D1%2526y', 'connect?org=org%20%2F1')],
  ['GET', 'storefront/buyer/storefronts?name=a%20b%26c%2F..%2F&offset=20'],
  ['GET', 'registry/.well-known/oauth-protected-resource/api'],
];

const NOTHING_OF_OURS: [method: string, path: string][] = [
  ['GET', 'storefront/'],
  ['GET', 'storefront/buyer/storefronts/'],
  ['GET', 'storefront/buyer/storefronts/42/sources'],
  ['GET', 'storefront/buyer/storefronts/abc'],
  ['DELETE', 'storefront/buyer/storefronts/credentials'],
  ['HEAD', 'storefront/accounts/current'],
  ['OPTIONS', 'storefront/accounts/current'],
  ['POST', 'storefront/accounts/current'],
  ['GET', 'storefront/accounts/current?x=1'],
  ['GET', 'storefront//accounts/current'],
  ['GET', 'storefront/accounts/./current'],
  ['GET', 'storefront/%61ccounts/current'],
  ['GET', 'storefront/accounts%2Fcurrent'],
  ['GET', 'storefront/x/..%2Faccounts/current'],
  ['GET', 'storefront/../storefront/accounts/current'],
  ['GET', '/storefront/accounts/current'],
  ['GET', 'STOREFRONT/accounts/current'],
  ['POST', SOURCE('..')],
  ['POST', SOURCE('%2e%2E')],
  ['POST', SOURCE('.')],
  ['POST', SOURCE('')],
  ['POST', SOURCE('a/b')],
  ['POST', SOURCE('a;b')],
  ['POST', `${SOURCE('a')}?x=1`],
  ['POST', 'destinations/credentials/n1'],
  ['PATCH', 'destinations/credentials/n1'],
  ['GET', 'destinations/credentials/n1/secrets'],
  ['GET', 'destinations/destinations'],
  ['GET', 'ims/ims/token/v3'],
  ['POST', 'ims/ims/token/v2'],
  ['POST', 'ims/ims/revoke'],
  ['GET', 'inventory/v1alpha/inventory/devices'],
  ['POST', 'inventory/v1alpha/inventory/devices/1'],
  ['POST', 'inventory/oauth/v2/token'],
  ['POST', 'inventory-auth/v1alpha/inventory/devices'],
  ['POST', 'registry/authorize'],
  ['GET', 'registry/auth/login'],
  ['GET', 'registry/.well-known/security.txt'],
  ['PUT', AGENT('a', 'oauth-client-credentials/test')],
  ['PUT', AGENT('a/b', 'connect')],
  ['GET', 'registry/api/registry/agents'],
  ['DELETE', 'registry/api/me'],
  ['GET', 'unknown/accounts/current'],
];

for (const below of BASES) {
  test.describe(below === '/' ? 'at the root' : 'under a path', () => {
    test.use({ below });

    test.describe(() => {
      test.use(RECORDED);

      test('what is documented, and whatever an id may be, arrives byte for byte', async ({ nginx, recorder }) => {
        for (const [at, [method, path]] of [...documented(), ...ODD].entries()) {
          const body = method === 'GET' || method === 'DELETE' ? '' : `{"number":${at}}`;
          const { status } = await nginx.ask(`gateway/${path}`, { method, ...(body && { body }) });
          expect(status, `${method} ${path}`).toBe(200);
          const heard = recorder.heard[at];
          expect([heard?.method, heard?.path, heard?.body], `${method} ${path}`).toEqual([method, `/some/base/${path}`, body]);
        }
      });

      test('an id that climbs out of the gateway goes nowhere', async ({ nginx, recorder }) => {
        for (const id of ['..%2F'.repeat(6) + 'x', '..%2F'.repeat(30) + 'x', 'a%00b']) {
          expect((await nginx.ask(`gateway/${SOURCE(id)}`, { method: 'POST' })).status, id).toBeGreaterThanOrEqual(400);
        }
        expect(recorder.heard).toEqual([]);
      });
    });

    test('nothing else reaches a service', async ({ nginx, sandbox }) => {
      for (const [method, path] of NOTHING_OF_OURS) {
        const { status } = await nginx.ask(`gateway/${path}`, { method, headers: { authorization: 'Bearer scope3_demo_buyer' } });
        expect(status, `${method} ${path}`).toBe(404);
      }
      expect(await sandbox.serviceRequests()).toEqual([]);
      // The log would show it.
      expect((await nginx.ask('gateway/storefront/accounts/current')).status).toBe(401);
      expect(await sandbox.serviceRequests()).toHaveLength(1);
    });
  });
}

test.describe('with some of the services', () => {
  test.use({ settings: { CREDENZA_INVENTORY: '', CREDENZA_REGISTRY: '' } });

  test('the others are not there', async ({ nginx, sandbox }) => {
    for (const [method, path] of [['POST', 'inventory/v1alpha/inventory/devices'], ['GET', 'registry/api/me'], ['POST', 'registry/token']] as const) {
      expect((await nginx.ask(`gateway/${path}`, { method })).status, path).toBe(404);
    }
    expect(await sandbox.serviceRequests()).toEqual([]);
    expect(Object.keys(SERVICES)).toHaveLength(6);
  });
});
