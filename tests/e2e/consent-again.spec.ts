// Consent that was begun elsewhere: started again from anywhere, looked for with patience; and storefronts that are
// connected on a page of Interchange's own.
import { CREDENTIALS, IDENTIFIER, capabilities } from './support/connect';
import * as consent from './support/consent';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

const { RADIO, Time, opens } = consent;
const READ = { method: 'GET', path: CREDENTIALS } as const;
const CONNECTION = 'buyer/storefronts/47/connection';

/** The places from which consent for the account that waits is started again. */
const PLACES = [
  ['the storefront', 'storefronts/43'],
  ['the source', 'storefronts/43/sources/src_radio'],
  ['the credentials', 'credentials'],
  ['the overview', ''],
] as const;

for (const [name, path] of PLACES) {
  for (const listed of [false, true]) {
    test(`resumed from ${name} by one press, ${listed ? 'at the address in the list' : 'at a fresh address'}`, async ({ app, page, sandbox }) => {
      await sandbox.reset('demo', { listed_oauth: listed });
      await app.openAs('scope3_demo_buyer', path === '' ? 'storefronts' : path);
      if (path === '') await app.follow('Overview');
      const press = page.getByRole('button', { name: 'Start consent again for acme-radio' });
      const tab = await opens(page, () => press.click());
      await consent.expectAtProvider(tab, sandbox);
      await expect(tab.getByText('acme-radio')).toBeVisible();
      expect(page.url()).toBe(sandbox.url('storefronts/43/sources/src_radio'));
      await app.expectPhase('awaiting-consent');
      const posts = await consent.posts(sandbox);
      expect(posts).toHaveLength(listed ? 0 : 1);
      if (!listed) consent.expectWithoutAuth(posts[0], 'acme-radio', RADIO);
      await consent.agree(app, tab);
      await expect(page.getByRole('main')).toContainText('731');
      await expect(page.getByRole('main')).toContainText('acme-radio');
      expect(await consent.posts(sandbox)).toHaveLength(listed ? 0 : 1);
    });
  }
}

// The older rows name no sources, so that only they themselves tell which entry an account is.
for (const [name, path] of PLACES.slice(2)) {
  test(`resumed in the older shapes from ${name}: at the address in the list`, async ({ app, page, sandbox }) => {
    await sandbox.reset('old-shapes');
    await app.openAs('scope3_demo_buyer', path === '' ? 'storefronts' : path);
    if (path === '') await app.follow('Overview');
    const press = page.getByRole('button', { name: 'Start consent again for acme-radio' });
    await expect(press).toBeVisible();
    const tab = await opens(page, () => press.click());
    await consent.expectAtProvider(tab, sandbox);
    expect(await consent.posts(sandbox)).toEqual([]);
    await consent.approve(tab);
    await page.goto(sandbox.url('storefronts/43'));
    await app.giveToken('scope3_demo_buyer');
    await app.expectStatus('src_radio', 'connected');
  });
}

test('no second address: the form asks for another identifier, and the old entry stays', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(409);
  await sandbox.reset('demo', { pending_again: 'conflict' });
  await app.openAs('scope3_demo_buyer', 'storefronts/43');
  const tab = await opens(page, () => app.source('src_radio').locator(app.action('start-again')).click());
  await consent.expectClosed(tab);
  const words = /gives no new sign-in page for “acme-radio”\. Use another identifier; the old entry stays in your list as waiting for consent/;
  await expect(app.control('accountIdentifier')).toHaveAccessibleDescription(words);
  await expect(app.errorSummary.getByRole('link')).toHaveText(words);
  await expect(app.form.getByRole('radio', { name: 'I sign in at the provider' })).toBeChecked();
  await app.control('accountIdentifier').fill('acme-radio-2');
  const again = await opens(page, () => app.submit());
  await consent.expectAtProvider(again, sandbox);
  await consent.agree(app, again);
  const posts = await consent.posts(sandbox);
  expect(posts).toHaveLength(2);
  consent.expectWithoutAuth(posts[0], 'acme-radio', RADIO);
  consent.expectWithoutAuth(posts[1], 'acme-radio-2', RADIO);
  await app.follow('Credentials');
  await expect(page.getByRole('row').filter({ hasText: 'Pending' })).toContainText('acme-radio');
  await expect(page.getByRole('row').filter({ hasText: 'acme-radio-2' })).toContainText('Active');
});

