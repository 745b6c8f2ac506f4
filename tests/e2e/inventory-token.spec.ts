// The inventory's token: how long it lasts, when it is asked for again, and what is done with it.
import type { Page } from '@playwright/test';
import { Canary } from './support/canary';
import { Count } from './support/connect';
import {
  DEVICES, STEP_DEVICES, TOKEN, TOKEN_BEGINS, bearer, connect, deviceRequests, expectAsked, expectConnected, expectSteps, life, notRenewed, openInventory,
  rawToken, retrying, step, tokenRequests,
} from './support/inventory';
import type { Sandbox } from './support/sandbox';
import { expect, test } from './support/test';
import { INVENTORY } from './support/switches';
import { ownTime } from './support/time';

test.use({ inventory: true });

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Seconds; renewed between 880 and 920 of them. */
const LASTS = { token_lifetime: 1000 };
const FULL = '17 minutes left';

/** What the page asked for from now on. */
const counting = (page: Page, sandbox: Sandbox): Count => new Count(page, sandbox, new URL('gateway/', sandbox.console).pathname);

/** Time stands still from now on, and moves by `page.clock.runFor` alone. */
async function stopTime(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + SECOND);
}

/** The page is seen by nobody, or by somebody again. */
async function show(page: Page, seen: boolean): Promise<void> {
  await page.evaluate((seen) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (seen ? 'visible' : 'hidden') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, seen);
}

test('what is left is told as text and as a ring, and one request renews it at nine tenths', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory(LASTS);
  const count = counting(page, sandbox);
  await connect(app);
  await expect(life(page)).toHaveText(FULL);
  const ring = life(page).locator('circle').last();
  await expect(ring).toHaveAttribute('stroke-dasharray', /^(99|100) /);
  await page.clock.fastForward(500 * SECOND);
  await expect(life(page)).toHaveText('9 minutes left');
  await expect(ring).toHaveAttribute('stroke-dasharray', /^(49|50) /);
  await page.clock.fastForward(370 * SECOND);
  await expect(life(page)).toHaveText('3 minutes left');
  expect(count.fetched('POST', TOKEN)).toBe(1);
  await page.clock.fastForward(55 * SECOND);
  await expect(life(page)).toHaveText(FULL);
  await page.clock.runFor(5 * SECOND);
  await expectAsked(sandbox, 2, 1);
  const [first, second] = await tokenRequests(sandbox);
  expect(second?.raw).toBe(rawToken(INVENTORY.clientId));
  expect(second?.body).toEqual(first?.body);
  await expect(notRenewed(page)).toHaveCount(0);
});

test('the token that was given last is the one that is used', async ({ app, page, sandbox }) => {
  await connect(app);
  const given = page.waitForResponse((response) => response.url().endsWith(TOKEN));
  await app.action('renew').click();
  const { access_token: token } = (await (await given).json()) as { access_token: string };
  await expect(app.action('check')).toHaveText('Check again');
  await app.action('check').click();
  await expectAsked(sandbox, 2, 2);
  expect((await deviceRequests(sandbox))[1]?.headers['authorization']).toEqual(bearer(token));
});

test('nothing is asked while nobody sees the page, and at once when somebody does', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory(LASTS);
  const count = counting(page, sandbox);
  await connect(app);
  await show(page, false);
  await page.clock.fastForward(1500 * SECOND);
  await page.clock.runFor(10 * SECOND);
  expect(count.fetched('POST', TOKEN)).toBe(1);
  await show(page, true);
  await page.clock.runFor(2 * SECOND);
  await expect(life(page)).toHaveText(FULL);
  await page.clock.runFor(5 * SECOND);
  await expectAsked(sandbox, 2, 1);
});

test('a token that is not accepted any more is renewed once, and the step repeated once', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  await connect(app);
  await sandbox.inventory({ forget: ['tokens'] });
  await app.action('check').click();
  await expectAsked(sandbox, 2, 3);
  await expect(step(page, STEP_DEVICES)).toContainText(/Passed.*Status 200/);
  await expectConnected(app);
  // Where a new token does not help either, nothing goes on by itself.
  await sandbox.faults({ path: DEVICES, fault: 'status', status: 401, count: 2 });
  await app.action('check').click();
  await expect(page.getByRole('heading', { name: 'The last check failed' })).toBeVisible();
  await expect(step(page, STEP_DEVICES)).toContainText('Sandbox did not accept the token');
  await expectAsked(sandbox, 3, 5);
  await app.action('check').click();
  await expectConnected(app);
  await expectAsked(sandbox, 3, 6);
});

