// What can go wrong while a page is read: each fault is told, and "Try again" mends it.
import { ACCOUNT, CREDENTIALS, LIST, Count, capabilities, detail } from './support/connect';
import type { Fault } from './support/sandbox';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

interface Broken {
  fault: Partial<Fault> & Pick<Fault, 'fault'>;
  says: RegExp;
}

const BROKEN: Broken[] = [
  { fault: { fault: 'status', status: 500 }, says: /Interchange has a problem \(status 500\)/ },
  { fault: { fault: 'html', status: 502 }, says: /Interchange has a problem \(status 502\)/ },
  { fault: { fault: 'html', status: 200 }, says: /answer of Interchange could not be read.*Status 200/s },
  { fault: { fault: 'truncated' }, says: /answer of Interchange could not be read/ },
  { fault: { fault: 'status', status: 429, retry_after: 7 }, says: /asks us to slow down.*try again in 7 seconds/s },
  { fault: { fault: 'wrong-types' }, says: /answer of Interchange could not be read.*at data/s },
  { fault: { fault: 'status', status: 403, error: { code: 'FORBIDDEN', message: 'Not you' } }, says: /Your role does not allow this.*Not you/s },
  { fault: { fault: 'empty' }, says: /answer of Interchange could not be read.*It was empty/s },
  { fault: { fault: 'login-redirect' }, says: /answer of Interchange could not be read/ },
  { fault: { fault: 'drop' }, says: /connection broke while the answer was on its way/ },
  { fault: { fault: 'drop-before' }, says: /Interchange could not be reached/ },
];

test.beforeEach(({ guard }) => {
  guard.allowStatus(403, 429, 500, 502);
  guard.allowNetworkErrors();
});

for (const [path, url, loaded, times] of [
  [LIST, 'storefronts', '8 storefronts', 2],
  [detail(42), 'storefronts/42', /2 need credentials/, 1],
] as const) {
  test(`nothing of ${url} can be read`, async ({ app, page, sandbox }) => {
    await app.open(url);
    const [first, ...rest] = BROKEN as [Broken, ...Broken[]];
    await sandbox.faults({ method: 'GET', path, count: times, ...first.fault });
    await app.giveToken('scope3_demo_buyer');
    const alerts = page.getByRole('main').getByRole('alert').filter({ hasText: /./ });
    // What failed twice for one reason is said once.
    await expect(alerts).toHaveText([first.says]);
    for (const { fault, says } of rest) {
      await sandbox.faults({ method: 'GET', path, count: times, ...fault });
      await app.action('retry').click();
      await expect(alerts).toHaveText([says]);
      // Nothing was typed here, so nothing is said about it.
      await expect(alerts.first()).not.toContainText('What you typed');
    }
    await app.action('retry').click();
    await expect(app.action('retry')).toHaveCount(0);
    await expect(page.getByText(loaded).first()).toBeVisible();
  });
}

test('one visibility of the list cannot be read: the other is shown', async ({ app, page, sandbox }) => {
  await app.open('storefronts');
  await sandbox.faults({ method: 'GET', path: LIST, fault: 'status', status: 500 });
  await app.giveToken('scope3_demo_buyer');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Interchange has a problem');
  await expect(page.getByRole('link', { name: /Premium CTV Storefront|Quiet Lake Outdoors/ })).toHaveCount(1);
  await app.action('retry').click();
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
});

test('what the sources need cannot be read: nothing is guessed', async ({ app, page, sandbox }) => {
  await app.open('storefronts/42');
  await sandbox.faults({ method: 'GET', path: capabilities(42), fault: 'truncated' });
  await app.giveToken('scope3_demo_buyer');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('What the sources need could not be read');
  // The credentials name one source by themselves.
  await app.expectStatus('src_live', 'connected');
  await expect(app.source('src_main')).toHaveCount(0);
  await app.action('retry').click();
  await app.expectStatus('src_main', 'needs_credentials');
  await expect(alert).toHaveCount(0);
});

