// A page of somebody's own beside the console, behind nginx: the example of plain files, put into the served folder.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTIFIER, KEY, registration } from './support/connect';
import { BASES, OURS, expect, siteFor, test as base } from './support/deploy';
import { BUILT, Form, stored } from './support/examples';
import { fingerprint } from './support/sandbox';

const test = base.extend<{ form: Form }>({
  settings: async ({ below }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'credenza-site-'));
    await cp(siteFor(below)['CREDENZA_SITE'] as string, folder, { recursive: true });
    await cp(BUILT.plain, join(folder, 'portal'), { recursive: true });
    await cp(join(BUILT.plain, 'credenza'), join(folder, 'widget'), { recursive: true });
    await use({ CREDENZA_SITE: folder, CREDENZA_SESSION: 'PORTAL', CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer scope3_demo_buyer' });
    await rm(folder, { recursive: true });
  },
  form: async ({ page }, use) => use(new Form(page)),
});

for (const below of BASES) {
  test.describe(below === '/' ? 'at the root' : 'under a path', () => {
    test.use({ below });

    test('whoever is signed in at the portal connects a source', async ({ context, form, nginx, page, portal, sandbox }) => {
      await portal.signIn(context, nginx);
      await page.goto(nginx.url('portal/'));
      await form.fill();
      await form.button.click();
      await expect(form.status).toHaveText('Connected');
      await expect(form.kept('Account')).toHaveText(IDENTIFIER);
      const posts = await sandbox.requests('POST');
      expect(posts.map(({ path }) => path)).toEqual([`/gateway/storefront/${registration()}`]);
      expect(posts[0]?.body).toMatchObject({ accountIdentifier: IDENTIFIER, auth: { token: fingerprint(KEY) } });
      const calls = await sandbox.requests(undefined, /./);
      for (const { headers } of calls) {
        expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
        for (const name of ['cookie', 'x-credenza']) expect(headers).not.toHaveProperty(name);
      }
      // The session was looked at before each of them.
      expect(portal.recorder.heard.map(({ headers }) => headers.cookie)).toEqual(calls.map(() => OURS.cookie));
      await expect(form.kept('Credential')).toHaveText((await stored(sandbox)) ?? 'none');
    });

    test('a session that has ended is said, and what was typed waits', async ({ context, form, guard, nginx, page, portal, sandbox }) => {
      guard.allowStatus(401);
      await portal.signIn(context, nginx);
      await page.goto(nginx.url('portal/'));
      await form.fill();
      await context.clearCookies();
      await form.button.click();
      await expect(page.getByText(/^The last try did not work: .*session/i)).toBeVisible();
      expect(await sandbox.requests('POST')).toEqual([]);
      await form.expectFilled();
      await portal.signIn(context, nginx);
      await form.element.getByRole('button', { name: 'Continue' }).click();
      await expect(form.status).toHaveText('Connected');
      expect(await sandbox.requests('POST')).toHaveLength(1);
    });

    test('its files are files, and what is missing is no page of the console', async ({ nginx }) => {
      const policy = String((await nginx.ask('')).headers['content-security-policy']);
      const without = policy.replace(" 'wasm-unsafe-eval'", '');
      const found = [
        ['portal/', 'text/html; charset=utf-8', 'no-cache', policy],
        ['portal/portal.css', 'text/css; charset=utf-8', 'no-cache', policy],
        ['portal/credenza/register.js', 'text/javascript; charset=utf-8', 'no-cache', policy],
        ['portal/credenza/storefront.wasm', 'application/wasm', 'no-cache', policy],
        ['widget/register.js', 'text/javascript; charset=utf-8', 'no-cache', policy],
        ['portal/credenza/oauth-callback.html?code=abc', 'text/html; charset=utf-8', 'no-store', without],
      ] as const;
      for (const [path, type, caching, guarded] of found) {
        const { status, headers } = await nginx.ask(path);
        expect([status, headers['content-type'], headers['cache-control'], headers['content-security-policy']], path).toEqual([200, type, caching, guarded]);
      }
      const console = String((await nginx.ask('')).body);
      for (const path of ['portal/none.js', 'portal/credenza/none.wasm', 'portal/none/', 'widget/none.js', 'widget/', 'portal/none/oauth-callback.html?code=abc']) {
        const { status, body } = await nginx.ask(path);
        expect(status, path).toBe(404);
        expect(String(body), path).not.toBe(console);
      }
      // What has such a name elsewhere is the console's.
      for (const path of ['portals', 'storefronts/42/sources/portal']) expect(String((await nginx.ask(path)).body), path).toBe(console);
      expect(await nginx.logged()).not.toContain('abc');
    });
  });
}
