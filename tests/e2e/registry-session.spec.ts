// What follows a sign-in: it is renewed, it ends, it is left, and what was typed outlives it where it may.
import type { Page } from '@playwright/test';
import type { App } from './support/app';
import { MARK } from './support/connect';
import { fingerprint, type Fingerprint, type Logged } from './support/sandbox';
import { AT_ONCE, expect, ME, QUARRY_PAGE, test, type Visit } from './support/registry';
import { approve } from './support/sign-in';
import type { Identity } from './support/test';
import { ownTime } from './support/time';

const SECRET = `cs_${MARK}_7f3A9c51`;
const ENDED = 'Your sign-in has ended';

/** The token that authorized a call, as the log shows it. */
const bearer = ({ headers }: Logged): string => (headers['authorization'] as unknown as Fingerprint).sha256;
const calls = (visit: Visit): Promise<Logged[]> => visit.sandbox.registryRequests(undefined, /^api\//);

/** Signs in with the agents in view, and empties the log. */
async function signedIn(visit: Visit, decide: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  if (visit.sandbox.identity === new URL(visit.sandbox.auth).origin && decide !== approve) await visit.sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(decide);
  await expect(visit.page.getByText('8 agents')).toBeVisible();
  await visit.page.waitForLoadState('networkidle');
  await visit.sandbox.clearRequests();
}

/** Works for the other organisation, which has two agents. */
async function switchOver(page: Page): Promise<void> {
  await page.bringToFront();
  await page.getByLabel('Organisation').selectOption('org_northwind');
  await expect(page.getByText('2 agents')).toBeVisible();
}

for (const identity of ['sandbox', 'independent'] satisfies Identity[]) {
  test.describe(identity, () => {
    test.use({ identity });

    test('d42_a_token_is_renewed_ahead_of_its_end_and_the_newer_one_renews_the_next', async ({ page, visit }) => {
      await ownTime(page);
      await signedIn(visit, approve);
      await page.clock.fastForward('13:30');
      await expect(visit.standing).toContainText('expires in 1 minute');
      expect(await visit.exchanges()).toEqual([]);
      await page.clock.fastForward('00:45');
      await expect(visit.standing).toContainText('expires in 14 minutes');
      const [first, ...none] = await visit.exchanges();
      expect(none).toEqual([]);
      expect(first?.body).toEqual({
        grant_type: 'refresh_token',
        refresh_token: { sha256: expect.any(String), length: expect.any(Number) },
        client_id: visit.sent('client_id'),
        resource: visit.sent('resource'),
      });
      expect(first?.headers).not.toHaveProperty('authorization');
      await page.clock.fastForward('14:30');
      await expect.poll(async () => (await visit.exchanges()).length).toBe(2);
      const second = (await visit.exchanges())[1];
      expect(second?.body.refresh_token).not.toEqual(first?.body.refresh_token);
      await switchOver(page);
      await expect(visit.note).toHaveCount(0);
    });
  });
}

test('d42_several_calls_at_once_with_a_due_token_make_one_refresh', async ({ page, visit, sandbox }) => {
  await ownTime(page);
  await signedIn(visit);
  await sandbox.faults({ method: 'POST', path: 'token', fault: 'delay', delay_ms: 600 });
  // Everybody comes at once, and finds the token due.
  await page.clock.fastForward('14:30');
  await switchOver(page);
  await expect(page.getByText('Nothing saved, or not yours')).toHaveCount(2);
  expect(await visit.refreshes()).toHaveLength(1);
  const all = await calls(visit);
  expect(all).toHaveLength(3);
  // None of them went ahead with the old token.
  const log = (await sandbox.registryRequests()).map(({ path }) => path);
  expect(log[0]).toBe(`${sandbox.registryGateway}token`);
  expect(new Set(all.map(bearer)).size).toBe(1);
});

test('after a 401 the token is renewed once, and what only reads is asked again', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(401);
  await signedIn(visit);
  await sandbox.registry({ forget: ['access_tokens'] });
  await switchOver(page);
  await expect(page.getByText('Nothing saved, or not yours')).toHaveCount(2);
  expect(await visit.refreshes()).toHaveLength(1);
  const [refused, again] = await calls(visit);
  expect(again?.query).toBe(refused?.query);
  expect(bearer(again as Logged)).not.toBe(bearer(refused as Logged));
});

