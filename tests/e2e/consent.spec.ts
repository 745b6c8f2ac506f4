// Consent at a provider: the tab that opens for it, what goes over the wire, and what becomes of it.
import { IDENTIFIER, Count, fillKey, fixture, openForm, registration } from './support/connect';
import * as consent from './support/consent';
import type { Fault } from './support/sandbox';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

const { PODCASTS, RADIO } = consent;
const POST = { method: 'POST', path: PODCASTS } as const;
/** No new tab, or another person's. */
const OTHER_WAYS = 'Another account, or no new tab';
const UNSAFE = 'The address of the consent page is not safe to open';

test('approved: one registration, one tab, and the console sees it by itself', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app, { storefront: 43, source: 'src_podcasts' });
  await app.choose('I sign in at the provider');
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await sandbox.faults({ ...POST, fault: 'delay', delay_ms: 1000 });
  let answered = false;
  page.on('response', (response) => (answered ||= response.request().method() === 'POST'));

  const tab = await consent.opens(page, () => app.submit());
  await expect(tab.getByText(consent.TAB_WAITS)).toBeVisible();
  expect(tab.url()).toBe('about:blank');
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  expect(answered, 'the tab was there before the answer').toBe(false);

  await consent.expectAtProvider(tab, sandbox);
  await expect(tab.getByText(IDENTIFIER)).toBeVisible();
  await app.expectPhase('awaiting-consent');
  await expect(page.getByRole('heading', { name: 'Waiting for consent' })).toBeFocused();
  const panel = page.getByRole('main');
  await expect(panel).toContainText(consent.TAB_OPENED);
  await expect(panel).toContainText(consent.LOOKING);
  await expect(panel).toContainText(new URL(sandbox.auth).origin);
  await consent.approve(tab);

  await consent.expectConsented(app);
  await expect(panel).toContainText('801');
  expect(page.context().pages()).toHaveLength(2);
  expect(count.fetched('POST', PODCASTS)).toBe(1);
  const posts = await consent.posts(sandbox);
  expect(posts).toHaveLength(1);
  consent.expectWithoutAuth(posts[0]);
  await app.follow('Back to Harbor Audio Network');
  await app.expectStatus('src_podcasts', 'connected');
});

test('coming back is enough: nobody waits for the next look', async ({ app, page, sandbox }) => {
  await consent.watchLooks(page);
  await ownTime(page);
  const tab = await consent.awaitConsent(app, sandbox);
  await consent.Time.stopped(page);
  await consent.approve(tab);
  await app.expectPhase('awaiting-consent');
  await consent.comeBack(page);
  await app.expectPhase('connected');
});

test('the opener is severed by both sides, and it works all the same', async ({ app, page, sandbox }) => {
  const ours = await page.goto(sandbox.url('storefronts/43'));
  expect(ours?.headers()['cross-origin-opener-policy']).toBe('same-origin');
  const tab = await consent.awaitConsent(app, sandbox);
  const theirs = await page.request.get(tab.url());
  expect(theirs.headers()['cross-origin-opener-policy']).toBe('same-origin');
  await consent.agree(app, tab);
});

test('"Nothing" sends the empty object and opens no tab', async ({ app, page, sandbox }) => {
  await sandbox.reset('twelve');
  await openForm(app, { storefront: 61, source: 'src_nothing', type: 'none' });
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await app.submit();
  await app.expectPhase('connected');
  const posts = await consent.posts(sandbox);
  expect(posts).toHaveLength(1);
  expect(posts[0]?.path).toBe(`/gateway/storefront/${registration(61, 'src_nothing')}`);
  expect(posts[0]?.body).toEqual({ ...fixture('register-none').body, accountIdentifier: IDENTIFIER });
  expect(page.context().pages()).toHaveLength(1);
});

for (const way of ['none', 'api_key'] as const) {
  test(`${way} at a source that wants consent: its page is one press away`, async ({ app, page, sandbox }) => {
    await openForm(app, { storefront: 43, source: 'src_podcasts', type: way });
    if (way === 'api_key') await fillKey(app);
    else await app.control('accountIdentifier').fill(IDENTIFIER);
    await app.submit();
    await app.expectPhase('awaiting-consent');
    expect(page.context().pages()).toHaveLength(1);
    await expect(page.getByText(consent.TAB_BLOCKED)).toHaveCount(0);
    await expect(page.getByText(consent.TAB_OPENED)).toHaveCount(0);
    const tab = await consent.opens(page, () => page.getByRole('link', { name: 'Open the consent page' }).click());
    await consent.expectAtProvider(tab, sandbox);
    await consent.agree(app, tab);
  });
}

