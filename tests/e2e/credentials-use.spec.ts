// The list of all credentials in use: by keyboard, on a telephone, when it cannot be read, and as a file.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { CREDENTIALS, Count } from './support/connect';
import { BUYER, GATEWAY } from './support/state';
import { expect, test } from './support/test';

const table = (page: Page): Locator => page.getByRole('table', { name: 'Credentials' });
const rows = (page: Page): Locator => table(page).getByRole('row').filter({ has: page.getByRole('cell') });
const scroller = (page: Page): Locator => page.getByRole('region', { name: 'Credentials' });
const count = (page: Page, words: string | RegExp): Locator => page.getByRole('main').getByRole('status').filter({ hasText: words });
const top = (page: Page): Promise<number> => scroller(page).evaluate((box) => box.scrollTop);

test.describe('by keyboard', () => {
  test.beforeEach(async ({ app, page, sandbox }) => {
    await sandbox.reset('large');
    await app.openAs(BUYER, 'credentials');
    await expect(count(page, /^8,889 credentials$/)).toBeVisible();
  });

  test('the table takes the focus, and the keys of a long page scroll it', async ({ page }) => {
    await page.getByLabel('Status').focus();
    for (let steps = 0; steps < 4 && !(await scroller(page).evaluate((box) => box === document.activeElement)); steps += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(scroller(page)).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect.poll(() => top(page)).toBeGreaterThan(100);
    // A key that comes while the page still glides may count for nothing.
    await scroller(page).evaluate(async (box) => {
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      for (let before = -1; before !== box.scrollTop; await frame(), await frame()) before = box.scrollTop;
    });
    await page.keyboard.press('End');
    await expect(rows(page).last()).toHaveAttribute('aria-rowindex', '8890');
    await expect(rows(page).last()).toBeInViewport();
    await page.keyboard.press('Home');
    await expect.poll(() => top(page)).toBe(0);
    await expect(scroller(page)).toBeFocused();
  });

  test('the focus in a row that scrolls away stays in the table', async ({ page }) => {
    await rows(page).first().getByRole('link').focus();
    await scroller(page).evaluate((box) => (box.scrollTop = box.scrollHeight / 2));
    await expect(rows(page).first()).not.toHaveAttribute('aria-rowindex', '2');
    await expect(scroller(page)).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
  });

  test('Tab goes from row to row, further than what is in view at first', async ({ page }) => {
    await rows(page).first().getByRole('link').focus();
    const at = () => page.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? 0));
    const visited = [await at()];
    // A row that waits has two stops: its source and its button.
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      visited.push(await at());
    }
    expect(visited.at(-1), `rows that had the focus: ${visited.join(' ')}`).toBeGreaterThan(30);
    expect(visited, 'never back, never out of the rows').toEqual([...visited].sort((a, b) => a - b));
  });
});

test('however tall the window is, its table is full of rows at once', async ({ app, page, sandbox }) => {
  await page.setViewportSize({ width: 1280, height: 1600 });
  await sandbox.reset('large');
  await app.openAs(BUYER, 'credentials');
  await expect(count(page, /^8,889 credentials$/)).toBeVisible();
  const [box, last] = [await scroller(page).boundingBox(), await rows(page).last().boundingBox()];
  if (box === null || last === null) throw new Error('there is no table');
  expect(box.height, 'the table uses the window').toBeGreaterThan(800);
  expect(last.y + last.height, 'no gap below the last row').toBeGreaterThanOrEqual(box.y + box.height - 1);
});