test('a 401 to the token before the last does not renew again', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(401);
  await signedIn(visit);
  await page.getByRole('link', { name: 'Quarry Agent' }).click();
  await expect(page.getByRole('button', { name: 'Sign in at the agent' })).toBeVisible();
  await sandbox.clearRequests();
  await sandbox.registry({ forget: ['access_tokens'] });
  // Two calls at once: one is refused and renews, and the other is refused long after that.
  await sandbox.faults({ method: 'GET', path: 'api/registry/agents/*', fault: 'delay', delay_ms: 1200 });
  await page.getByLabel('Organisation').selectOption('org_northwind');
  // The page asks once, and again after the refusal.
  await expect.poll(async () => (await sandbox.registryRequests('GET', /auth-status$/)).length).toBe(2);
  expect(await sandbox.registryRequests('GET', 'api/me/agents')).toHaveLength(2);
  expect(await visit.refreshes()).toHaveLength(1);
});

test('a token that the server does not take even when it is new ends the sign-in', async ({ visit, sandbox, guard, page }) => {
  guard.allowStatus(401);
  await signedIn(visit);
  await sandbox.faults({ path: 'api/*', fault: 'status', status: 401, count: 50 });
  await page.getByLabel('Organisation').selectOption('org_northwind');
  await expect(visit.note).toContainText(ENDED);
  await visit.expectOut();
  expect(await visit.refreshes()).toHaveLength(1);
  expect(await calls(visit)).toHaveLength(2);
});

test('a network that is away for a while does not end a sign-in before its time', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(503);
  guard.allowNetworkErrors();
  await ownTime(page);
  await signedIn(visit);
  await sandbox.faults({ method: 'POST', path: 'token', fault: 'status', status: 503 }, { method: 'POST', path: 'token', fault: 'drop' });
  await page.clock.fastForward('14:10');
  await expect.poll(async () => (await visit.refreshes()).length).toBe(1);
  await page.clock.fastForward('00:06');
  await expect.poll(async () => (await visit.refreshes()).length).toBe(2);
  await expect(visit.standing).toContainText('expires in less than a minute');
  await page.clock.fastForward('00:06');
  await expect(visit.standing).toContainText('expires in 14 minutes');
  expect(await visit.refreshes()).toHaveLength(3);
});

test('a token without a known end is said so, and is used until it is refused', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(401);
  await ownTime(page);
  await sandbox.registry({ expires_in: false, token_answer: { scope: 'openid' } });
  await signedIn(visit);
  await expect(visit.standing).toContainText('the registry does not say for how long');
  // d40: what was granted is what the answer says, and what is lacking is named.
  await expect(visit.standing.getByText('openid', { exact: true })).toBeVisible();
  await expect(visit.standing.getByText('profile email', { exact: true })).toBeVisible();
  await page.clock.fastForward('20:00');
  await switchOver(page);
  expect(await visit.refreshes()).toEqual([]);
  await sandbox.registry({ forget: ['access_tokens'] });
  await page.getByLabel('Organisation').selectOption('org_acme');
  await expect(page.getByText('8 agents')).toBeVisible();
  expect((await visit.refreshes()).length).toBeGreaterThan(0);
});

/** Types into the form of the agent, which is open because nothing is saved. */
async function type(app: App): Promise<void> {
  await app.control('token_endpoint').fill('https://auth.example.com/token');
  await app.control('client_id').fill('client-7');
  await app.control('client_secret').fill(SECRET);
}

