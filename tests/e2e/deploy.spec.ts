// The console as nginx serves it with the configuration of deploy/, in front of the sandbox: at the root of a host and
// under a path. Nothing is skipped where nginx is missing; the tests then fail and say how it is installed.
import { HARBOR, QUARRY, SAVE, agentPath, fillClient, openAgentForm, saveAndTest, signIn, tokenEndpoint } from './support/agents';
import { Callback } from './support/callback';
import { IDENTIFIER, KEY, expectConnected, fillKey, openForm, registration } from './support/connect';
import { BASES, OURS, expect, test } from './support/deploy';
import { fingerprint, type Logged, type Sandbox } from './support/sandbox';
import { DESTINATIONS, INVENTORY } from './support/switches';

/** A credential of the demo whose id has to be encoded in a path. */
const ODD = 'n9/b4 e0%2F7d';

/** What every call has in common when it arrived through nginx. */
async function expectBare(sandbox: Sandbox): Promise<void> {
  for (const { headers, path } of await sandbox.requests(undefined, undefined)) {
    if (!path.startsWith('/gateway/')) continue;
    expect(headers, path).not.toHaveProperty('cookie');
    expect(headers, path).not.toHaveProperty('x-credenza');
    expect(headers['x-forwarded-for'], path).toBe('127.0.0.1');
  }
}

const pathsOf = (requests: Logged[]): string[] => requests.map(({ path }) => path);

for (const below of BASES) {
  test.describe(below === '/' ? 'at the root' : 'under a path', () => {
    test.use({ below });

    test('a source of a storefront is connected', async ({ app, page, sandbox, nginx }) => {
      await openForm(app);
      expect(page.url()).toBe(nginx.url('storefronts/42/sources/src_main'));
      await fillKey(app);
      await app.submit();
      await expectConnected(app);
      const posts = await sandbox.requests('POST');
      expect(posts).toHaveLength(1);
      expect(posts[0]?.path).toBe(`/gateway/storefront/${registration()}`);
      expect(posts[0]?.body).toMatchObject({ accountIdentifier: IDENTIFIER, auth: { token: fingerprint(KEY) } });
      expect(posts[0]?.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
      await app.follow('Credentials');
      await expect(page.getByText('4 credentials')).toBeVisible();
      await app.follow('Storefronts');
      await expect(page.getByText('8 storefronts')).toBeVisible();
      await expectBare(sandbox);
    });

    test('destinations are listed and one with an odd id is opened', async ({ app, page, sandbox }) => {
      await app.open('destinations');
      const form = page.locator('form').filter({ has: page.locator('[name="imsOrgId"]') });
      const values = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, clientSecret: DESTINATIONS.clientSecret, sandboxName: DESTINATIONS.sandbox };
      for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
      await form.locator('button[type="submit"]').click();
      await expect(page.getByText('9 credentials')).toBeVisible();
      await page.locator(`a[href$="/destinations/${encodeURIComponent(ODD)}"]`).first().click();
      const path = `destinations/credentials/${encodeURIComponent(ODD)}`;
      await expect.poll(async () => (await sandbox.serviceRequests('GET', path)).length).toBe(1);
      const [token] = await sandbox.serviceRequests('POST', 'ims/ims/token/v3');
      expect(token?.body).toMatchObject({ client_secret: fingerprint(DESTINATIONS.clientSecret) });
      const [list] = await sandbox.serviceRequests('GET', 'destinations/credentials');
      expect(list?.headers).toMatchObject({
        'x-api-key': DESTINATIONS.clientId,
        'x-gw-ims-org-id': DESTINATIONS.organization,
        'x-sandbox-name': DESTINATIONS.sandbox,
      });
      await expectBare(sandbox);
    });

    test('the inventory is connected', async ({ app, page, sandbox }) => {
      await app.open('inventory');
      const values = { client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project };
      for (const [name, value] of Object.entries(values)) await app.control(name).fill(value);
      await app.submit();
      await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
      const [devices] = await sandbox.serviceRequests('POST', 'inventory/v1alpha/inventory/devices');
      expect(devices?.headers['x-verve-namespace']).toBe(`project:${INVENTORY.project}`);
      expect(devices?.body).toEqual({});
      await expectBare(sandbox);
    });

    test('a person signs in to the registry', async ({ app, page, sandbox, nginx }) => {
      await app.open('agents');
      await signIn(app, page);
      await expect(page.getByText('8 agents')).toBeVisible();
      const [register] = await sandbox.registryRequests('POST', 'register');
      expect(register?.body).toMatchObject({ redirect_uris: [nginx.url('oauth-callback.html')] });
      expect(await sandbox.registryRequests('POST', 'token')).toHaveLength(1);
      await expectBare(sandbox);
      // The answer of a sign-in stands in an address, and no address is logged with its query.
      const logged = await nginx.logged();
      expect(logged).toContain(`"GET ${below}oauth-callback.html" 200`);
      expect(logged).not.toMatch(/code=|state=|\?/);
    });

    for (const agent of [HARBOR, QUARRY]) {
      test(`an agent keeps its address: ${agent}`, async ({ app, page, sandbox }) => {
        await openAgentForm(app, page, agent);
        await fillClient(app, { token_endpoint: tokenEndpoint(sandbox) });
        await saveAndTest(app, /token/i);
        expect(pathsOf(await sandbox.requests('PUT'))).toEqual([`/gateway/registry/${agentPath(agent, SAVE)}`]);
      });
    }

    test('a deep link is a page, after a reload and in a tab of its own', async ({ app, page, nginx }) => {
      await app.open('settings');
      const heading = await page.getByRole('heading', { level: 1 }).textContent();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading ?? '');
      await app.open(`agents/${encodeURIComponent(QUARRY)}`);
      expect(page.url()).toBe(nginx.url(`agents/${encodeURIComponent(QUARRY)}`));
      await app.open('storefronts/42/sources/a%2Fb.js');
      await expect(app.tokenForm).toBeVisible();
      await app.open('no/such/page');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
    });

    test('the callback page cleans its address and leads back', async ({ app, page }) => {
      const callback = new Callback(page, app.sandbox);
      const wayBack = page.getByRole('link', { name: 'Back to Credenza' });
      await callback.arrive('?code=abc&state=nobody-waits');
      await expect(wayBack).toBeVisible();
      callback.expectStayed();
      await wayBack.click();
      await expect(page.getByRole('navigation').first()).toBeVisible();
    });
  });
}

