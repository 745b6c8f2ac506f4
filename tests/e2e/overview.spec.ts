// The start page: what waits for the person. And what one takes away from a source's page: a summary, or a print.
import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { App } from './support/app';
import { CREDENTIALS, IDENTIFIER, KEY, LIST, expectConnected, fillKey, openForm } from './support/connect';
import { BUYER } from './support/state';
import { expect, test } from './support/test';

const attention = (page: Page): Locator => page.getByRole('region', { name: 'Needs attention' });
const waiting = (page: Page): Locator => attention(page).getByRole('list', { name: 'Accounts that wait for consent' });
const open = (page: Page): Locator => attention(page).getByRole('list', { name: 'Storefronts with sources that are not ready' });

/** Gives the token where it is asked for, and goes to the start page. */
async function openOverview(app: App): Promise<void> {
  await app.openAs(BUYER, 'storefronts/49');
  await app.follow('Overview');
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText('Overview');
}

test('without a token nothing is asked for, and nothing is guessed', async ({ app, page, sandbox }) => {
  await app.open();
  await expect(page.getByText('A token, asked for when you open it')).toBeVisible();
  await expect(attention(page)).toHaveCount(0);
  await expect(page.getByText(/Nothing for now|Looking…/)).toHaveCount(0);
  const asked = (await sandbox.requests()).filter(({ path }) => path.startsWith(sandbox.gateway));
  expect(asked).toEqual([]);
});

test('what waits for consent and what is not ready is listed, with the next step of each', async ({ app, page, sandbox }) => {
  await openOverview(app);
  await expect(waiting(page).getByRole('listitem')).toHaveCount(1);
  const row = waiting(page).getByRole('listitem');
  await expect(row).toContainText('acme-radio');
  await expect(row).toContainText('Harbor Radio at Harbor Audio Network');
  await expect(row).toContainText(/Pending since 23 Feb 2026,? 20:55 GMT\+1/);
  await expect(row.getByRole('button', { name: 'Start consent again for acme-radio' })).toBeVisible();
  for (const name of ['Premium CTV Storefront', 'Harbor Audio Network', 'Orchard Retail Media']) {
    await expect(open(page).getByRole('link', { name })).toBeVisible();
  }
  // All ready, connected elsewhere, or without sources: there is no next step.
  for (const name of ['Metro Transit Screens', 'Snap Ads', 'Quiet Lake Outdoors']) {
    await expect(open(page).getByRole('link', { name })).toHaveCount(0);
  }
  await expect(attention(page).getByText('Nothing for now')).toHaveCount(0);
  await open(page).getByRole('link', { name: 'Orchard Retail Media' }).click();
  await expect(page).toHaveURL(sandbox.url('storefronts/45'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orchard Retail Media');
});

test('more than five of a kind are a link away', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  await app.openAs(BUYER, 'storefronts/1001');
  await app.follow('Overview');
  // A storefront's row has a list of its channels inside.
  await expect(waiting(page).locator('> li')).toHaveCount(5);
  await expect(open(page).locator('> li')).toHaveCount(5);
  await expect(attention(page)).toContainText('Only the first 100 storefronts of each visibility were looked at.');
  const all = attention(page).getByRole('link', { name: /^Show all [\d,]+$/ });
  await expect(all).toHaveCount(2);
  const number = ((await all.first().textContent()) ?? '').replace(/\D/g, '');
  await all.first().click();
  await expect(page).toHaveURL(sandbox.url('credentials?status=pending'));
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: `${Number(number).toLocaleString('en')} of 8,889 credentials` })).toBeVisible();
  await page.goBack();
  await expect(all).toHaveCount(2);
  await all.last().click();
  await expect(page).toHaveURL(sandbox.url('storefronts'));
});

test('when nothing waits, that is said once everything was looked at', async ({ app, page, sandbox }) => {
  await sandbox.reset('empty');
  await app.openAs(BUYER, 'storefronts');
  await sandbox.faults({ method: 'GET', path: CREDENTIALS, fault: 'delay', delay_ms: 1500 });
  await app.follow('Overview');
  await expect(attention(page).getByRole('status')).toHaveText('Looking…');
  await expect(attention(page).getByRole('status')).toHaveText('Nothing for now');
  await expect(attention(page).getByRole('listitem')).toHaveCount(0);
});