for (const way of ['in a tab of its own', 'in this tab'] as const) {
  test(`a dead refresh token ends the sign-in, and what was typed is kept: ${way}`, async ({ app, page, visit, sandbox, guard }) => {
    guard.allowStatus(401, 500);
    await sandbox.registry(AT_ONCE);
    await visit.open(QUARRY_PAGE);
    await visit.signIn(async () => {});
    await type(app);
    await sandbox.registry({ forget: ['access_tokens', 'refresh_tokens'] });
    await sandbox.clearRequests();
    await app.submit();
    await expect(visit.note).toContainText(ENDED);
    await expect(visit.note).toContainText('Sign in again. What you typed is still here.');
    await visit.expectOut();
    // The server answers a dead token by 500; it is not asked again, and neither is what saves.
    expect(await visit.refreshes()).toHaveLength(1);
    expect(await sandbox.registryRequests('PUT')).toHaveLength(1);

    await (way === 'in this tab' ? visit.signInHere(async () => {}) : visit.signIn(async () => {}));
    expect(page.url()).toBe(sandbox.url(QUARRY_PAGE));
    await expect(app.control('token_endpoint')).toHaveValue('https://auth.example.com/token');
    await expect(app.control('client_id')).toHaveValue('client-7');
    await expect(app.control('client_secret')).toHaveValue(way === 'in this tab' ? '' : SECRET);
    expect(await sandbox.registryRequests('PUT')).toHaveLength(1);
  });
}

test('d43_what_waits_in_the_storage_for_a_sign_in_holds_no_secret', async ({ app, page, visit, sandbox, guard }) => {
  guard.allowStatus(401, 500);
  const written: string[] = [];
  await page.exposeFunction('wrote', (entry: string) => void written.push(entry));
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      (window as unknown as { wrote(entry: string): void }).wrote(`${key}=${value}`);
      write.call(this, key, value);
    };
  });
  await sandbox.registry(AT_ONCE);
  await visit.open(QUARRY_PAGE);
  await visit.signIn(async () => {});
  await app.choose('A token, or a username and password');
  await app.control('auth_token').fill(`tok_${MARK}`);
  await app.choose('A client ID and a client secret');
  await type(app);
  await sandbox.registry({ forget: ['access_tokens', 'refresh_tokens'] });
  await app.submit();
  await expect(visit.note).toContainText(ENDED);
  await visit.signInHere(async () => {});
  await expect(app.control('client_id')).toHaveValue('client-7');
  const records = written.filter((entry) => entry.startsWith('credenza.flow.'));
  expect(records).toHaveLength(1);
  expect(records[0]).toContain('client-7');
  expect(written.join()).not.toContain(MARK);
  expect(written.join()).not.toMatch(/eyJhbGciOi|refresh_grant_/);
});

test('signing out drops everything', async ({ app, page, visit, sandbox }) => {
  await ownTime(page);
  await sandbox.registry(AT_ONCE);
  await visit.open(QUARRY_PAGE);
  await visit.signIn(async () => {});
  await type(app);
  await page.waitForLoadState('networkidle');
  await sandbox.clearRequests();
  await visit.press('sign-out');
  await visit.expectOut();
  await expect(page.locator(':focus')).toHaveRole('heading');
  await app.follow('Agents');
  await visit.expectOut();
  // Neither the clock nor another page brings the token back.
  await page.clock.fastForward('20:00');
  await app.follow('Overview');
  await app.follow('Agents');
  await visit.expectOut();
  expect(await sandbox.registryRequests()).toEqual([]);
  await visit.signIn(async () => {});
  await page.getByRole('link', { name: 'Quarry Agent' }).click();
  for (const name of ['token_endpoint', 'client_id', 'client_secret']) await expect(app.control(name)).toHaveValue('');
});

test('a reload signs out', async ({ page, visit, sandbox }) => {
  await signedIn(visit);
  await page.reload();
  await visit.expectOut();
  expect(await sandbox.registryRequests()).toEqual([]);
  await visit.signInHere(async () => {});
  await sandbox.clearRequests();
  await page.reload();
  await visit.expectOut();
  expect(await sandbox.registryRequests()).toEqual([]);
});

test('who signs in again is asked for by the new token alone', async ({ visit, sandbox }) => {
  await signedIn(visit);
  await visit.press('sign-out');
  await visit.signIn(async () => {});
  const [exchange] = await visit.exchanges();
  expect(exchange?.body.code).toEqual(fingerprint(visit.answers.at(-1)?.searchParams.get('code') ?? ''));
  expect(new Set((await calls(visit)).map(bearer)).size).toBe(1);
  expect(await sandbox.registryRequests('GET', ME)).toHaveLength(1);
});
