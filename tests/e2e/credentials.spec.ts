// The list of all credentials: what it shows, how it is filtered and sorted, and that its length does not matter.
import type { Locator, Page } from '@playwright/test';
import { CREDENTIALS } from './support/connect';
import type { Sandbox, Token } from './support/sandbox';
import { BUYER } from './support/state';
import { expect, test } from './support/test';

const ADMIN = 'scope3_demo_admin';
const COLUMNS = ['Account', 'Sources', 'Account type', 'Status', 'Registered by', 'Created', 'Updated'] as const;

interface Row {
  id: string;
  accountIdentifier: string;
  accountType: string;
  status: string;
  registeredBy: string | null;
  createdAt: string;
  updatedAt: string;
  sources: { sourceName: string; storefrontName: string }[];
}

/** The list as the gateway tells it. */
async function listed(page: Page, sandbox: Sandbox, token: Token = BUYER): Promise<Row[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await page.request.get(`${new URL(sandbox.gateway, sandbox.console).href}${CREDENTIALS}`, { headers });
  return ((await answer.json()) as { data: Row[] }).data;
}

const sources = (row: Row): string => row.sources.map((pair) => `${pair.sourceName} at ${pair.storefrontName}`).join(', ') || 'No source left';

/** What a row is sorted by, column by column. */
const KEYS: ((row: Row) => string)[] = [
  (row) => row.accountIdentifier.toLowerCase(),
  (row) => sources(row).toLowerCase(),
  (row) => row.accountType,
  (row) => row.status,
  (row) => (row.registeredBy ?? 'not recorded').toLowerCase(),
  (row) => row.createdAt,
  (row) => row.updatedAt,
];

const table = (page: Page): Locator => page.getByRole('table', { name: 'Credentials' });
/** The rows in the page, without that of the headings. */
const rows = (page: Page): Locator => table(page).getByRole('row').filter({ has: page.getByRole('cell') });
/** The heading of a column. The arrow of its order is no part of its name. */
const head = (page: Page, name: string): Locator => table(page).getByRole('columnheader', { name, exact: true });
const scroller = (page: Page): Locator => page.getByRole('region', { name: 'Credentials' });
const count = (page: Page, words: string | RegExp): Locator => page.getByRole('main').getByRole('status').filter({ hasText: words });
const ofAll = (shown: number, all: string): RegExp => new RegExp(`^${shown.toLocaleString('en')} of ${all} credentials$`);

/** The cells of the row of an account, as the page shows them. */
const cells = (page: Page, account: string): Promise<string[]> =>
  rows(page).filter({ has: page.getByText(account, { exact: true }) }).getByRole('cell').allTextContents();

/** The rows in the page that can be seen at least in part, each with its number and its account. */
const seen = (page: Page): Promise<{ number: number; account: string }[]> =>
  scroller(page).evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    const all = [...box.querySelectorAll<HTMLElement>('[role=row]:has([role=cell])')].filter((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > top && place.top < bottom;
    });
    return all.map((row) => ({ number: Number(row.getAttribute('aria-rowindex')), account: row.querySelector('[role=cell]')?.textContent ?? '' }));
  });

const newest = (all: Row[]): Row[] => [...all].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

test('every credential of the company is listed, in the person’s words and time zone', async ({ app, page }) => {
  await app.open();
  await app.follow('Credentials');
  await expect(page).toHaveTitle('Credentials · Credenza');
  await app.giveToken(ADMIN);
  await expect(count(page, '4 credentials')).toBeVisible();
  await expect(page.getByText('Every account that Acme Brand has registered at a source.')).toBeVisible();
  await expect(table(page).getByRole('columnheader')).toHaveText([...COLUMNS, 'Next step']);
  expect(await cells(page, 'acme-brand-account')).toEqual([
    'acme-brand-account',
    'Premium CTV — Live Sports at Premium CTV Storefront',
    'Client',
    'Active',
    'buyer@acmebrand.example',
    expect.stringMatching(/^23 Feb 2026,? 20:55 GMT\+1$/),
    expect.stringMatching(/^23 Feb 2026,? 20:56 GMT\+1$/),
    '',
  ]);
  const shared = await cells(page, 'acme-shared-seat');
  expect(shared.slice(2, 5)).toEqual(['Marketplace', 'Active', 'not recorded']);
  expect((await cells(page, 'acme-metro'))[1]).toBe(
    'Metro Bus at Metro Transit Screens, Metro Rail at Metro Transit Screens, Metro Hall at Metro Transit Screens',
  );
});

test('only what waits for consent can be started again, and each button says for which account', async ({ app, page }) => {
  await app.openAs(BUYER, 'credentials');
  await expect(count(page, '3 credentials')).toBeVisible();
  const again = table(page).getByRole('button', { name: /^Start consent again/ });
  await expect(again).toHaveCount(1);
  await expect(again).toHaveAccessibleName('Start consent again for acme-radio');
  expect((await cells(page, 'acme-radio'))[3]).toBe('Pending');
});