for (const [name, path, kept] of [
  ['the credentials', CREDENTIALS, open],
  ['the storefronts', LIST, waiting],
] as const) {
  test(`${name} cannot be read: it is told beside what is known, and trying again mends it`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(500);
    await app.open('storefronts/47');
    // The page on which the token is given reads the credentials as well.
    const times = path === LIST ? 2 : 3;
    await sandbox.faults({ method: 'GET', path, fault: 'status', status: 500, count: times });
    await app.giveToken(BUYER);
    await app.follow('Overview');
    const alert = attention(page).getByRole('alert');
    await expect(alert).toContainText('Interchange has a problem (status 500)');
    await expect(kept(page)).toBeVisible();
    await expect(attention(page).getByText('Nothing for now')).toHaveCount(0);
    await sandbox.clearFaults();
    await attention(page).getByRole('button', { name: 'Try again' }).click();
    await expect(waiting(page)).toBeVisible();
    await expect(open(page)).toBeVisible();
    await expect(alert).toHaveCount(0);
  });
}

/** Presses "Copy summary" and reads what it copied. */
async function copied(page: Page, context: BrowserContext): Promise<string> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy summary' }).click();
  await expect(page.getByText('Copied. It holds no secret')).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

const LABELLED = { storefront: { api: 'gateway/storefront', access: 'token', label: 'Sandbox' } };

test.describe('the summary that can be copied', () => {
  test.use({ config: LABELLED });

  test('of a new credential says what, where, who and when, and no secret', async ({ app, page, context }) => {
    await openForm(app);
    await fillKey(app);
    await app.submit();
    await expectConnected(app);
    const text = await copied(page, context);
    const lines = text.split('\n');
    for (const line of [
      'Service: Interchange',
      'Environment: Sandbox',
      'Company: Acme Brand',
      'Storefront: Premium CTV Storefront',
      'Storefront ID: 42',
      'Source: Premium CTV — Direct',
      'Source ID: src_main',
      `Account: ${IDENTIFIER}`,
      'Status: ACTIVE',
      'Registered by: buyer@acmebrand.example',
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).toMatch(/^Credential ID: \d+$/m);
    expect(text).toMatch(/^Registered: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/m);
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(BUYER);
  });

  test('of an account that waits says so', async ({ app, page, context }) => {
    await openForm(app, { storefront: 43, source: 'src_podcasts' });
    await fillKey(app);
    await app.submit();
    await app.expectPhase('awaiting-consent');
    const text = await copied(page, context);
    for (const line of ['Source: Harbor Podcasts', 'Source ID: src_podcasts', 'Storefront: Harbor Audio Network', 'Environment: Sandbox', 'Status: PENDING']) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^Registered: \d{4}-\d\d-\d\dT[\d:.]+Z$/m);
    for (const secret of [KEY, BUYER, 'state=', '/provider/']) expect(text).not.toContain(secret);
  });

  for (const [id, source, account, status] of [
    [42, 'src_live', 'acme-brand-account', 'ACTIVE'],
    [43, 'src_radio', 'acme-radio', 'PENDING'],
  ] as const) {
    test(`of an account that is there already, ${status}`, async ({ app, page, context }) => {
      await app.openSource(id, source);
      await app.giveToken(BUYER);
      await expect(page.locator('[data-phase="status"]')).toContainText(account);
      const lines = (await copied(page, context)).split('\n');
      const facts = ['Service: Interchange', 'Environment: Sandbox', 'Company: Acme Brand', `Source ID: ${source}`, `Account: ${account}`, `Status: ${status}`];
      for (const line of [...facts, 'Registered by: buyer@acmebrand.example', 'Registered: 2026-02-23T19:55:11.602Z']) expect(lines).toContain(line);
    });
  }
});

test('on paper a result is its facts, without what can be pressed', async ({ app, page }) => {
  await openForm(app);
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  await expect(page.getByRole('button', { name: 'Copy summary' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  for (const control of await page.getByRole('main').locator('button, a.cz-button').all()) await expect(control).toBeHidden();
  const main = page.getByRole('main');
  for (const fact of [IDENTIFIER, 'Connected', 'Premium CTV — Direct', 'buyer@acmebrand.example']) {
    await expect(main.getByText(fact).filter({ visible: true }).first()).toBeVisible();
  }
  await expect(main.locator('time')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(KEY);
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByRole('button', { name: 'Copy summary' })).toBeVisible();
});
