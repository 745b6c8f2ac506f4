// Who makes our calls to the registry when nobody signs in: an organisation's key, or the session of a gateway.
import { MARK } from './support/connect';
import { fingerprint, REGISTRY_KEY, REGISTRY_USER, type Sandbox } from './support/sandbox';
import { AT_ONCE, expect, ME, QUARRY_PAGE, test } from './support/registry';

const CAUTION = 'A key stands for no person. The registry may refuse to save or test with it';
const configured = (access: string): unknown => ({ registry: { api: 'gateway/registry', identity: 'https://registry.example', access, label: 'Sandbox' } });

/** Every call was made with this token, and none with a cookie. */
async function expectAsked(sandbox: Sandbox, token: string): Promise<void> {
  const calls = await sandbox.registryRequests('GET', /^api\//);
  expect(calls.length).toBeGreaterThan(0);
  for (const { headers } of calls) {
    expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint(token) });
    expect(headers).not.toHaveProperty('cookie');
  }
}

test('an organisation key is tried before it is kept, with its caution', async ({ app, page, visit, sandbox, guard }) => {
  guard.allowStatus(401, 503);
  await sandbox.registry({ me_for_keys: true, ...AT_ONCE });
  await visit.open();
  await expect(app.tokenForm).toBeHidden();
  await page.getByText('Use an organisation key instead').click();
  await expect(app.tokenForm).toContainText(CAUTION);
  const input = app.tokenForm.getByLabel('Registry organisation key', { exact: true });
  await expect(input).toHaveAttribute('type', 'password');
  await visit.press('use-key');
  await expect(app.errorSummary).toContainText('your registry organisation key');
  expect(await sandbox.registryRequests()).toEqual([]);

  await input.fill(`sk_${MARK}_not_known`);
  await visit.press('use-key');
  await expect(input).toHaveAccessibleDescription(/AgenticAdvertising\.org does not know this key/);
  await sandbox.faults({ path: ME, fault: 'status', status: 503 });
  await input.fill(REGISTRY_KEY);
  await visit.press('use-key');
  await expect(app.errorSummary).toBeVisible();
  await expect(input).toHaveValue(REGISTRY_KEY);
  await sandbox.clearRequests();
  await visit.press('use-key');
  await expect(visit.standing).toContainText('Organisation key, kept in memory only');
  await expect(visit.standing).toContainText(CAUTION);
  await expect(page.getByText('You belong to no organisation of the registry yet')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAsked(sandbox, REGISTRY_KEY);

  // It can be exchanged for a person.
  const opened = page.waitForEvent('popup');
  await visit.action('sign-in').click();
  await opened;
  await visit.expectIn();
  await expect(visit.standing).not.toContainText(CAUTION);
});

test.describe('access "token"', () => {
  test.use({ config: configured('token') });

  test('a token is asked for, and nobody is sent to sign in', async ({ app, page, visit, sandbox }) => {
    await visit.open();
    await expect(app.tokenForm).toBeVisible();
    await expect(visit.action('sign-in')).toHaveCount(0);
    await expect(visit.action('sign-in-here')).toHaveCount(0);
    await app.giveToken(REGISTRY_USER);
    await visit.expectIn();
    await expect(page.getByText('8 agents')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAsked(sandbox, REGISTRY_USER);
    await expect(visit.action('sign-in')).toHaveCount(0);
    await sandbox.clearRequests();
    await visit.press('sign-out');
    await expect(app.tokenForm).toBeVisible();
    await expect(app.tokenForm.locator('[name="accessToken"]')).toHaveValue('');
    expect(await sandbox.registryRequests()).toEqual([]);
  });

  test('a token that is no longer accepted is asked for again, and what was typed stays', async ({ app, page, visit, sandbox, guard }) => {
    guard.allowStatus(401);
    await visit.open(QUARRY_PAGE);
    await app.giveToken(REGISTRY_USER);
    await app.control('client_id').fill('client-7');
    await page.waitForLoadState('networkidle');
    await sandbox.faults({ path: 'api/me/agents', fault: 'status', status: 401 });
    await page.getByLabel('Organisation').selectOption('org_northwind');
    await expect(visit.note).toContainText('The key is no longer accepted');
    await app.giveToken(REGISTRY_USER);
    await expect(app.control('client_id')).toHaveValue('client-7');
  });
});

test.describe('access "gateway"', () => {
  test.use({ config: configured('gateway') });

  test('a session that ended is told, and calls carry the cookies of our own origin', async ({ context, page, visit, sandbox, guard }) => {
    guard.allowStatus(401);
    await visit.open();
    await expect(page.getByText('Your session has ended').first()).toBeVisible();
    await expect(visit.action('sign-in')).toHaveCount(0);
    // As at the registry itself; a cookie knows no ports.
    await context.request.post(new URL('auth/login', sandbox.auth).href, { form: { return_to: '/' }, maxRedirects: 0 });
    await sandbox.clearRequests();
    await visit.press('continue');
    await visit.expectIn();
    await expect(visit.standing).toContainText('Through your portal’s session');
    await expect(visit.action('sign-out')).toHaveCount(0);
    for (const { headers } of await sandbox.registryRequests('GET', /^api\//)) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).toHaveProperty('cookie');
    }
  });
});