test('in the first reference’s form the list says what it does not tell', async ({ app, page, sandbox }) => {
  await sandbox.reset('demo', { rows: 'old' });
  await app.openAs(BUYER, 'credentials');
  await expect.poll(async () => (await cells(page, 'acme-brand-account')).slice(1, 3)).toEqual(['Not told', 'Not told']);
  expect((await cells(page, 'acme-brand-account'))[6]).toBe('');
});

test('the filter looks through every column, in any case, and its count is told', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  const all = await listed(page, sandbox, ADMIN);
  await app.openAs(ADMIN, 'credentials');
  await expect(count(page, /^10,000 credentials$/)).toBeVisible();
  const created = (await rows(page).first().getByRole('cell').nth(5).textContent()) ?? '';
  const filter = page.getByLabel('Filter');
  const tries: [string, (row: Row) => boolean][] = [
    ['MÜLLER', (row) => row.accountIdentifier === 'Müller Medien'],
    ['zEPHYR vIDEO premium', (row) => sources(row).includes('Zephyr Video Premium')],
    ['MARKETPLACE', (row) => row.accountType === 'MARKETPLACE'],
    ['pending', (row) => row.status === 'PENDING'],
    ['Planner@AcmeBrand', (row) => row.registeredBy?.startsWith('planner@') === true],
    [' NOT RECORDED ', (row) => row.registeredBy === null],
    ['"acme"', (row) => row.accountIdentifier.includes('"acme"')],
  ];
  for (const [words, fits] of tries) {
    await filter.fill(words);
    await expect(count(page, ofAll(all.filter(fits).length, '10,000')), words).toBeVisible();
    await expect(table(page)).toHaveAttribute('aria-rowcount', String(all.filter(fits).length + 1));
  }
  await filter.fill(created.toUpperCase());
  await expect.poll(async () => (await rows(page).first().getByRole('cell').nth(5).textContent()) === created).toBe(true);
  await filter.fill('acme-0001');
  await expect(count(page, /^\d+ of 10,000 credentials$/)).toBeVisible();
  await filter.fill('');
  await expect(count(page, /^10,000 credentials$/)).toBeVisible();
});

test('type and status narrow the list, and stand in the address', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  const all = await listed(page, sandbox, ADMIN);
  await app.openAs(ADMIN, 'credentials');
  await page.getByLabel('Account type').selectOption({ label: 'Marketplace' });
  await expect(count(page, '1,111 of 10,000 credentials')).toBeVisible();
  await page.getByLabel('Status').selectOption({ label: 'Pending' });
  const both = all.filter((row) => row.accountType === 'MARKETPLACE' && row.status === 'PENDING').length;
  await expect(count(page, ofAll(both, '10,000'))).toBeVisible();
  await expect(page).toHaveURL(sandbox.url('credentials?type=marketplace&status=pending'));
  await page.getByLabel('Account type').selectOption({ label: 'All' });
  await page.getByLabel('Status').selectOption({ label: 'Any' });
  await expect(count(page, /^10,000 credentials$/)).toBeVisible();
  await expect(page).toHaveURL(sandbox.url('credentials'));
});

test('every column sorts both ways, and says so', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  const all = await listed(page, sandbox);
  await app.openAs(BUYER, 'credentials');
  await expect(count(page, /^8,889 credentials$/)).toBeVisible();
  await expect(head(page, 'Created')).toHaveAttribute('aria-sort', 'descending');
  const byAccount = new Map(all.map((row) => [row.accountIdentifier, row]));
  for (const [at, name] of COLUMNS.entries()) {
    const key = KEYS[at] as (row: Row) => string;
    const keys = all.map(key).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const ways = new Set<string>();
    for (const _ of [1, 2]) {
      const button = head(page, name).getByRole('button');
      await button.click();
      await expect(button).toBeFocused();
      const way = (await head(page, name).getAttribute('aria-sort')) ?? 'none';
      ways.add(way);
      const expected = (way === 'descending' ? [...keys].reverse() : keys).slice(0, 8);
      await expect
        .poll(async () => (await seen(page)).slice(0, 8).map(({ account }) => key(byAccount.get(account) as Row)), `${name}, ${way}`)
        .toEqual(expected);
      await expect(table(page).locator('[aria-sort]')).toHaveCount(1);
    }
    expect(ways, name).toEqual(new Set(['ascending', 'descending']));
  }
});

test('an address with filter and order is a link that can be kept, and a reload keeps it too', async ({ app, page, sandbox }) => {
  const path = 'credentials?filter=METRO&type=client&status=active&sort=-account';
  await app.open(path);
  for (const again of [false, true]) {
    if (again) await page.reload();
    await app.giveToken(BUYER);
    await expect(count(page, '1 of 3 credentials')).toBeVisible();
    await expect(page.getByLabel('Filter')).toHaveValue('METRO');
    await expect(page.getByLabel('Account type')).toHaveValue('CLIENT');
    await expect(page.getByLabel('Status')).toHaveValue('ACTIVE');
    await expect(head(page, 'Account')).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(sandbox.url(path));
  }
});

