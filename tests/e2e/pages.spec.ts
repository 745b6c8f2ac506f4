// The pages: what they show of the demo, and how one gets from one to the other.
import type { Page } from '@playwright/test';
import { LIST } from './support/connect';
import { expect, test } from './support/test';
import type { Status } from './support/app';

const BUYER = 'scope3_demo_buyer';

test('the list shows public and private storefronts, with what is known of them', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts');
  await expect(page.getByRole('status').filter({ hasText: '8 storefronts' })).toBeVisible();
  const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
  await expect(row('Premium CTV Storefront')).toContainText('premiumctv.example');
  await expect(row('Premium CTV Storefront')).toContainText(/2 of 4 sources/);
  await expect(row('Premium CTV Storefront')).toContainText('Live');
  await expect(row('Orchard Retail Media')).toContainText(/0 of 3 sources/);
  await expect(row('Quiet Lake Outdoors')).toContainText('Blocked');
  await expect(row('Snap Ads')).toContainText('Connects elsewhere');
  const asked = (await sandbox.requests('GET', LIST)).map(({ query }) => query);
  expect(asked).toHaveLength(2);
  expect(asked.filter((query) => query.includes('visibility=private'))).toHaveLength(1);
});

test('searching looks through both, and the address keeps the search', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts');
  const name = page.getByLabel('Name');
  await name.pressSequentially('AUDIO');
  await expect(page.getByRole('status').filter({ hasText: '1 storefront' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Harbor Audio Network' })).toBeVisible();
  await expect(page).toHaveURL(sandbox.url('storefronts?name=AUDIO'));
  await name.fill('lake');
  await expect(page.getByRole('link', { name: 'Quiet Lake Outdoors' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '1 storefront' })).toBeVisible();
  await page.reload();
  await app.giveToken(BUYER);
  await expect(name).toHaveValue('lake');
  await expect(page.getByRole('link', { name: 'Quiet Lake Outdoors' })).toBeVisible();
  await name.fill('zzz');
  await expect(page.getByRole('heading', { name: 'No storefront has “zzz” in its name' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await expect(page).toHaveURL(sandbox.url('storefronts'));
  await expect(name).toHaveValue('');
});

test('filters go to the server, and back brings them with the list', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts?visibility=private');
  await expect(page.getByLabel('Visibility')).toHaveValue('private');
  await expect(page.getByRole('link', { name: 'Quiet Lake Outdoors' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Premium CTV Storefront' })).toHaveCount(0);
  await page.getByLabel('Visibility').selectOption('public');
  await page.getByLabel('Status').selectOption('transacting');
  await expect(page).toHaveURL(sandbox.url('storefronts?visibility=public&status=transacting'));
  await expect.poll(async () => (await sandbox.requests('GET', LIST)).pop()?.query).toContain('status=transacting');
  await app.follow('Premium CTV Storefront');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Premium CTV Storefront');
  await page.goBack();
  await expect(page.getByLabel('Status')).toHaveValue('transacting');
  await expect(page.getByLabel('Visibility')).toHaveValue('public');
});

test('a long list comes page by page', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  await app.openAs(BUYER, 'storefronts');
  const rows = page.getByRole('main').getByRole('link', { name: /^[A-Z][a-z]+ [A-Z][a-z]+$/ });
  await expect(page.getByText('500 storefronts')).toBeVisible();
  const before = await rows.count();
  const known = await rows.allTextContents();
  await app.action('more').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBe(before + 20);
  // The button was drawn anew; the keyboard goes on at the first row that it brought.
  const focused = rows.and(page.locator(':focus'));
  await expect(focused).toHaveCount(1);
  expect(known).not.toContain(await focused.textContent());
  expect(new Set(await rows.allTextContents()).size).toBe(before + 20);
  await page.getByLabel('Name').fill('amber');
  await expect(page.getByText('20 storefronts')).toBeVisible();
  await expect(app.action('more')).toHaveCount(0);
});

const SEED: [number, string, Record<string, Status>][] = [
  [42, 'Premium CTV Storefront', { src_main: 'needs_credentials', src_live: 'connected', src_partner: 'needs_credentials', src_open: 'none_needed' }],
  [43, 'Harbor Audio Network', { src_podcasts: 'needs_credentials', src_radio: 'pending' }],
  [44, 'Northlight News', { src_news: 'unknown' }],
  [45, 'Orchard Retail Media', { src_web: 'needs_credentials', src_app: 'needs_credentials', src_store: 'needs_credentials' }],
  [46, 'Metro Transit Screens', { src_bus: 'connected', src_rail: 'connected', src_hall: 'connected' }],
  [48, 'Atelier Video', { src_jwt: 'needs_credentials', src_shared: 'needs_credentials' }],
];

test('every source of the demo has the status that the platform knows', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts');
  for (const [id, name, sources] of SEED) {
    await app.follow(name);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page).toHaveURL(sandbox.url(`storefronts/${id}`));
    await expect(page.locator('[data-source-id]')).toHaveCount(Object.keys(sources).length);
    for (const [source, status] of Object.entries(sources)) await app.expectStatus(source, status);
    await page.goBack();
  }
});

test('an admin sees the marketplace account; a source that needs nothing has no form', async ({ app }) => {
  await app.openAs('scope3_demo_admin', 'storefronts/48');
  await app.expectStatus('src_shared', 'connected');
  await expect(app.source('src_shared')).toContainText('acme-shared-seat');
  await expect(app.source('src_shared')).toContainText('marketplace');
  await app.follow('Storefronts');
  await app.follow('Premium CTV Storefront');
  await expect(app.source('src_open').getByRole('link')).toHaveCount(0);
});

test('consent at the provider: the panel waits, and finds what was done there', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts/43/sources/src_podcasts');
  await app.control('accountIdentifier').fill('acme-podcasts');
  await app.control('token').fill('anything');
  await app.submit();
  await app.expectPhase('awaiting-consent');
  const open = page.getByRole('link', { name: /Open the consent page/ });
  await expect(open).toHaveAttribute('href', new RegExp(`^${sandbox.auth}`));
  await expect(open).toHaveAttribute('target', '_blank');
  await expect(open).toHaveAttribute('rel', /noopener/);
  await app.action('check-now').click();
  await expect(page.getByText('Interchange has not seen your consent yet')).toBeVisible();
  await sandbox.consent('801', 'approve');
  await app.action('check-now').click();
  await app.expectPhase('connected');
});

const PAGES: [string, string, string][] = [
  ['', 'Overview', 'Overview · Credenza'],
  ['settings', 'Settings', 'Settings · Credenza'],
  ['storefronts', 'Storefronts', 'Storefronts · Credenza'],
  ['storefronts/42', 'Premium CTV Storefront', 'Premium CTV Storefront · Credenza'],
  ['storefronts/42/sources/src_main', 'Connect Premium CTV — Direct', 'Connect Premium CTV — Direct · Credenza'],
  ['credentials', 'Credentials', 'Credentials · Credenza'],
];

test('every page opens by its address, survives a reload, and has a title', async ({ app, page }) => {
  for (const [path, heading, title] of PAGES) {
    await app.open(path);
    for (const again of [false, true]) {
      if (again) await page.reload();
      if (/^(storefronts|credentials)/.test(path)) await app.giveToken(BUYER);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await expect(page).toHaveTitle(title);
    }
  }
});

test('links and back move the focus to the heading, and nothing is loaded anew', async ({ app, page, sandbox }) => {
  await app.openAs(BUYER, 'storefronts');
  await page.evaluate(() => Object.assign(window, { same: true }));
  const here = async (at: number) => {
    const [path, heading, title] = PAGES[at] as [string, string, string];
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page).toHaveTitle(title);
    expect(page.url()).toBe(sandbox.url(path));
  };
  await app.follow('Premium CTV Storefront');
  await here(3);
  await app.source('src_main').getByRole('link').click();
  await here(4);
  await app.follow('Settings');
  await here(1);
  await app.follow('Overview');
  await here(0);
  await app.follow('Credentials');
  await here(5);
  for (const at of [0, 1, 4, 3, 2]) {
    await page.goBack();
    await here(at);
  }
  await page.goForward();
  await here(3);
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Storefronts' })).toHaveAttribute('aria-current', 'page');
});

for (const path of ['no/such/page', 'storefronts/0', 'storefronts/42/sources', 'credentials/1', 'settings/more']) {
  test(`there is no page at ${path}, and a way out`, async ({ app, page }) => {
    await app.open(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
    await expect(page).toHaveTitle('There is no page at this address · Credenza');
    await page.getByRole('main').getByRole('link', { name: 'Go to the overview' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  });
}

test('light and dark follow the device until one is chosen, and the choice is kept', async ({ app, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open('settings');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  const choose = (name: string) => page.getByRole('banner').locator('label').filter({ hasText: name }).click();
  await choose('Light');
  await expect.poll(background).toBe(light);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await expect.poll(background).toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await choose('Dark');
  await expect.poll(background).toBe(dark);
  await choose('Same as this device');
  await expect.poll(background).toBe(light);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('times are local with their offset, and the copied summary has them in UTC', async ({ app, page, sandbox, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.openAs(BUYER, 'storefronts/42/sources/src_main');
  await app.control('accountIdentifier').fill('acme-times');
  await app.control('token').fill('k');
  await app.submit();
  await app.expectPhase('connected');
  await expect(page.locator('time')).toHaveText(/GMT[+-]\d/);
  await page.getByRole('button', { name: 'Copy summary' }).click();
  await expect(page.getByText('Copied. It holds no secret')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Registered: \d{4}-\d\d-\d\dT[\d:.]+Z$/m);
  expect(copied).toContain('Account: acme-times');
  expect(copied).not.toContain('scope3_');
  expect((await sandbox.requests('POST')).length).toBe(1);
});

/** Nothing that is written in the header lies over anything else there, and these words are among it. */
async function expectApart(page: Page, words: string[]): Promise<void> {
  const boxes = await page.getByRole('banner').evaluate((header) => {
    const range = document.createRange();
    const words = document.createTreeWalker(header, NodeFilter.SHOW_TEXT);
    const found: { text: string; x: number; y: number; right: number; bottom: number }[] = [];
    while (words.nextNode()) {
      range.selectNodeContents(words.currentNode);
      const { x, y, right, bottom, width } = range.getBoundingClientRect();
      const hidden = words.currentNode.parentElement?.closest('.cz-visually-hidden, .cz-skip') != null;
      if (width > 0 && !hidden) found.push({ text: words.currentNode.textContent ?? '', x, y, right, bottom });
    }
    return found;
  });
  expect(boxes.map(({ text }) => text)).toEqual(expect.arrayContaining(words));
  const over = boxes.flatMap((one, at) =>
    boxes.slice(at + 1).flatMap((two) => {
      const apart = one.right <= two.x || two.right <= one.x || one.bottom <= two.y || two.bottom <= one.y;
      return apart ? [] : [`${one.text} and ${two.text}`];
    }),
  );
  expect(over).toEqual([]);
}

for (const width of [320, 360, 1280]) {
  test(`nothing in the header lies over anything else, ${width} pixels wide`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await app.openAs(BUYER, 'storefronts');
    await expect(page.getByRole('banner')).toContainText('Acme Brand');
    await expectApart(page, ['Storefronts', 'Credentials', 'Settings']);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than the page').toBe(width);
  });
}

for (const path of ['agents', 'destinations', 'destinations/new', 'inventory']) {
  test(`there is no page at ${path} where the configuration does not speak of it`, async ({ app, page }) => {
    await app.open(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
  });
}

test.describe('with every service', () => {
  test.use({ registry: true, destinations: true, inventory: true });

  const ALL: [string, string][] = [
    ['agents', 'Agents'], ['agents/https%3A%2F%2Fagent.example', 'https://agent.example'], ['destinations', 'Destinations (Sandbox)'],
    ['destinations/new', 'New credential'], ['destinations/n9%2Fb4', 'n9/b4'], ['inventory', 'Inventory (Sandbox)'],
  ];

  for (const [path, heading] of ALL) {
    test(`${path}: opens by its address, has a title, and fits small screens`, async ({ app, page }) => {
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await app.open(path);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
        await expect(page).toHaveTitle(`${heading} · Credenza`);
        await expect(page.getByRole('main').locator('form, [data-action="sign-in"]').first()).toBeVisible();
        await expectApart(page, ['Storefronts', 'Credentials', 'Destinations', 'Inventory', 'Agents', 'Settings']);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than the page').toBe(width);
      }
    });
  }

  for (const path of ['destinations/new/more', 'destinations/a/b', 'inventory/more', 'agents/a/b']) {
    test(`there is no page at ${path}`, async ({ app, page }) => {
      await app.open(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
    });
  }

  test('the navigation leads from each service to each, and says where one is', async ({ app, page }) => {
    await app.open();
    const main = page.getByRole('navigation', { name: 'Main' });
    for (const [link, heading] of [
      ['Inventory', 'Inventory (Sandbox)'], ['Agents', 'Agents'], ['Destinations', 'Destinations (Sandbox)'], ['Storefronts', 'Storefronts'],
      ['Destinations', 'Destinations (Sandbox)'], ['Inventory', 'Inventory (Sandbox)'],
    ] as const) {
      await main.getByRole('link', { name: link }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(main.getByRole('link', { name: link })).toHaveAttribute('aria-current', 'page');
      await expect(main.locator('[aria-current]')).toHaveCount(1);
    }
  });
});