test('on a narrow screen each credential is a card, and nothing is cut off sideways', async ({ app, page, sandbox }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await app.openAs(BUYER, 'credentials');
  await expect(rows(page)).toHaveCount(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await scroller(page).evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  const card = rows(page).filter({ hasText: 'acme-radio' });
  const place = await card.boundingBox();
  for (const cell of await card.getByRole('cell').all()) {
    const inside = await cell.boundingBox();
    if (place === null || inside === null) throw new Error('there is no card');
    expect(inside.x).toBeGreaterThanOrEqual(place.x);
    expect(inside.x + inside.width).toBeLessThanOrEqual(place.x + place.width + 0.5);
    expect(inside.y + inside.height).toBeLessThanOrEqual(place.y + place.height + 0.5);
  }
  const again = card.getByRole('button', { name: 'Start consent again for acme-radio' });
  await again.scrollIntoViewIfNeeded();
  await expect(again).toBeInViewport({ ratio: 1 });
  // All columns can be sorted by here as well.
  await table(page).getByRole('columnheader', { name: 'Account', exact: true }).getByRole('button').click();
  await expect(rows(page).first()).toContainText('acme-brand-account');
  await sandbox.reset('large');
  await app.openAs(BUYER, 'credentials');
  await scroller(page).evaluate((box) => (box.scrollTop = box.scrollHeight));
  await expect(rows(page).last()).toHaveAttribute('aria-rowindex', '8890');
  expect(await rows(page).count()).toBeLessThan(60);
  // Turned over, the rows have another height; the last is still there.
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(table(page)).toHaveAttribute('aria-rowcount', '8890');
  await expect.poll(() => rows(page).first().boundingBox().then((box) => box?.height)).toBeLessThan(60);
});

test('the list cannot be read: it is told, nothing is counted, and trying again mends it', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(503);
  await app.open('credentials');
  await sandbox.faults({ method: 'GET', path: CREDENTIALS, fault: 'status', status: 503 });
  await app.giveToken(BUYER);
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Interchange has a problem (status 503)');
  await expect(page.getByText(/\d credential/)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'No credentials yet' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(count(page, '3 credentials')).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test('a token that is refused is asked for in place, and the filter is kept', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  await app.openAs(BUYER, 'credentials?filter=metro');
  await expect(count(page, '1 of 3 credentials')).toBeVisible();
  await sandbox.faults({ method: 'GET', path: CREDENTIALS, fault: 'status', status: 401 });
  await app.follow('Overview');
  await page.goBack();
  await expect(app.tokenForm).toBeVisible();
  await expect(page.getByText('Interchange no longer accepts the token')).toBeVisible();
  await expect(table(page)).toHaveCount(0);
  await app.giveToken('scope3_demo_admin');
  await expect(count(page, '1 of 4 credentials')).toBeVisible();
  await expect(page.getByLabel('Filter')).toHaveValue('metro');
});

test.describe('through a gateway', () => {
  test.use({ config: GATEWAY });

  test('no token is asked for; a session that has ended is told in place', async ({ app, page, sandbox, guard, context }) => {
    guard.allowStatus(401);
    await sandbox.session(context, BUYER);
    await app.open('credentials?filter=radio');
    await expect(count(page, '1 of 3 credentials')).toBeVisible();
    await expect(app.tokenForm).toHaveCount(0);
    await app.follow('Settings');
    await sandbox.endSessions();
    await page.goBack();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Your session has ended');
    await expect(page.getByText('acme-radio')).toHaveCount(0);
    await sandbox.session(context, BUYER);
    await app.action('continue').click();
    await expect(count(page, '1 of 3 credentials')).toBeVisible();
  });
});


/** Lines of cells, as RFC 4180 has them. */
function parse(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ',') lines.push([]);
  }
  expect(lines.pop(), 'what follows the last line').toEqual([]);
  return lines;
}

async function saved(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('credenza-credentials.csv');
  return (await readFile(await file.path())).toString('utf8');
}

const NAMES = ['Credential ID', 'Account', 'Sources', 'Account type', 'Status', 'Registered by', 'Created (UTC)', 'Updated (UTC)'];

test('the whole list can be saved as a file that spreadsheets take for text', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  await app.openAs(BUYER, 'credentials');
  await expect(count(page, /^8,889 credentials$/)).toBeVisible();
  const requests = new Count(page, sandbox);
  const text = await saved(page);
  expect(requests.fetched('GET', CREDENTIALS), 'the rows are at hand').toBe(0);
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.slice(1)).not.toContain('\ufeff');
  expect(text.replaceAll('\r\n', ''), 'every line ends with CRLF').not.toMatch(/[\r\n]/);
  const [names, ...lines] = parse(text.slice(1));
  expect(names).toEqual(NAMES);
  expect(lines).toHaveLength(8889);
  // At once: ten thousand small expectations take long.
  const strange = lines.filter(
    (line) =>
      line.length !== 8 ||
      line.some((cell) => /^[=+\-@\t\r]/.test(cell)) ||
      line.slice(6).some((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)),
  );
  expect(strange).toEqual([]);
  const created = lines.map((line) => line[6] ?? '');
  expect(created, 'the newest first').toEqual([...created].sort().reverse());
  for (const cell of [`"'=SUM(A1:A9)"`, `"'+acme"`, `"'-acme"`, `"'@acme"`, `"'=""acme"""`, '"acme, north"', '"acme ""prime"""']) {
    expect(text).toContain(`,${cell},`);
  }
  for (const account of ['Müller Medien', '日本メディア', "'-2+3", 'acme-00001']) expect(lines.map((line) => line[1])).toContain(account);
  expect(lines.filter((line) => line[5] === '').length, 'not recorded stays empty').toBeGreaterThan(0);
  expect(text).not.toContain('scope3_');
  expect(text).not.toContain('authorization');
});

test('only what is shown is saved, in the order in which it is shown', async ({ app, page, sandbox }) => {
  await sandbox.reset('large');
  await app.openAs(BUYER, 'credentials?filter=acme-0012&status=active&sort=-account');
  await expect(count(page, /^\d+ of 8,889 credentials$/)).toBeVisible();
  const shown = await rows(page).evaluateAll((all) => all.map((row) => row.querySelector('[role=cell]')?.textContent));
  const lines = parse((await saved(page)).slice(1)).slice(1);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.map((line) => line[1])).toEqual(shown);
  expect(shown).toEqual([...shown].sort().reverse());
  // Another filter, another file.
  await page.getByLabel('Filter').fill('=SUM');
  await expect(count(page, '1 of 8,889 credentials')).toBeVisible();
  expect(parse((await saved(page)).slice(1)).slice(1).map((line) => line[1])).toEqual(["'=SUM(A1:A9)"]);
});