test('a renewal that fails is told with its reason and tried again, later each time', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(503);
  guard.allowNetworkErrors();
  await ownTime(page);
  await sandbox.inventory(LASTS);
  const count = counting(page, sandbox);
  await connect(app);
  await stopTime(page);
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 503, count: 2 }, { path: TOKEN, fault: 'drop-before' });
  await page.clock.fastForward(925 * SECOND);
  for (const [at, reason, wait] of [
    [2, 'Sandbox has a problem (status 503)', 5],
    [3, 'Sandbox has a problem (status 503)', 10],
    [4, 'Sandbox could not be reached', 20],
  ] as const) {
    await expect(notRenewed(page)).toContainText(reason);
    await expect(retrying(page)).toHaveText(`Trying again in ${wait} seconds.`);
    await expect(notRenewed(page)).not.toContainText('Not accepted');
    expect(count.fetched('POST', TOKEN)).toBe(at);
    await page.clock.runFor((wait - 1) * SECOND);
    await expect(retrying(page)).toHaveText('Trying again in 1 second.');
    expect(count.fetched('POST', TOKEN)).toBe(at);
    await page.clock.runFor(SECOND);
  }
  await expect(notRenewed(page)).toHaveCount(0);
  await expect(life(page)).toHaveText(FULL);
  await expectAsked(sandbox, 5, 1);
});

test('the server says how long to wait, and an end is an end', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(429);
  await ownTime(page);
  await sandbox.inventory(LASTS);
  await connect(app);
  await stopTime(page);
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 429, retry_after: 100 });
  await page.clock.fastForward(925 * SECOND);
  await expect(notRenewed(page)).toContainText('Sandbox asks us to slow down');
  await expect(retrying(page)).toHaveText('Trying again in 2 minutes.');
  await page.clock.runFor(90 * SECOND);
  await expect(life(page)).toHaveText('Ended');
  await expectAsked(sandbox, 2, 1);
  await page.clock.runFor(10 * SECOND);
  await expect(life(page)).toHaveText(FULL);
  await expect(notRenewed(page)).toHaveCount(0);
  await expectAsked(sandbox, 3, 1);
});

test('what is said to be tried again is, also long before the end', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(503);
  await ownTime(page);
  await connect(app);
  await stopTime(page);
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 503 });
  await app.action('renew').click();
  await expect(retrying(page)).toHaveText('Trying again in 5 seconds.');
  await page.clock.runFor(6 * SECOND);
  await expect(notRenewed(page)).toHaveCount(0);
  await expectAsked(sandbox, 3, 1);
});

test('a countdown is not read out each second', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(503);
  await ownTime(page);
  await connect(app);
  await stopTime(page);
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 503 });
  await app.action('renew').click();
  await expect(notRenewed(page)).toContainText('has a problem (status 503)');
  await expect(retrying(page)).toHaveText('Trying again in 5 seconds.');
  await expect(page.locator('[role="status"], [role="alert"], [aria-live]').filter({ hasText: /Trying again in/ })).toHaveCount(0);
});

test('a clock that was set forward, or a device that slept, ends it sooner; one set back changes nothing', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory(LASTS);
  const count = counting(page, sandbox);
  await connect(app);
  const now = (): Promise<number> => page.evaluate(() => Date.now());
  await page.clock.setSystemTime((await now()) - 24 * HOUR);
  await page.clock.runFor(2 * SECOND);
  await expect(life(page)).toHaveText(FULL);
  await page.clock.setSystemTime((await now()) + 24 * HOUR + 600 * SECOND);
  await page.clock.runFor(2 * SECOND);
  await expect(life(page)).toHaveText('7 minutes left');
  expect(count.fetched('POST', TOKEN)).toBe(1);
  await page.clock.setSystemTime((await now()) + 8 * HOUR);
  await page.clock.runFor(2 * SECOND);
  await expect(life(page)).toHaveText(FULL);
  await expectAsked(sandbox, 2, 1);
});

for (const expires_in of ['absent', 'zero'] as const) {
  test(`a life that is not told (${expires_in}) is not guessed, and nothing is renewed`, async ({ app, page, sandbox }) => {
    await ownTime(page);
    await sandbox.inventory({ expires_in });
    await connect(app);
    await expect(life(page)).toHaveText('How long it lasts was not told');
    await expect(life(page).locator('svg')).toHaveCount(0);
    await page.clock.fastForward(48 * HOUR);
    await page.clock.runFor(5 * SECOND);
    await expect(life(page)).toHaveText('How long it lasts was not told');
    await expectAsked(sandbox, 1, 1);
  });
}