test('denied: it stays pending, and can be started again under the same id', async ({ app, page, sandbox }) => {
  const first = await consent.awaitConsent(app, sandbox);
  const old = first.url();
  await consent.deny(first);
  await first.close();
  await app.action('check-now').click();
  await expect(page.getByRole('status').filter({ hasText: consent.NOT_YET })).toBeVisible();
  await app.expectPhase('awaiting-consent');

  const second = await consent.opens(page, () => app.action('start-again').click());
  await consent.expectAtProvider(second, sandbox);
  expect(second.url()).not.toBe(old);
  await expect(page.getByRole('link', { name: 'Open the consent page' })).toHaveAttribute('href', second.url());
  await consent.agree(app, second);
  await expect(page.getByRole('main')).toContainText('801');
  const posts = await consent.posts(sandbox);
  expect(posts).toHaveLength(2);
  for (const post of posts) consent.expectWithoutAuth(post);
});

test('abandoned: a closed tab is no failure, and there are other ways', async ({ app, page, sandbox, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const tab = await consent.awaitConsent(app, sandbox);
  const address = tab.url();
  await tab.close();
  const panel = page.getByRole('main');
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
  await app.expectPhase('awaiting-consent');

  await app.action('copy-address').click();
  await expect(panel).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  const link = page.getByRole('link', { name: 'Open the consent page' });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /\bnoopener\b/);
  const again = await consent.opens(page, () => link.click());
  await consent.expectAtProvider(again, sandbox);
  expect(again.url()).toBe(address);
  await again.close();

  await expect(app.action('same-tab')).toBeHidden();
  await page.getByText(OTHER_WAYS).click();
  await expect(panel).toContainText('Another account? Open it in a private window or another browser profile.');
  await expect(panel).toContainText('Whoever approves connects their own account.');
  const inDetails = await app.action('same-tab').evaluate((button) => button.closest('details')?.lastElementChild?.contains(button));
  expect(inDetails, 'it is the last of the ways').toBe(true);
  await app.action('same-tab').click();
  await consent.expectAtProvider(page, sandbox);
  expect(page.url()).toBe(address);
  expect(await consent.posts(sandbox)).toHaveLength(1);
});

test('the person may stop waiting, and the source opens on how it stands', async ({ app, page, sandbox }) => {
  const tab = await consent.awaitConsent(app, sandbox);
  await tab.close();
  await expect(page.getByText('If you stop waiting, the entry stays pending in your list.')).toBeVisible();
  await app.action('stop-waiting').click();
  await expect(page.locator('[data-phase="status"]').getByRole('heading', { name: 'Waiting for consent' })).toBeVisible();
  await app.follow('Back to the storefront');
  await app.expectStatus('src_podcasts', 'pending');
  await app.source('src_podcasts').getByRole('link', { name: /Details/ }).click();
  await expect(page.locator('[data-phase="status"]')).toContainText(IDENTIFIER);
  const again = await consent.opens(page, () => app.action('start-again').click());
  await consent.expectAtProvider(again, sandbox);
  await consent.agree(app, again);
});

interface Failure {
  name: string;
  fault?: Partial<Fault> & Pick<Fault, 'fault'>;
  says: RegExp;
}

const FAILURES: Failure[] = [
  { name: '500', fault: { fault: 'status', status: 500 }, says: /Interchange has a problem \(status 500\)/ },
  {
    name: '403',
    fault: { fault: 'status', status: 403, error: { code: 'FORBIDDEN', message: 'Admins alone' } },
    says: /Your role does not allow this/,
  },
  { name: 'no network', says: /You are offline/ },
  { name: 'no answer in time', fault: { fault: 'delay', delay_ms: 60_000 }, says: /did not answer within 30 seconds/ },
];