test('an order that nobody knows, or a strange choice, breaks nothing', async ({ app, page }) => {
  await app.openAs(BUYER, 'credentials?sort=-%3Cnothing%3E');
  await expect(count(page, '3 credentials')).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await expect(table(page).locator('[aria-sort]')).toHaveCount(0);
  await head(page, 'Account').getByRole('button').click();
  await expect(head(page, 'Account')).toHaveAttribute('aria-sort', 'ascending');
  await app.openAs(BUYER, 'credentials?type=nonsense&status=%20');
  await expect(page.getByRole('heading', { name: 'No credential fits the filter' })).toBeVisible();
});

test('a source’s link leads to its page; Back brings the filter and forth goes on', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'credentials');
  await page.getByLabel('Filter').fill('live sports');
  await head(page, 'Updated').getByRole('button').click();
  await expect(count(page, '1 of 3 credentials')).toBeVisible();
  const path = 'credentials?filter=live+sports&sort=-updated';
  await expect.poll(() => page.url().replace('%20', '+')).toBe(sandbox.url(path));
  await table(page).getByRole('link', { name: 'Premium CTV — Live Sports at Premium CTV Storefront' }).click();
  await expect(page).toHaveURL(sandbox.url('storefronts/42/sources/src_live'));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByLabel('Filter')).toHaveValue('live sports');
  await expect(count(page, '1 of 3 credentials')).toBeVisible();
  await expect(head(page, 'Updated')).toHaveAttribute('aria-sort', 'descending');
  await page.goForward();
  await expect(page).toHaveURL(sandbox.url('storefronts/42/sources/src_live'));
  await page.goBack();
  // The link to this very page begins anew, and Back undoes that.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Credentials' }).click();
  await expect(page.getByLabel('Filter')).toHaveValue('');
  await expect(count(page, /^3 credentials$/)).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Filter')).toHaveValue('live sports');
});

test('leaving before the address has followed does not lose what was typed', async ({ app, page }) => {
  await app.openAs(BUYER, 'credentials');
  await expect(rows(page)).toHaveCount(3);
  // In one task, so that no pause lies between the two.
  await page.getByLabel('Filter').evaluate((input: HTMLInputElement) => {
    input.value = 'metro';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector<HTMLElement>('nav a[href$="/settings"]')?.click();
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await page.goBack();
  await expect(page.getByLabel('Filter')).toHaveValue('metro');
});

test('no marketplace account is said to be none that this token can see', async ({ app, page }) => {
  await app.openAs(BUYER, 'credentials?type=marketplace');
  await expect(page.getByRole('heading', { name: 'None visible to this token' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/none exist|no marketplace|there are no/i);
  await expect(page.getByRole('button', { name: 'Download CSV' })).toHaveCount(0);
  await app.action('clear-filters').click();
  await expect(count(page, /^3 credentials$/)).toBeVisible();
});

test('nothing fits, or nothing is there: the way on is offered', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'credentials?filter=zzz&sort=account');
  await expect(page.getByRole('heading', { name: 'No credential fits the filter' })).toBeVisible();
  await expect(count(page, '0 of 3 credentials')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page).toHaveURL(sandbox.url('credentials?sort=account'));
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
  await sandbox.reset('empty');
  await app.openAs(BUYER, 'credentials');
  await expect(page.getByRole('heading', { name: 'No credentials yet' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Look at the storefronts' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Storefronts');
});

test('of a long list only the rows in view are in the page, wherever one scrolls', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  const order = newest(await listed(page, sandbox));
  await app.openAs(BUYER, 'credentials');
  await expect(table(page)).toHaveAttribute('aria-rowcount', '8890');
  for (const part of [0, 0.5, 1, 0.25]) {
    await scroller(page).evaluate((box, part) => (box.scrollTop = part * box.scrollHeight), part);
    await expect.poll(async () => Math.abs(((await seen(page))[0]?.number ?? 0) - 8889 * part)).toBeLessThan(40);
    const now = await seen(page);
    expect(now.length).toBeGreaterThan(8);
    expect(await rows(page).count()).toBeLessThan(60);
    for (const [at, { number, account }] of now.entries()) {
      expect(number).toBe((now[0]?.number ?? 0) + at);
      expect(account, `row ${number}`).toBe(order[number - 2]?.accountIdentifier);
    }
    if (part === 1) expect(now.at(-1)?.number).toBe(8890);
  }
  // Another order begins at its top.
  await head(page, 'Account').getByRole('button').click();
  await expect.poll(async () => (await seen(page))[0]?.number).toBe(2);
});