for (const expires_in of ['text', 'milliseconds'] as const) {
  test(`a life in another form (${expires_in}) is read all the same`, async ({ app, page, sandbox }) => {
    await sandbox.inventory({ expires_in });
    await connect(app);
    await expect(life(page)).toHaveText('11 hours 59 minutes left');
  });
}

test('"Renew the token" asks once, and says what came of it', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  await ownTime(page);
  await sandbox.inventory(LASTS);
  await connect(app);
  await page.clock.fastForward(500 * SECOND);
  await expect(life(page)).toHaveText('9 minutes left');
  await app.action('renew').click();
  await expect(life(page)).toHaveText(FULL);
  await expectAsked(sandbox, 2, 1);
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 401 });
  await app.action('renew').click();
  await expect(notRenewed(page)).toContainText('Not accepted by Sandbox');
  await app.action('renew').click();
  await expect(notRenewed(page)).toHaveCount(0);
  await expectAsked(sandbox, 4, 1);
});

test('the token is copied on purpose, with its caution, and seen nowhere', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const canary = await Canary.over(page);
  const given = page.waitForResponse((response) => response.url().endsWith(TOKEN));
  await connect(app);
  const { access_token: token } = (await (await given).json()) as { access_token: string };
  expect(token.startsWith(TOKEN_BEGINS)).toBe(true);
  await expect(page.getByText('opens this project’s inventory to whoever has it. Paste it only where it is needed.')).toBeVisible();
  await app.action('copy-token').click();
  await expect(page.getByRole('status').filter({ hasText: 'Clear the clipboard when you are done.' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await canary.expectSilence();
});

test('a clipboard that the browser keeps shut is told', async ({ app, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await connect(app);
  await app.action('copy-token').click();
  await expect(page.getByRole('status').filter({ hasText: 'The browser did not let us copy.' })).toBeVisible();
});

test('the summary says what works with what, and no secret', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(app);
  await app.action('copy').click();
  await expect(page.getByText('Copied. It holds no secret')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toEqual([
    'Service: Verve',
    'Environment: Sandbox',
    `Client ID: ${INVENTORY.clientId}`,
    `Project: ${INVENTORY.project}`,
    'Status: Connected',
    expect.stringMatching(/^Checked: \d{4}-\d\d-\d\dT[\d:.]+Z$/),
  ]);
});

test('starting over forgets everything but what is no secret, and nothing is renewed any more', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory(LASTS);
  await connect(app);
  await app.action('start-over').click();
  await expect(app.control('client_secret')).toHaveValue('');
  await expect(app.control('client_id')).toHaveValue(INVENTORY.clientId);
  await expect(page.getByRole('heading', { name: 'Steps' })).toHaveCount(0);
  await page.clock.fastForward(2000 * SECOND);
  await page.clock.runFor(5 * SECOND);
  await expectAsked(sandbox, 1, 1);
  await app.control('client_secret').fill(INVENTORY.clientSecret);
  await app.submit();
  await expectConnected(app);
  await expectAsked(sandbox, 2, 2);
});

test('other pages of the console keep the connection, and the token goes on being renewed', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory(LASTS);
  await connect(app);
  await app.follow('Settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await app.follow('Storefronts');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Storefronts');
  await page.clock.fastForward(925 * SECOND);
  await expectAsked(sandbox, 2, 1);
  await app.follow('Inventory');
  await expectConnected(app);
  await expect(life(page)).toHaveText(FULL);
  await expectAsked(sandbox, 2, 1);
});

test('a check that began is finished while another page is looked at', async ({ app, page, sandbox }) => {
  await openInventory(app);
  await sandbox.faults({ path: TOKEN, fault: 'delay', delay_ms: 1000 });
  await app.submit();
  await expectSteps(page, 'Running', 'Not reached');
  await app.follow('Settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expectAsked(sandbox, 1, 1);
  await app.follow('Inventory');
  await expectConnected(app);
});

test('nothing of it outlives the page', async ({ app, page }) => {
  await connect(app);
  await page.reload();
  await expect(app.form).toBeVisible();
  await expect(app.control('client_id')).toHaveValue('');
});
