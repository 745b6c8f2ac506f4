// Every fault on every endpoint: the person is told in words that fit, nothing is sent twice by itself, and the same
// action works afterwards. (The registration itself is in `faults.spec.ts`.)
import type { Locator, Page } from '@playwright/test';
import type { App } from './support/app';
import { ACCOUNT, CREDENTIALS, LIST, Count, capabilities, detail, registration } from './support/connect';
import { LATE, REFUSED, expectPlain, faultsOf, unreadableOf, type Bad } from './support/faults';
import { BUYER } from './support/state';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

const FAULTS = faultsOf('Interchange');
const UNREADABLE = unreadableOf('Interchange');
const SLOW: Bad = { name: 'no answer', fault: LATE, says: /did not answer within 30 seconds/i };

interface Endpoint {
  name: string;
  method: string;
  path: string;
  /** How many requests one reading makes. */
  times?: number;
  /** The page on which our token is given. Whatever is read there is not what the test is about. */
  from: string;
  /** What makes the request for the first time. */
  first(app: App, page: Page): Promise<void>;
  /** The same action again. */
  again(app: App, page: Page): Promise<void>;
  /** Where the person is told. */
  told(page: Page): Locator;
  /** What is there when all is well. */
  well(page: Page): Locator;
  /** Faults with an end of their own, which other tests are about. */
  except?: string[];
}

const alert = (page: Page): Locator => page.getByRole('main').getByRole('alert').filter({ hasText: /./ });
const retry = (app: App): Promise<void> => app.action('retry').first().click();
const link = (name: string) => (app: App): Promise<void> => app.follow(name);

const ENDPOINTS: Endpoint[] = [
  {
    name: 'the list of storefronts',
    method: 'GET',
    path: LIST,
    times: 2,
    from: 'settings',
    first: link('Storefronts'),
    again: retry,
    told: alert,
    well: (page) => page.getByText('8 storefronts'),
  },
  {
    name: 'a storefront',
    method: 'GET',
    path: detail(42),
    from: 'storefronts',
    first: link('Premium CTV Storefront'),
    again: retry,
    told: alert,
    well: (page) => page.getByText(/2 need credentials/),
    // It has no "Try again" on purpose.
    except: ['404'],
  },
  {
    name: 'what sources need',
    method: 'GET',
    path: capabilities(42),
    from: 'storefronts',
    first: link('Premium CTV Storefront'),
    again: retry,
    told: alert,
    well: (page) => page.getByText(/2 need credentials/),
  },
  {
    name: 'the credentials, on a storefront’s page',
    method: 'GET',
    path: CREDENTIALS,
    from: 'storefronts',
    first: link('Premium CTV Storefront'),
    again: retry,
    told: alert,
    well: (page) => page.getByText(/2 need credentials/),
  },
  {
    name: 'the credentials, on their page',
    method: 'GET',
    path: CREDENTIALS,
    from: 'storefronts',
    first: link('Credentials'),
    again: retry,
    told: alert,
    well: (page) => page.getByText('3 credentials'),
  },
  {
    name: 'the credentials, on the overview',
    method: 'GET',
    path: CREDENTIALS,
    from: 'storefronts',
    first: link('Overview'),
    again: retry,
    told: alert,
    well: (page) => page.getByRole('button', { name: 'Start consent again for acme-radio' }),
  },
  {
    name: 'the connection of an adapter',
    method: 'POST',
    path: 'buyer/storefronts/47/connection',
    from: 'storefronts/47',
    first: (app) => app.action('open-connection').click(),
    again: (app) => app.action('open-connection').click(),
    told: (page) => page.getByRole('main').getByRole('status').filter({ hasText: /./ }),
    well: (page) => page.getByText('It opened in a new tab.'),
  },
  {
    name: 'consent that is started again',
    method: 'POST',
    path: registration(43, 'src_radio'),
    from: 'storefronts/43/sources/src_radio',
    first: (app) => app.action('start-again').click(),
    // Not before the wait is over that Interchange asked for.
    again: async (app) => {
      await expect(app.action('check-now')).toHaveText('Check now');
      await app.action('start-again').click();
    },
    told: (page) => page.getByRole('main').getByRole('status').filter({ hasText: 'Consent could not be started' }),
    well: (page) => page.getByRole('link', { name: /Open the consent page/ }),
    // The form then asks for another identifier.
    except: ['409'],
  },
];

/** Only 401 is about the token. */
async function expectNoTalkOfTokens(app: App, bad: Bad, told: Locator): Promise<void> {
  if (bad.name !== '403') await expect(told.first()).not.toContainText(/token|sign in|password/i);
  await expect(app.tokenForm).toHaveCount(0);
}

test.beforeEach(({ guard }) => {
  guard.allowStatus(400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503);
  guard.allowNetworkErrors();
});

/** Gives our token where the test begins. The settings ask for none, so the list asks. */
async function begin(app: App, page: Page, { from }: Endpoint): Promise<void> {
  await app.openAs(BUYER, from === 'settings' ? 'storefronts/49' : from);
  if (from === 'storefronts') await expect(page.getByText('8 storefronts')).toBeVisible();
  if (from === 'settings') await app.follow('Settings');
}

