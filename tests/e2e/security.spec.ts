// What guards the page: its policy, its files, and that secrets go to one place only.
import { ACCOUNT, FOREIGN_TOKEN, KEY, PASSWORD, expectConnected, fillBasic, fillKey, openForm, registration } from './support/connect';
import { Canary } from './support/canary';
import type { Fault } from './support/sandbox';
import { expect, test } from './support/test';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; " +
  "trusted-types 'none'";

for (const based of [false, true]) {
  test.describe(based ? 'under a path' : 'at the root', () => {
    test.use({ based });

    test('every page has the policy, and no inline script or style', async ({ request, sandbox }) => {
      for (const path of ['', 'storefronts', 'storefronts/42', 'storefronts/42/sources/src_main', 'credentials', 'settings', 'no/such/page', '404.html']) {
        const response = await request.get(sandbox.url(path));
        expect(response.headers()['content-security-policy'], path).toBe(POLICY);
        expect(response.headers()['x-content-type-options'], path).toBe('nosniff');
        expect(response.headers()['cache-control'], path).toBe('no-cache');
        const text = await response.text();
        expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|<base/i);
        for (const [, attributes, content] of text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
          expect(attributes).toMatch(/ src=/);
          expect(content).toBe('');
        }
      }
    });

    test('the files: nothing that parses markup, and hashed names are kept for ever', async ({ request, sandbox }) => {
      const page = await (await request.get(sandbox.url())).text();
      const files = [...page.matchAll(/(?:src|href|data-(?:agents-)?(?:js|wasm))=["']?([^"'\s>]+)/g)].map((match) => match[1] as string);
      expect(files.length).toBeGreaterThan(5);
      for (const file of new Set(files)) {
        const response = await request.get(new URL(file, sandbox.console).href);
        expect(response.status(), file).toBe(200);
        if (/-[0-9a-f]{8,}/.test(file)) expect(response.headers()['cache-control'], file).toContain('immutable');
        if (file.endsWith('.js')) expect(await response.text(), file).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
      }
    });
  });
}

test('an absolute address of the configuration, and nothing else, widens the policy', async ({ pool, request }) => {
  const sandbox = await pool.get({ config: { storefront: { api: 'https://api.example/api/v2' } } });
  const response = await request.get(sandbox.url());
  expect(response.headers()['content-security-policy']).toBe(POLICY.replace("connect-src 'self'", "connect-src 'self' https://api.example"));
});

test('with a token, cookies stay at home', async ({ app, context, sandbox }) => {
  await sandbox.session(context, 'scope3_demo_admin');
  await openForm(app);
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  const calls = await sandbox.requests(undefined, /./);
  expect(calls.length).toBeGreaterThan(4);
  for (const { headers } of calls) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('x-credenza');
    expect(headers).not.toHaveProperty('referer');
  }
});

test('nothing asks another origin, and nothing is stored', async ({ app, page }) => {
  // That no request leaves is watched in every test; here it is looked at what stays behind.
  await openForm(app);
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
    databases: (await indexedDB.databases()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(kept).toEqual({ local: 0, session: 0, cookie: '', databases: 0, workers: 0 });
});

/** Whatever an answer may look like; some of them repeat what was sent. */
function echoes(secret: string, ours: string): Omit<Fault, 'path'>[] {
  const message = `The token ${secret} of ${ours} is not good`;
  const issues = [{ path: 'auth.token', message }, { path: ['auth', 'password'], message }, { path: secret, message }];
  return [
    { fault: 'status', status: 400, error: { code: 'BAD_REQUEST', message } },
    { fault: 'status', status: 400, error: { code: secret, message, field: 'auth.token', details: { issues } } },
    { fault: 'status', status: 403, error: { code: 'FORBIDDEN', message } },
    { fault: 'status', status: 403, error: { code: 'CUSTOMER_SCOPE_REQUIRED', message, details: { availableCustomers: [secret] } } },
    { fault: 'status', status: 404, error: { code: 'NOT_FOUND', message } },
    { fault: 'status', status: 409, error: { code: 'CONFLICT', message } },
    { fault: 'status', status: 418, error: { code: 'TEAPOT', message } },
    { fault: 'status', status: 500, error: { code: 'INTERNAL_ERROR', message } },
    { fault: 'status', status: 201, body: { data: { id: '1', token: secret, accountIdentifier: 7 }, error: null } },
    { fault: 'status', status: 201, body: message },
    { fault: 'html', status: 502 },
    { fault: 'html', status: 200 },
    { fault: 'truncated' },
    { fault: 'wrong-types' },
    { fault: 'empty' },
    { fault: 'login-redirect' },
    { fault: 'drop' },
    { fault: 'drop-before' },
  ];
}

for (const [way, source, secret] of [
  ['api_key', 'src_main', KEY],
  ['basic', 'src_partner', PASSWORD],
] as const) {
  test(`the canary: ${way} through every fault and to the end`, async ({ app, page, sandbox, guard }) => {
    test.slow();
    guard.allow(/^Failed to load resource/);
    const canary = await Canary.over(page);
    await openForm(app, { source, type: way });
    await (way === 'basic' ? fillBasic(app) : fillKey(app));
    await canary.expectSilence();
    await app.action('reveal').click();
    await canary.expectSilence();
    for (const fault of echoes(secret, 'scope3_demo_buyer')) {
      await sandbox.clearRequests();
      await sandbox.faults({ ...fault, method: 'POST', path: registration(42, source) });
      await app.submit();
      await expect.poll(async () => (await sandbox.requests('POST')).length).toBe(1);
      await expect(app.form).toHaveAttribute('data-phase', /failed|editing/);
      await expect(app.form.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible();
      await canary.expectSilence();
    }
    // Moving about, and coming back.
    await app.follow('Settings');
    await page.goBack();
    await expect(app.control(way === 'basic' ? 'password' : 'token')).toHaveValue(secret);
    await canary.expectSilence();
    await app.submit();
    await expectConnected(app);
    await canary.expectSilence();
  });
}

test('the canary: our own access token, refused, unchecked and taken', async ({ app, page, sandbox, guard }) => {
  guard.allow(/^Failed to load resource/);
  const canary = await Canary.over(page);
  await app.open('storefronts/42/sources/src_main?token=abc');
  const input = app.tokenForm.locator('[name="accessToken"]');
  const send = app.tokenForm.locator('button[type="submit"]');
  await input.fill(FOREIGN_TOKEN);
  await app.action('reveal').click();
  await canary.expectSilence();
  for (const fault of echoes(FOREIGN_TOKEN, FOREIGN_TOKEN).filter(({ status }) => status === undefined || status >= 500 || status < 300)) {
    await sandbox.clearRequests();
    await sandbox.faults({ ...fault, path: ACCOUNT });
    await send.click();
    await expect.poll(async () => (await sandbox.requests('GET', ACCOUNT)).length).toBe(1);
    await expect(app.errorSummary).toBeVisible();
    await canary.expectSilence();
  }
  await send.click();
  await expect(app.errorSummary).toContainText('does not accept this token');
  await canary.expectSilence();
  await app.giveToken('scope3_demo_buyer');
  await app.follow('Settings');
  await canary.expectSilence();
  await app.action('forget-token').click();
  await canary.expectSilence();
});