test('the credentials cannot be read: what depends on them is unknown', async ({ app, page, sandbox }) => {
  await app.open('storefronts/42');
  await sandbox.faults({ method: 'GET', path: CREDENTIALS, fault: 'drop' });
  await app.giveToken('scope3_demo_buyer');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Your credentials could not be read');
  for (const id of ['src_main', 'src_live', 'src_partner']) await app.expectStatus(id, 'unknown');
  await app.expectStatus('src_open', 'none_needed');
  await app.action('retry').click();
  await app.expectStatus('src_main', 'needs_credentials');
  await app.expectStatus('src_live', 'connected');
  await expect(alert).toHaveCount(0);
});

test('the form is there although what the source needs could not be read', async ({ app, sandbox }) => {
  await app.open('storefronts/42/sources/src_main');
  await sandbox.faults(
    { method: 'GET', path: capabilities(42), fault: 'status', status: 500 },
    { method: 'GET', path: CREDENTIALS, fault: 'status', status: 500 },
  );
  await app.giveToken('scope3_demo_buyer');
  await expect(app.form).toHaveAttribute('data-phase', 'editing');
});

test('the token cannot be checked: it stays, and can be tried again', async ({ app, page, sandbox }) => {
  await app.open('storefronts');
  const input = app.tokenForm.locator('[name="accessToken"]');
  await input.fill('scope3_demo_buyer');
  const certain = /403/;
  for (const { fault } of BROKEN.filter(({ fault }) => !certain.test(String(fault.status)))) {
    await sandbox.faults({ method: 'GET', path: ACCOUNT, ...fault });
    await app.tokenForm.locator('button[type="submit"]').click();
    await expect(app.errorSummary).toContainText('This could not be checked');
    await expect(input).toHaveValue('scope3_demo_buyer');
    await expect(app.tokenForm.locator('button[type="submit"]')).not.toHaveAttribute('aria-disabled');
  }
  await app.tokenForm.locator('button[type="submit"]').click();
  await expect(page.getByText('8 storefronts')).toBeVisible();
});

test('a token whose company may not be read works, and nobody is named', async ({ app, page, sandbox }) => {
  await app.open('storefronts');
  await sandbox.faults({ method: 'GET', path: ACCOUNT, fault: 'status', status: 403 });
  await app.giveToken('scope3_demo_buyer');
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await expect(page.getByRole('banner')).not.toContainText('Acme Brand');
  await app.follow('Overview');
  await expect(page.getByText('Token of a company that could not be read')).toBeVisible();
});

test('reading takes 30 seconds at most', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await app.open('storefronts/42');
  await sandbox.faults({ method: 'GET', path: detail(42), fault: 'delay', delay_ms: 60_000 });
  const count = new Count(page, sandbox);
  await app.giveToken('scope3_demo_buyer');
  await expect.poll(async () => (await sandbox.requests('GET', detail(42))).length).toBe(1);
  await page.clock.fastForward(31_000);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Interchange did not answer within 30 seconds');
  expect(count.fetched('GET', detail(42))).toBe(1);
  await app.action('retry').click();
  await app.expectStatus('src_main', 'needs_credentials');
});

test('offline: a banner, a message, and all is well again afterwards', async ({ app, page }) => {
  await app.openAs('scope3_demo_buyer', 'storefronts');
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await page.context().setOffline(true);
  const banner = page.getByRole('status').filter({ hasText: 'You are offline' });
  await expect(banner).toBeVisible();
  await app.follow('Harbor Audio Network');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('You are offline');
  await page.context().setOffline(false);
  await expect(banner).toHaveCount(0);
  await app.action('retry').click();
  await app.expectStatus('src_podcasts', 'needs_credentials');
});

test('while consent is awaited: what a failed look told goes with the next one that succeeds', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await app.openAs('scope3_demo_buyer', 'storefronts/43/sources/src_radio');
  await app.action('start-again').click();
  await app.expectPhase('awaiting-consent');
  await sandbox.faults({ method: 'GET', path: CREDENTIALS, fault: 'status', status: 500 });
  await app.action('check-now').click();
  const told = page.getByText('This could not be checked');
  await expect(told).toBeVisible();
  await sandbox.clearRequests();
  await expect(async () => {
    await page.clock.runFor(5_000);
    expect(await sandbox.requests('GET', CREDENTIALS)).not.toEqual([]);
  }).toPass();
  await expect(told).toHaveCount(0);
});