for (const endpoint of ENDPOINTS) {
  const { name, method, path, times = 1, told, well } = endpoint;

  test(`${name}: every fault is told, and the same action mends it`, async ({ app, page, sandbox }) => {
    test.setTimeout(60_000);
    await begin(app, page, endpoint);
    const faults = FAULTS.filter((bad) => !endpoint.except?.includes(bad.name));
    const count = new Count(page, sandbox);
    let act = endpoint.first;
    let expected = 0;
    for (const bad of faults) {
      await sandbox.faults({ method, path, count: times, ...bad.fault });
      await act(app, page);
      act = endpoint.again;
      expected += times;
      await expect(told(page).filter({ hasText: bad.says }).first(), bad.name).toBeVisible();
      await expectPlain(told(page));
      await expectNoTalkOfTokens(app, bad, told(page));
      expect(count.fetched(method, path), `requests after ${bad.name}`).toBe(expected);
    }
    await act(app, page);
    await expect(well(page).first()).toBeVisible();
    await expect(told(page).filter({ hasText: UNREADABLE })).toHaveCount(0);
    // A browser may repeat what was dropped before an answer; the page itself does not.
    expect(count.fetched(method, path)).toBe(expected + times);
  });

  test(`${name}: when the token is refused, it is asked for in place`, async ({ app, page, sandbox }) => {
    await begin(app, page, endpoint);
    const count = new Count(page, sandbox);
    await sandbox.faults({ method, path, count: times, ...REFUSED });
    await endpoint.first(app, page);
    await expect(page.getByText('Interchange no longer accepts the token')).toBeVisible();
    await expect(app.tokenForm).toBeVisible();
    const address = page.url();
    expect(count.fetched(method, path)).toBe(times);
    await app.giveToken(BUYER);
    expect(page.url()).toBe(address);
    if (method === 'POST') {
      // What changes something waits for the person.
      expect(count.fetched(method, path)).toBe(1);
      await endpoint.again(app, page);
    }
    await expect(well(page).first()).toBeVisible();
    expect(count.fetched(method, path)).toBe(2 * times);
  });

  test(`${name}: no answer within 30 seconds`, async ({ app, page, sandbox }) => {
    await ownTime(page);
    await begin(app, page, endpoint);
    const count = new Count(page, sandbox);
    await sandbox.faults({ method, path, count: times, ...SLOW.fault });
    await endpoint.first(app, page);
    await expect.poll(async () => count.fetched(method, path)).toBe(times);
    // Whatever else the page reads has come, or the clock would cut it off as well.
    await expect.poll(() => count.unanswered()).toBe(times);
    await page.clock.fastForward(25_000);
    await expect(told(page).filter({ hasText: SLOW.says })).toHaveCount(0);
    await page.clock.fastForward(6_000);
    await expect(told(page).filter({ hasText: SLOW.says }).first()).toBeVisible();
    await expectNoTalkOfTokens(app, SLOW, told(page));
    expect(count.fetched(method, path)).toBe(times);
    await endpoint.again(app, page);
    await expect(well(page).first()).toBeVisible();
    expect(count.fetched(method, path)).toBe(2 * times);
  });
}

test('the account: every fault is told at the token’s form, and the token stays typed', async ({ app, page, sandbox }) => {
  await app.open('storefronts');
  const count = new Count(page, sandbox);
  const input = app.tokenForm.locator('[name="accessToken"]');
  const press = (): Promise<void> => app.tokenForm.locator('button[type="submit"]').click();
  await input.fill(BUYER);
  // Certain answers other than 401 say that the token is known: see the next test.
  const unsure = FAULTS.filter(({ name }) => !['400', '402', '403', '404', '409', '422'].includes(name));
  for (const [at, { name, fault, says }] of unsure.entries()) {
    await sandbox.faults({ method: 'GET', path: ACCOUNT, ...fault });
    await press();
    await expect(app.errorSummary, name).toContainText('This could not be checked');
    await expect(app.errorSummary, name).toContainText(says);
    await expectPlain(app.errorSummary);
    await expect(app.errorSummary).not.toContainText(/does not accept|expired/i);
    await expect(input).toHaveValue(BUYER);
    expect(count.fetched('GET', ACCOUNT)).toBe(at + 1);
  }
  await sandbox.faults({ method: 'GET', path: ACCOUNT, ...REFUSED });
  await press();
  await expect(app.errorSummary).toContainText('Interchange does not accept this token');
  await press();
  await expect(page.getByText('8 storefronts')).toBeVisible();
  expect(count.fetched('GET', ACCOUNT)).toBe(unsure.length + 2);
});

test('the account: what may not be read names nobody, and stops nobody', async ({ app, page, sandbox }) => {
  for (const code of [400, 402, 403, 404, 409, 422]) {
    await app.open('storefronts');
    await sandbox.faults({ method: 'GET', path: ACCOUNT, fault: 'status', status: code });
    await app.giveToken(BUYER);
    await expect(page.getByText('8 storefronts'), String(code)).toBeVisible();
    await expect(page.getByRole('banner')).not.toContainText('Acme Brand');
  }
});

test('a storefront that is gone has a way back, and opens when it is there again', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts');
  await sandbox.faults({ method: 'GET', path: detail(42), fault: 'status', status: 404 });
  await app.follow('Premium CTV Storefront');
  await expect(page.getByRole('heading', { name: 'This storefront no longer exists or is not visible to you' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Look at the storefronts' }).click();
  await app.follow('Premium CTV Storefront');
  await expect(page.getByText(/2 need credentials/)).toBeVisible();
});

test('consent that cannot be started again because the account exists: another identifier is asked for', async ({ app, sandbox, page }) => {
  const count = new Count(page, sandbox);
  await app.openAs(BUYER, 'storefronts/43/sources/src_radio');
  await sandbox.faults({ method: 'POST', path: registration(43, 'src_radio'), fault: 'status', status: 409 });
  await app.action('start-again').click();
  await expect(app.form).toBeVisible();
  await expect(app.control('accountIdentifier')).toHaveAccessibleDescription(/no new sign-in page for “acme-radio”\. Use another identifier/);
  await count.expectPosts(1, registration(43, 'src_radio'));
});
