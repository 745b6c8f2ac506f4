// `<credenza-connect service="inventory">`: Verve's client credentials, tried in two steps and kept at hand, in somebody else's page.
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { Canary } from './support/canary';
import { config, host, type Host, type HostOptions } from './support/element';
import { STEP_DEVICES, STEP_TOKEN, TOKEN, expectAsked, expectSteps, tokenRequests } from './support/inventory';
import type { Sandbox } from './support/sandbox';
import { expect, test } from './support/test';
import { INVENTORY } from './support/switches';
import { ownTime } from './support/time';

const BODY = '<credenza-connect service="inventory"></credenza-connect>';
const SECOND = 1000;
const DETAIL = { service: 'inventory', id: INVENTORY.clientId, accountIdentifier: INVENTORY.project, status: 'connected' };

async function opened(page: Page, sandbox: Sandbox, options: HostOptions = {}): Promise<Host> {
  const there = await host(page, sandbox, { body: BODY, ...options });
  await there.configure();
  await there.hears('ready');
  return there;
}

async function fill(there: Host, secret = INVENTORY.clientSecret, project = INVENTORY.project): Promise<void> {
  await there.field('Client ID').fill(INVENTORY.clientId);
  await there.field('Client secret').fill(secret);
  await there.field('Project ID').fill(project);
}

async function connects(there: Host): Promise<void> {
  await fill(there);
  await there.button('Connect').click();
  await there.hears('connected');
}

test('both steps are taken, and told as one', async ({ page, sandbox }) => {
  const canary = await Canary.over(page);
  const there = await opened(page, sandbox);
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
  await connects(there);
  expect(await there.hears('connected')).toEqual(DETAIL);
  await expectSteps(page, /Passed.*Status 200/, /Passed.*Status 200/);
  await expectAsked(sandbox, 1, 1);
  expect((await there.names()).filter((name) => name !== 'change')).toEqual(['ready', 'before-submit', 'connected']);
  expect(await there.heard('change')).toMatchObject([{ detail: { valid: true } }, { detail: { valid: false } }]);
  await expect(there.element.getByText(/^1[12] hours( \d+ minutes)? left$/)).toBeVisible();
  expect(await there.refused()).toEqual([]);
  await canary.expectSilence();
  await there.element.evaluate((element) => element.remove());
  await canary.expectSilence();
});

test('values of the page stand there; a secret among them does not', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: BODY });
  await there.set({ value: { client_id: INVENTORY.clientId, project_id: INVENTORY.project, client_secret: INVENTORY.clientSecret } });
  await there.configure();
  await expect(there.field('Client ID')).toHaveValue(INVENTORY.clientId);
  await expect(there.field('Project ID')).toHaveValue(INVENTORY.project);
  await expect(there.field('Client secret')).toHaveValue('');
  await there.field('Client secret').fill(INVENTORY.clientSecret);
  await there.call('submit');
  expect(await there.hears('connected')).toEqual(DETAIL);
});

test('a client that is not known: the first step fails, and no second is taken', async ({ page, sandbox, guard }) => {
  guard.allowStatus(400, 401);
  const there = await opened(page, sandbox);
  await fill(there, 'not-the-secret');
  await there.button('Connect').click();
  const detail = await there.hears('error');
  expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
  expect(detail['code']).toMatch(/^(unauthorized|rejected)$/);
  await expectAsked(sandbox, 1, 0);
  expect(await there.heard('connected')).toEqual([]);
  expect(await there.get('status')).not.toBe('connected');
});

test('a project of somebody else: the second step fails', async ({ page, sandbox, guard }) => {
  guard.allowStatus(403, 404);
  const there = await opened(page, sandbox);
  await fill(there, undefined, '01ABCDEFGHIJKLMNOPQRSTUVWZ');
  await there.button('Connect').click();
  expect(await there.hears('error')).toMatchObject({ code: expect.stringMatching(/^(forbidden|not_found)/), retryable: false });
  await expectAsked(sandbox, 1, 1);
  expect(await there.heard('connected')).toEqual([]);
  expect(await there.get('status')).not.toBe('connected');
});

test('a network that breaks is told, and tried again on demand', async ({ page, sandbox, guard }) => {
  guard.allowNetworkErrors();
  const there = await opened(page, sandbox);
  await fill(there);
  await sandbox.faults({ path: TOKEN, fault: 'drop-before' });
  await there.button('Connect').click();
  expect(await there.hears('error')).toMatchObject({ code: 'network', retryable: true });
  await there.element.getByRole('button', { name: /^(Connect|Try again|Check again)$/ }).first().click();
  await there.hears('connected');
});