test.describe('looking', () => {
  test.beforeEach(async ({ page }) => {
    await consent.watchLooks(page);
    await ownTime(page);
  });

  test('often at first, then more seldom, and for a quarter of an hour', async ({ app, page, sandbox }) => {
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    const looks = await time.looksWithin(420);
    const pauses = looks.slice(1).map((at, nth) => at - (looks[nth] ?? 0));
    expect(looks[0]).toBeLessThanOrEqual(5);
    expect(pauses.slice(0, 10)).toEqual(Array(10).fill(5));
    expect(pauses.every((pause, nth) => pause >= (pauses[nth - 1] ?? 0) && pause <= 20), `${pauses}`).toBe(true);
    expect(looks.at(-1)).toBeGreaterThan(300);
    await time.pass(490);
    await expect(page.getByText('We have stopped looking. Press “Check now” when you have agreed.')).toBeVisible();
    expect(await time.looksWithin(30)).toEqual([]);
    await sandbox.consent('801', 'approve');
    await app.action('check-now').click();
    await app.expectPhase('connected');
  });

  test('never while the page is hidden, and at once when it is seen again', async ({ app, page, sandbox }) => {
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    await consent.hide(page, true);
    expect(await time.looksWithin(60)).toEqual([]);
    await sandbox.consent('801', 'approve');
    expect(await time.looksWithin(60)).toEqual([]);
    await consent.hide(page, false);
    await app.expectPhase('connected');
    expect(await time.looks()).not.toEqual([]);
  });

  test('when Interchange asks us to slow down, nobody looks for so long', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(429);
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    await sandbox.faults({ ...READ, fault: 'status', status: 429, retry_after: 40 });
    await app.action('check-now').click();
    await expect(app.action('check-now')).toHaveText('Check again in 40 s');
    expect(await time.looksWithin(20)).toEqual([]);
    await expect(app.action('check-now')).toHaveText('Check again in 20 s');
    await app.action('check-now').click();
    await consent.comeBack(page);
    expect(await time.looksWithin(19)).toEqual([]);
    await expect(app.action('check-now')).toHaveText('Check again in 1 s');
    expect(await time.looksWithin(10)).not.toEqual([]);
    await expect(app.action('check-now')).toHaveText('Check now');
    await app.expectPhase('awaiting-consent');
  });

  test('while Interchange asks us to wait, consent is not started again either', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(429);
    await consent.awaitConsent(app, sandbox);
    const sent = (await consent.posts(sandbox)).length;
    const time = await Time.stopped(page);
    await sandbox.faults({ ...READ, fault: 'status', status: 429, retry_after: 40 });
    await app.action('check-now').click();
    await expect(app.action('check-now')).toHaveText('Check again in 40 s');
    await app.action('start-again').click();
    await time.settled();
    await time.pass(10);
    await expect(app.action('check-now')).toHaveText('Check again in 30 s');
    expect(await consent.posts(sandbox)).toHaveLength(sent);
    await time.pass(31);
    await app.action('start-again').click();
    await time.settled();
    expect(await consent.posts(sandbox)).toHaveLength(sent + 1);
  });

  for (const fault of ['no network', '500'] as const) {
    test(`${fault} while looking is no failure, and is forgotten by the next look`, async ({ app, page, sandbox, guard }) => {
      guard.allowStatus(500);
      guard.allowNetworkErrors();
      await consent.awaitConsent(app, sandbox);
      const time = await Time.stopped(page);
      await sandbox.faults({ ...READ, ...(fault === '500' ? { fault: 'status', status: 500 } : { fault: 'drop-before' }) });
      await time.pass(6);
      const said = page.getByRole('status').filter({ hasText: 'This could not be checked' });
      await expect(said).toBeVisible();
      await app.expectPhase('awaiting-consent');
      await expect(page.getByRole('link', { name: 'Open the consent page' })).toBeVisible();
      await time.pass(6);
      expect.soft(await said.count(), 'the list was read since').toBe(0);
      await sandbox.consent('801', 'approve');
      await time.pass(6);
      await app.expectPhase('connected');
    });
  }

  test('a token that is refused is asked for in place, and then it goes on', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(401);
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    await sandbox.faults({ ...READ, fault: 'status', status: 401 });
    await time.pass(6);
    await expect(app.tokenForm).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open the consent page' })).toBeVisible();
    await page.clock.resume();
    await app.giveToken('scope3_demo_admin');
    await app.expectPhase('awaiting-consent');
    await sandbox.consent('801', 'approve');
    await consent.comeBack(page);
    await app.expectPhase('connected');
    expect(await consent.posts(sandbox)).toHaveLength(1);
  });

  test('a refused token is not tried again, and the form for a new one keeps its focus', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(401);
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    await sandbox.faults({ ...READ, fault: 'status', status: 401, count: 50 });
    await time.pass(6);
    const input = app.tokenForm.locator('[name="accessToken"]');
    await input.pressSequentially('scope3_');
    expect.soft(await time.looksWithin(20), 'looks with the token that was refused').toEqual([]);
    await expect.soft(input).toBeFocused();
    await expect(input).toHaveValue('scope3_');
  });

  test('no longer after the person stopped waiting', async ({ app, page, sandbox }) => {
    await consent.awaitConsent(app, sandbox);
    const time = await Time.stopped(page);
    expect(await time.looksWithin(11)).not.toEqual([]);
    await app.action('stop-waiting').click();
    expect(await time.looksWithin(60)).toEqual([]);
  });

  test('also from another page of the console', async ({ app, page, sandbox }) => {
    await consent.awaitConsent(app, sandbox);
    await app.follow('Settings');
    const time = await Time.stopped(page);
    await sandbox.consent('801', 'approve');
    expect(await time.looksWithin(6)).toHaveLength(1);
    expect(await time.looksWithin(30), 'it was seen').toEqual([]);
    await page.clock.resume();
    await app.follow('Storefronts');
    await app.follow('Harbor Audio Network');
    await app.expectStatus('src_podcasts', 'connected');
    await expect(app.source('src_podcasts')).toContainText(IDENTIFIER);
  });
});

