// Every fault on every endpoint of the inventory: the person is told in words that fit, nothing is sent twice by itself,
// and the same action mends it.
import type { Locator, Page } from '@playwright/test';
import type { App } from './support/app';
import { Count } from './support/connect';
import { LATE, expectPlain, faultsOf } from './support/faults';
import { DEVICES, STEP_DEVICES, STEP_TOKEN, TOKEN, connect, expectConnected, notRenewed, openInventory, step } from './support/inventory';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

test.use({ inventory: true });

const FAULTS = faultsOf('Sandbox');

interface Endpoint {
  name: string;
  path: string;
  /** Brings the page to where the action is. */
  begin(app: App): Promise<void>;
  /** What makes the request, each time. */
  act(app: App): Promise<void>;
  /** Where something is told about it. */
  told(page: Page): Locator;
  /** Waits for what is there when all is well. */
  well(app: App): Promise<void>;
  /** Other words than usual, by the fault's name. */
  says?: Record<string, RegExp>;
  /** Faults that are none here. */
  except?: string[];
}

const NOT_OPEN = /This project is not open to the client/;
const PROJECT = /Sandbox did not accept the project ID/;
const OF_DEVICES = { 400: PROJECT, 422: PROJECT, 403: NOT_OPEN, 404: NOT_OPEN };
// Any 200 is a success, with whatever body.
const SUCCESSES = ['truncated', 'wrong types', 'empty'];

/** Presses a button once it may be pressed. */
const press = (action: string) => async (app: App): Promise<void> => {
  await expect(app.action(action)).not.toHaveAttribute('aria-disabled', 'true');
  await app.action(action).click();
};
const checked = async (app: App): Promise<void> => {
  await expect(step(app.page, STEP_DEVICES)).toContainText('Passed');
  await expectConnected(app);
};

const ENDPOINTS: Endpoint[] = [
  { name: 'the token', path: TOKEN, begin: openInventory, act: press('connect'), told: (page) => step(page, STEP_TOKEN), well: expectConnected },
  {
    name: 'the devices', path: DEVICES, begin: openInventory, act: press('connect'), told: (page) => step(page, STEP_DEVICES), well: expectConnected,
    says: OF_DEVICES, except: SUCCESSES,
  },
  {
    name: 'the token, renewed', path: TOKEN, begin: connect, told: notRenewed,
    act: async (app) => {
      await expect(app.action('check')).toHaveText('Check again');
      await app.action('renew').click();
    },
    well: (app) => expect(notRenewed(app.page)).toHaveCount(0),
  },
  {
    name: 'the devices, checked again', path: DEVICES, begin: connect, act: press('check'), told: (page) => step(page, STEP_DEVICES), well: checked,
    says: OF_DEVICES, except: SUCCESSES,
  },
];

for (const { name, path, begin, act, told, well, says = {}, except = [] } of ENDPOINTS) {
  const counting = (page: Page, app: App): Count => new Count(page, app.sandbox, new URL('gateway/', app.sandbox.console).pathname);

  test(`${name}: every fault is told, and the same action mends it`, async ({ app, page, sandbox, guard }) => {
    test.setTimeout(60_000);
    guard.allowStatus(400, 402, 403, 404, 409, 422, 429, 500, 502, 503);
    guard.allowNetworkErrors();
    // Nothing is tried again by itself in the meantime.
    await ownTime(page);
    await begin(app);
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
    const count = counting(page, app);
    let expected = 0;
    for (const bad of FAULTS.filter((bad) => !except.includes(bad.name))) {
      await sandbox.faults({ path, ...bad.fault });
      await act(app);
      expected += 1;
      const words = told(page);
      await expect(words, bad.name).toContainText(says[bad.name] ?? bad.says);
      await expectPlain(words);
      await expect(words).not.toContainText(/Not accepted by|own credentials/);
      expect(count.fetched('POST', path), `requests after ${bad.name}`).toBe(expected);
    }
    await act(app);
    await well(app);
    expect(count.fetched('POST', path)).toBe(expected + 1);
  });

  test(`${name}: no answer in time`, async ({ app, page, sandbox }) => {
    await ownTime(page);
    await begin(app);
    const count = counting(page, app);
    const before = (await sandbox.serviceRequests('POST', path)).length;
    await sandbox.faults({ path, ...LATE });
    await act(app);
    // One that has not arrived would leave the fault to the next.
    await expect.poll(async () => (await sandbox.serviceRequests('POST', path)).length).toBe(before + 1);
    await expect.poll(() => count.unanswered()).toBe(1);
    const late = told(page).filter({ hasText: 'Sandbox did not answer within 30 seconds' });
    await page.clock.fastForward(25_000);
    await expect(late).toHaveCount(0);
    await page.clock.fastForward(6_000);
    await expect(late).toBeVisible();
    expect(count.fetched('POST', path)).toBe(1);
    await act(app);
    await well(app);
    expect(count.fetched('POST', path)).toBe(2);
  });
}