for (const below of BASES) {
  test.describe(`behind a portal, ${below === '/' ? 'at the root' : 'under a path'}`, () => {
    test.use({
      below,
      settings: { CREDENZA_SESSION: 'PORTAL', CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer scope3_demo_buyer' },
      services: { storefront: { access: 'gateway' } },
    });

    test('who is signed in there connects a source without a token', async ({ app, context, nginx, page, portal, sandbox }) => {
      await portal.signIn(context, nginx);
      await app.openSource(42, 'src_main');
      await fillKey(app);
      await app.submit();
      await expectConnected(app);
      await expect(page.getByRole('main')).toContainText(IDENTIFIER);
      const calls = await sandbox.requests(undefined, /./);
      expect(calls.length).toBeGreaterThan(2);
      for (const { headers } of calls) {
        expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
      }
      await expectBare(sandbox);
      expect(portal.recorder.heard.length).toBe(calls.length);
      for (const { method, headers, body } of portal.recorder.heard) {
        expect({ method, body, cookie: headers.cookie }).toEqual({ method: 'GET', body: '', cookie: OURS.cookie });
        expect(headers.host).toBe(new URL(nginx.console).host);
        expect(headers).not.toHaveProperty('authorization');
      }
    });

    test('a session that has ended is said, and what was typed waits', async ({ app, context, guard, nginx, page, portal, sandbox }) => {
      guard.allowStatus(401);
      await portal.signIn(context, nginx);
      await app.openSource(42, 'src_main');
      await fillKey(app);
      await context.clearCookies();
      await app.submit();
      await expect(page.getByRole('alert').filter({ hasText: /session/i }).first()).toBeVisible();
      expect(await sandbox.requests('POST')).toEqual([]);
      await expect(app.control('token')).toHaveValue(KEY);
      await portal.signIn(context, nginx);
      await app.submit();
      await expectConnected(app);
      expect(await sandbox.requests('POST')).toHaveLength(1);
    });
  });
}