test.describe('a storefront that connects elsewhere', () => {
  test('leads to the page of Interchange for it, and shows how it stands', async ({ app, page, sandbox }) => {
    await app.openAs('scope3_demo_buyer', 'storefronts/47');
    const panel = page.getByRole('main');
    await expect(panel).toContainText('Snap is connected in another way');
    await expect(panel).toContainText('It takes no key here: Interchange connects it on a page of its own.');
    await expect(panel).toContainText('Not connected yet');
    await sandbox.faults({ method: 'POST', path: CONNECTION, fault: 'delay', delay_ms: 500 });
    const visited: string[] = [];
    page.context().on('request', (request) => visited.push(new URL(request.url()).pathname));
    const tab = await opens(page, () => app.action('open-connection').click());
    expect(tab.url()).toBe('about:blank');
    await consent.expectAtProvider(tab, sandbox);
    expect(visited.some((path) => path.startsWith('/interchange/connections/'))).toBe(true);
    const posts = await consent.posts(sandbox);
    expect(posts).toHaveLength(1);
    expect(posts[0]?.path).toBe(`/gateway/storefront/${CONNECTION}`);
    expect(posts[0]?.body ?? null).toBeNull();
    expect(posts[0]?.headers).not.toHaveProperty('content-type');
    await expect(panel).toContainText('It opened in a new tab. Come back when you are done, and press “Check now”.');
    await consent.approve(tab);
    await app.action('retry').click();
    await expect(panel.locator('dd').filter({ hasText: /^Connected$/ })).toBeVisible();
    await expect(panel).not.toContainText('Not connected yet');
  });

  test('keeps what became of it when another answer about the storefront comes later', async ({ app, page, sandbox }) => {
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await sandbox.faults({ path: capabilities(47), fault: 'delay', delay_ms: 1500 });
    const late = page.waitForResponse((response) => response.url().includes(capabilities(47)));
    await app.openAs('scope3_demo_buyer', 'storefronts/47');
    await app.action('open-connection').click();
    await expect(page.getByRole('main')).toContainText(consent.TAB_BLOCKED);
    await (await late).finished();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    await expect(page.getByRole('main')).toContainText(consent.TAB_BLOCKED);
  });

  test('closes the tab again when its address cannot be had', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(500);
    await app.openAs('scope3_demo_buyer', 'storefronts/47');
    await sandbox.faults({ method: 'POST', path: CONNECTION, fault: 'status', status: 500 });
    const tab = await opens(page, () => app.action('open-connection').click());
    await expect(page.getByRole('main')).toContainText('Interchange has a problem (status 500)');
    await consent.expectClosed(tab);
    const again = await opens(page, () => app.action('open-connection').click());
    await consent.expectAtProvider(again, sandbox);
  });

  test('does not open an address that is not safe', async ({ app, page, sandbox }) => {
    await app.openAs('scope3_demo_buyer', 'storefronts/47');
    const body = { data: { connectionUrl: 'javascript:alert(1)' }, error: null };
    await sandbox.faults({ method: 'POST', path: CONNECTION, fault: 'status', status: 200, body });
    const tab = await opens(page, () => app.action('open-connection').click());
    await expect(page.getByRole('main')).toContainText('not safe to open');
    await consent.expectClosed(tab);
  });

  test('offers a link when the window is blocked', async ({ app, page, sandbox }) => {
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await app.openAs('scope3_demo_buyer', 'storefronts/47');
    await app.action('open-connection').click();
    await expect(page.getByRole('main')).toContainText(consent.TAB_BLOCKED);
    const tab = await opens(page, () => page.getByRole('link', { name: 'Open the connection page' }).click());
    await consent.expectAtProvider(tab, sandbox);
  });
});

test('a second consent replaces the first: the same registration, another address', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(400);
  const first = await consent.awaitConsent(app, sandbox);
  const second = await opens(page, () => app.action('start-again').click());
  await consent.expectAtProvider(second, sandbox);
  expect(second.url()).not.toBe(first.url());
  await first.getByRole('button', { name: 'Approve' }).click();
  await expect(first.getByRole('heading', { name: 'This address has been used or replaced' })).toBeVisible();
  await consent.agree(app, second);
  const posts = await consent.posts(sandbox);
  expect(posts).toHaveLength(2);
  for (const post of posts) consent.expectWithoutAuth(post);
});