test('a prevented "before-submit" asks nobody', async ({ page, sandbox }) => {
  const there = await opened(page, sandbox, { script: "document.addEventListener('credenza-before-submit', (event) => event.preventDefault());" });
  await fill(there);
  await there.button('Connect').click();
  expect(await there.hears('before-submit')).toEqual({ service: 'inventory' });
  await page.waitForLoadState('networkidle');
  await expectAsked(sandbox, 0, 0);
  await expect(there.field('Client secret')).toHaveValue(INVENTORY.clientSecret);
});

test('in a form of the page: its value is the client’s id', async ({ page, sandbox }) => {
  const there = await opened(page, sandbox, { body: `<form>${BODY.replace('>', ' name="client" required>')}</form>` });
  const data = (): Promise<unknown> => page.evaluate(() => [...new FormData(document.querySelector('form')!)]);
  expect(await data()).toEqual([]);
  await connects(there);
  expect(await data()).toEqual([['client', INVENTORY.clientId]]);
  await there.button('Forget and start over').click();
  await there.expectStatus('needs_credentials');
  expect(await data()).toEqual([]);
});

test('the token is renewed at nine tenths of its life, silently', async ({ page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory({ token_lifetime: 1000 });
  const there = await opened(page, sandbox);
  await connects(there);
  await page.clock.fastForward(925 * SECOND);
  await page.clock.runFor(5 * SECOND);
  await expect.poll(async () => (await tokenRequests(sandbox)).length).toBe(2);
  expect((await there.names()).filter((name) => name !== 'change')).toEqual(['ready', 'before-submit', 'connected']);
  expect(await there.get('status')).toBe('connected');
});

test('"expiring" is told when the renewal fails and the end is near, once', async ({ page, sandbox, guard }) => {
  guard.allowStatus(503);
  await ownTime(page);
  await sandbox.inventory({ token_lifetime: 1000 });
  const there = await opened(page, sandbox);
  await connects(there);
  const end = (await page.evaluate(() => Date.now())) + 1000 * SECOND;
  await sandbox.faults({ path: TOKEN, fault: 'status', status: 503, count: 50 });
  await page.clock.fastForward(800 * SECOND);
  await page.clock.runFor(2 * SECOND);
  expect(await there.heard('expiring')).toEqual([]);
  await page.clock.fastForward(125 * SECOND);
  await page.clock.runFor(20 * SECOND);
  const detail = await there.hears('expiring');
  expect(Object.keys(detail).sort()).toEqual(['expiresAt', 'service']);
  expect(detail['service']).toBe('inventory');
  expect(detail['expiresAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  expect(Math.abs(Date.parse(detail['expiresAt'] as string) - end)).toBeLessThan(30 * SECOND);
  await page.clock.runFor(20 * SECOND);
  expect(await there.heard('expiring')).toHaveLength(1);
});

test('taken out: no token is renewed any more, and it asks anew when it is back', async ({ page, sandbox }) => {
  await ownTime(page);
  await sandbox.inventory({ token_lifetime: 1000 });
  const there = await opened(page, sandbox);
  await connects(there);
  await there.element.evaluate((element) => {
    Object.assign(window, { kept: element });
    element.remove();
  });
  await page.clock.fastForward(925 * SECOND);
  await page.clock.runFor(10 * SECOND);
  expect(await tokenRequests(sandbox)).toHaveLength(1);
  await page.evaluate(() => document.querySelector('main')!.append(Reflect.get(window, 'kept') as Element));
  await page.clock.runFor(SECOND);
  await expect(there.field('Client secret')).toHaveValue('');
  await there.expectStatus('needs_credentials');
});

test('another name for the service, and its label', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: BODY });
  await there.configure({ inventory: { ...(config(sandbox)['inventory'] as object), label: 'Staging' } });
  await there.hears('ready');
  await connects(there);
  await expect(there.element.getByText('Staging').first()).toBeVisible();
  await expectAsked(sandbox, 1, 1);
  for (const step of [STEP_TOKEN, STEP_DEVICES]) await expect(there.element.getByText(step)).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in ${theme}`, async ({ page, sandbox }) => {
    const style = `:root { color-scheme: ${theme}; } body { background: ${theme === 'dark' ? '#141414; color: #eee' : '#fff'}; }`;
    const there = await opened(page, sandbox, { body: BODY.replace('>', ` theme="${theme}">`), style });
    await there.button('Connect').click();
    await expectAccessible(page);
    await connects(there);
    await expectAccessible(page);
  });
}
