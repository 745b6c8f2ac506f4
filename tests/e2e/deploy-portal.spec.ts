// A gateway that adds the authorization itself: only for a session of the portal, and only for our own page.
import { BASES, OURS, expect, test } from './support/deploy';
import { fingerprint } from './support/sandbox';

const BUYER = { scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') };
const LIST = 'gateway/storefront/buyer/storefronts';
const POST = 'gateway/storefront/buyer/storefronts/42/sources/src_main/credentials';
const PORTAL = { CREDENZA_SESSION: 'PORTAL', CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer scope3_demo_buyer' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Headers of ours with others in their place; `undefined` takes one out. */
function but(others: Record<string, string | undefined>): Record<string, string> {
  const all = { ...OURS, ...JSON_TYPE, ...others };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Whose request it is not, and what they are told. */
const REFUSED: [why: string, headers: Record<string, string>, status: number][] = [
  ['no session', but({ cookie: undefined }), 401],
  ['another session', but({ cookie: 'portal=somebody-else' }), 401],
  ['no mark', but({ 'x-credenza': undefined }), 403],
  ['an empty mark', but({ 'x-credenza': '' }), 403],
  ['another mark', but({ 'x-credenza': '11' }), 403],
  ['a form of a foreign page', but({ 'x-credenza': undefined, 'sec-fetch-site': 'cross-site' }), 403],
  ['a foreign page', but({ 'sec-fetch-site': 'cross-site' }), 403],
  ['a page of a sibling', but({ 'sec-fetch-site': 'same-site' }), 403],
  ['an address that was typed', but({ 'sec-fetch-site': 'none' }), 403],
  ['a token of their own and no session', but({ cookie: undefined, authorization: 'Bearer scope3_demo_admin' }), 401],
];

for (const below of BASES) {
  test.describe(below === '/' ? 'at the root' : 'under a path', () => {
    test.use({ below, settings: PORTAL });

    test('nobody else reaches the service', async ({ nginx, portal, sandbox }) => {
      for (const [why, headers, status] of REFUSED) {
        for (const [path, asked] of [[LIST, {}], [POST, { method: 'POST', body: '{}' }]] as const) {
          portal.recorder.heard.length = 0;
          const answer = await nginx.ask(path, { ...asked, headers });
          expect([answer.status, answer.headers['cache-control']], why).toEqual([status, 'no-store']);
          expect(JSON.parse(String(answer.body)), why).toHaveProperty('error.code', `GATEWAY_${status}`);
          // Who is not our page is not even looked up.
          expect(portal.recorder.heard.length, why).toBe(status === 401 ? 1 : 0);
        }
      }
      expect(await sandbox.serviceRequests()).toEqual([]);
    });

    test('the authorization is added for a session, and only there', async ({ nginx, portal, sandbox }) => {
      for (const headers of [but({}), but({ 'sec-fetch-site': undefined }), but({ authorization: 'Bearer scope3_demo_admin' })]) {
        await sandbox.clearRequests();
        expect((await nginx.ask(LIST, { headers })).status).toBe(200);
        const arrived = await sandbox.serviceRequests();
        expect(arrived).toHaveLength(1);
        expect(arrived[0]?.headers['authorization']).toEqual(BUYER);
        for (const name of ['cookie', 'x-credenza', 'sec-fetch-site']) expect(arrived[0]?.headers).not.toHaveProperty(name);
      }
      expect(portal.recorder.heard).toHaveLength(3);
      // The other services ask for tokens as before, and nothing is added for them.
      expect((await nginx.ask('gateway/registry/api/me', { headers: OURS })).status).toBe(401);
      const [me] = await sandbox.registryRequests('GET', 'api/me');
      expect(me?.headers).not.toHaveProperty('authorization');
      expect(portal.recorder.heard).toHaveLength(3);
      const logged = await nginx.logged();
      for (const secret of ['scope3_', 'portal=', 'ann-42']) expect(logged).not.toContain(secret);
    });

    test('whatever the portal says but yes is no', async ({ nginx, portal, sandbox }) => {
      const location = 'https://portal.example/sign-in';
      for (const [said, told] of [[401, 401], [403, 403], [302, 401], [307, 401], [404, 500], [500, 500]] as const) {
        portal.otherwise = { status: said, headers: said < 400 ? { location } : {} };
        const { status, headers } = await nginx.ask(POST, { method: 'POST', body: '{}', headers: but({ cookie: undefined }) });
        expect(status, String(said)).toBe(told);
        expect(headers, String(said)).not.toHaveProperty('location');
      }
      await portal.recorder.stop();
      expect((await nginx.ask(LIST, { headers: but({}) })).status).toBe(500);
      expect(await sandbox.serviceRequests()).toEqual([]);
    });
  });
}

test.describe('with a key for every service', () => {
  test.use({
    settings: {
      CREDENZA_SESSION: 'PORTAL',
      CREDENZA_DESTINATIONS: 'RECORDER',
      CREDENZA_DESTINATIONS_AUTHORIZATION: 'Bearer a.b.c',
      CREDENZA_DESTINATIONS_API_KEY: 'key-of-the-portal',
      CREDENZA_REGISTRY: 'RECORDER',
      CREDENZA_REGISTRY_AUTHORIZATION: 'Bearer sk_aao_demo',
    },
  });

  test('the destinations get a key where the page sends none', async ({ nginx, recorder }) => {
    await nginx.ask('gateway/destinations/credentials', { headers: but({}) });
    await nginx.ask('gateway/destinations/credentials', { headers: but({ 'x-api-key': 'key-of-the-page', 'x-sandbox-name': 'prod', 'x-gw-ims-org-id': 'A@AdobeOrg' }) });
    expect(recorder.heard.map(({ headers }) => headers['authorization'])).toEqual(['Bearer a.b.c', 'Bearer a.b.c']);
    expect(recorder.heard.map(({ headers }) => headers['x-api-key'])).toEqual(['key-of-the-portal', 'key-of-the-page']);
    expect(recorder.heard[1]?.headers).toMatchObject({ 'x-sandbox-name': 'prod', 'x-gw-ims-org-id': 'A@AdobeOrg' });
  });

  test('nobody signs in at the registry through it', async ({ nginx, recorder }) => {
    for (const [method, path] of [['POST', 'token'], ['POST', 'register'], ['GET', '.well-known/oauth-authorization-server']] as const) {
      expect((await nginx.ask(`gateway/registry/${path}`, { method, headers: but({}) })).status, path).toBe(404);
    }
    expect(recorder.heard).toEqual([]);
    expect((await nginx.ask('gateway/registry/api/me', { headers: but({}) })).status).toBe(200);
    expect(recorder.heard[0]?.headers['authorization']).toBe('Bearer sk_aao_demo');
  });
});

for (const [path, status] of [['/settings', 200], ['/gone-0123456789abcdef.js', 500]] as const) {
  test.describe('with a location of the same server', () => {
    // Two addresses of the console stand for a portal's: one always says yes, the other is not there.
    test.use({ settings: { ...PORTAL, CREDENZA_SESSION: path } });

    test(`${path} is asked for the session`, async ({ nginx, sandbox }) => {
      expect((await nginx.ask(LIST, { headers: but({}) })).status).toBe(status);
      expect(await sandbox.serviceRequests()).toHaveLength(status === 200 ? 1 : 0);
      expect((await nginx.ask(LIST, { headers: but({ 'x-credenza': undefined }) })).status).toBe(403);
      expect(await sandbox.serviceRequests()).toHaveLength(status === 200 ? 1 : 0);
    });
  });
}