for (const { name, fault, says } of FAILURES) {
  test(`the registration fails by ${name}: the tab goes, what was typed stays`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(500, 403);
    guard.allowNetworkErrors();
    await ownTime(page);
    await consent.openConsent(app);
    if (fault === undefined) await page.context().setOffline(true);
    else await sandbox.faults({ ...POST, ...fault });
    const tab = await consent.opens(page, () => app.submit());
    if (fault?.fault === 'delay') {
      await expect.poll(async () => (await consent.posts(sandbox)).length).toBe(1);
      await page.clock.fastForward(31_000);
    }
    await expect(app.form.getByRole('alert').filter({ hasText: says })).toBeVisible();
    await consent.expectClosed(tab);
    await expect(app.control('accountIdentifier')).toHaveValue(IDENTIFIER);
    await expect(app.form).toHaveAttribute('data-phase', 'failed');
    await page.context().setOffline(false);
    const again = await consent.opens(page, () => app.submit());
    await consent.expectAtProvider(again, sandbox);
    await consent.agree(app, again);
  });
}

test('the answer is lost but the entry is there: it waits, and consent can be started', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(500);
  await consent.openConsent(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 500, after: true });
  const tab = await consent.opens(page, () => app.submit());
  await app.expectPhase('awaiting-consent');
  await consent.expectClosed(tab);
  await expect(page.getByText('There is no address of the provider’s page. Start consent again to get one.')).toBeVisible();
  expect(await consent.posts(sandbox)).toHaveLength(1);
  const again = await consent.opens(page, () => app.action('start-again').click());
  await consent.agree(app, again);
  await expect(page.getByRole('main')).toContainText('801');
});

test('starting again fails: the tab goes, and the entry goes on waiting', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(403);
  await openForm(app, { storefront: 43, source: 'src_podcasts' });
  await app.follow('Back to the storefront');
  await sandbox.faults({ method: 'POST', path: RADIO, fault: 'status', status: 403, error: { code: 'FORBIDDEN', message: 'Admins alone' } });
  const tab = await consent.opens(page, () => app.source('src_radio').locator(app.action('start-again')).click());
  await expect(page.getByRole('main')).toContainText('Consent could not be started: your role does not allow this');
  await consent.expectClosed(tab);
  await app.expectPhase('awaiting-consent');
  const again = await consent.opens(page, () => app.action('start-again').click());
  await consent.agree(app, again);
  await expect(page.getByRole('main')).toContainText('731');
});

test('the window is blocked: the link leads there, and the console goes on looking', async ({ app, page, sandbox }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await consent.openConsent(app);
  await app.submit();
  await app.expectPhase('awaiting-consent');
  await expect(page.getByRole('status').filter({ hasText: consent.TAB_BLOCKED })).toBeVisible();
  await expect(page.getByText('If no new tab is there, open it from here.')).toBeVisible();
  const tab = await consent.opens(page, () => page.getByRole('link', { name: 'Open the consent page' }).click());
  await consent.expectAtProvider(tab, sandbox);
  await consent.approve(tab);
  await consent.expectConsented(app);
  expect(await consent.posts(sandbox)).toHaveLength(1);
});

for (const address of ['javascript:alert(1)', 'http://evil.example/x', 'data:text/html,x', 'https://accounts.example@evil.example/']) {
  test(`an address that is not safe is neither opened nor linked: ${address}`, async ({ app, page, sandbox }) => {
    const dialogs: string[] = [];
    page.context().on('dialog', (dialog) => dialogs.push(dialog.message()));
    await consent.openConsent(app);
    const row = { id: '801', accountIdentifier: IDENTIFIER, status: 'PENDING', registeredBy: null, createdAt: '2026-01-15T10:00:00Z' };
    const body = { data: { ...row, oauth: { authorizationUrl: address } }, error: null };
    await sandbox.faults({ ...POST, fault: 'status', status: 201, body });
    const tab = await consent.opens(page, () => app.submit());
    const visited: string[] = [];
    tab.on('framenavigated', (frame) => visited.push(frame.url()));
    await app.expectPhase('awaiting-consent');
    await expect(page.getByRole('main')).toContainText(UNSAFE);
    await consent.expectClosed(tab);
    const hrefs = await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs).not.toContain(address);
    for (const action of ['same-tab', 'copy-address']) await expect(app.action(action)).toHaveCount(0);
    expect(visited.filter((url) => url !== 'about:blank')).toEqual([]);
    expect(dialogs).toEqual([]);
  });
}
