// Connecting to the inventory: what goes over the wire, what is said about each step, and what becomes of the secret.
import { Canary } from './support/canary';
import {
  DEVICES, STEP_DEVICES, STEP_TOKEN, TOKEN, bearer, connect, deviceRequests, documented, expectAsked, expectConnected, expectSteps, fact, fillInventory,
  openInventory, rawToken, step, tokenRequests,
} from './support/inventory';
import { tabTo } from './support/keyboard';
import { fingerprint, type Fault } from './support/sandbox';
import { expect, test } from './support/test';
import { INVENTORY, type InventorySwitches } from './support/switches';

test.use({ inventory: true });

test('asks for a token and for the devices, byte for byte as documented', async ({ app, page, sandbox }) => {
  const given = page.waitForResponse((response) => response.url().endsWith(TOKEN));
  await connect(app);
  const { access_token: token } = (await (await given).json()) as { access_token: string };

  const [asked, ...others] = await tokenRequests(sandbox);
  expect(others).toEqual([]);
  expect(asked?.raw).toBe(rawToken(INVENTORY.clientId));
  expect(asked?.raw).toContain('client_id=demo-user%40demo-org&');
  expect(asked?.body.client_secret).toEqual(fingerprint(INVENTORY.clientSecret));
  expect(asked?.headers['content-type']).toBe(documented('token').request.headers['content-type']);
  expect(asked?.query).toBe('');
  for (const name of ['authorization', 'cookie', 'x-verve-namespace']) expect(asked?.headers).not.toHaveProperty(name);

  const [listed, ...more] = await deviceRequests(sandbox);
  expect(more).toEqual([]);
  const { request } = documented('devices');
  expect(listed?.method).toBe(request.method);
  expect(listed?.body).toEqual(request.body);
  expect(listed?.headers['content-type']).toBe(request.headers['content-type']);
  expect(listed?.headers['x-verve-namespace']).toBe(`project:${INVENTORY.project}`);
  expect(listed?.headers['authorization']).toEqual(bearer(token));
  expect(listed?.headers).not.toHaveProperty('cookie');
  expect(await sandbox.serviceRequests()).toHaveLength(2);
});

for (const devices of ['object', 'empty', 'populated', 'lines'] satisfies InventorySwitches['devices'][]) {
  test(`any 200 is a success: ${devices}`, async ({ app, page, sandbox }) => {
    await sandbox.inventory({ devices });
    await connect(app);
    for (const name of [STEP_TOKEN, STEP_DEVICES]) await expect(step(page, name)).toHaveText(new RegExp(`^${name}PassedStatus 200, \\d+ ms$`));
    await expect(page.getByText('Client ID, client secret and project work together.')).toBeVisible();
    await expect(fact(page, 'Client ID')).toHaveText(INVENTORY.clientId);
    await expect(fact(page, 'Project')).toHaveText(INVENTORY.project);
    await expect(fact(page, 'Environment')).toHaveText('Sandbox');
    await expect(fact(page, 'Checked')).toHaveText(/GMT[+-]\d/);
  });
}

test('each step is seen while it runs, and the form waits', async ({ app, page, sandbox }) => {
  await openInventory(app);
  await sandbox.faults({ path: TOKEN, fault: 'delay', delay_ms: 1_500 }, { path: DEVICES, fault: 'delay', delay_ms: 1_500 });
  await app.submit();
  await expectSteps(page, 'Running', 'Not reached');
  await expect(app.action('connect')).toHaveText('Connecting…');
  await expect(app.action('connect')).toHaveAttribute('aria-disabled', 'true');
  // A second press changes nothing.
  await app.action('connect').dispatchEvent('click');
  await expectSteps(page, 'Passed', 'Running');
  await expectConnected(app);
  await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeFocused();
  await expectAsked(sandbox, 1, 1);
});

interface Refused {
  name: string;
  values?: Parameters<typeof fillInventory>[1];
  switches?: InventorySwitches;
  faults?: Fault[];
  status: number;
  /** What is said about the token, and about the devices. */
  token: RegExp;
  devices: RegExp;
}

const PASSED = /Passed.*Status 200, \d+ ms/;
const NOT_REACHED = /Not reached$/;
const WRONG = /Failed.*Not accepted by Sandbox.*Each environment has its own credentials\. Copy the client ID and the client secret again\. After \d+ ms\./;
const NOT_OPEN = /Failed.*This project is not open to the client.*belongs to the same environment as the client/;
const answered = (path: string, name: string): Fault[] => {
  const { status, body } = documented(name).response;
  return [{ path, fault: 'status', status, body }];
};

const REFUSED: Refused[] = [
  { name: 'a wrong secret, by 401', values: { client_secret: 'wrong' }, status: 401, token: WRONG, devices: NOT_REACHED },
  { name: 'a wrong secret, by 400', values: { client_secret: 'wrong' }, switches: { token_refusal: 400 }, status: 400, token: WRONG, devices: NOT_REACHED },
  { name: 'an unknown client, by 401', values: { client_id: 'nobody@demo-org' }, status: 401, token: WRONG, devices: NOT_REACHED },
  { name: 'an unknown client, by 400', values: { client_id: 'nobody' }, switches: { token_refusal: 400 }, status: 400, token: WRONG, devices: NOT_REACHED },
  ...['token-error-secret', 'token-error-secret-400', 'token-error-client'].map((name) => {
    const { status } = documented(name).response;
    return { name, faults: answered(TOKEN, name), status, token: WRONG, devices: NOT_REACHED };
  }),
  ...['token-error-scope', 'token-error-unauthorized'].map((name) => ({
    name, faults: answered(TOKEN, name), status: 400,
    token: /Failed.*Sandbox does not let this client have a token.*allow the scope openid/, devices: NOT_REACHED,
  })),
  ...['token-error-grant-type', 'token-error-request'].map((name) => ({
    name, faults: answered(TOKEN, name), status: 400, token: /Failed.*Sandbox did not accept what was sent.*grant_type/, devices: NOT_REACHED,
  })),
  {
    name: 'token-error-server', faults: answered(TOKEN, 'token-error-server'), status: 500,
    token: /Failed.*Sandbox has a problem \(status 500\).*internal error/, devices: NOT_REACHED,
  },
  { name: 'a foreign project, by 403', values: { project_id: 'Z'.repeat(26) }, status: 403, token: PASSED, devices: NOT_OPEN },
  {
    name: 'a foreign project, by 404', values: { project_id: 'Z'.repeat(26) }, switches: { foreign_project: 404 }, status: 404,
    token: PASSED, devices: NOT_OPEN,
  },
  ...['error-project', 'error-project-unknown', 'error-path'].map((name) => {
    const { status } = documented(name).response;
    return { name, faults: answered(DEVICES, name), status, token: PASSED, devices: NOT_OPEN };
  }),
  {
    name: 'a project of an unusual form', values: { project_id: 'acme' }, status: 400, token: PASSED,
    devices: /Failed.*Sandbox did not accept the project ID.*X-Verve-Namespace is malformed/,
  },
  ...['error-namespace', 'error-namespace-missing'].map((name) => ({
    name, faults: answered(DEVICES, name), status: 400, token: PASSED,
    devices: /Failed.*Sandbox did not accept the project ID.*X-Verve-Namespace/,
  })),
  ...['error-token', 'error-token-missing'].map((name) => ({
    name, faults: answered(DEVICES, name), status: 401, token: PASSED,
    devices: /Failed.*Sandbox did not accept the token.*may have ended, or belong to another environment/,
  })),
  {
    name: 'error-method', faults: answered(DEVICES, 'error-method'), status: 501, token: PASSED,
    devices: /Failed.*Sandbox does not know this call.*address in the configuration/,
  },
  {
    name: 'error-throttled', faults: answered(DEVICES, 'error-throttled').map((fault) => ({ ...fault, retry_after: 17 })), status: 429, token: PASSED,
    devices: /Failed.*Sandbox asks us to slow down.*You may try again in 17 seconds/,
  },
  {
    name: 'error-unavailable', faults: answered(DEVICES, 'error-unavailable'), status: 503, token: PASSED,
    devices: /Failed.*Sandbox has a problem \(status 503\).*upstream connect error/,
  },
  ...(['text', 'html', 'empty'] as const).map((errors) => ({
    name: `an error as ${errors}`, values: { project_id: 'Z'.repeat(26) }, switches: { errors }, status: 403, token: PASSED, devices: NOT_OPEN,
  })),
  {
    name: 'a page of a proxy', faults: [{ path: TOKEN, fault: 'html', status: 502 }], status: 502,
    token: /Failed.*Sandbox has a problem \(status 502\)/, devices: NOT_REACHED,
  },
];

for (const { name, values, switches, faults = [], status, token, devices } of REFUSED) {
  test(`refused: ${name}`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(status);
    if (switches) await sandbox.inventory(switches);
    await sandbox.faults(...faults);
    await openInventory(app, values);
    await app.submit();
    await expectSteps(page, token, devices);
    await expect(page.getByRole('main')).not.toContainText(/[{}<>]|undefined|\[object/);
    await expect(page.getByRole('heading', { name: 'Steps' })).toBeFocused();
    await expectAsked(sandbox, 1, devices === NOT_REACHED ? 0 : 1);
    // Nothing that was typed is lost, and the same press goes on from there.
    const typed = { client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project, ...values };
    for (const [field, value] of Object.entries(typed)) await expect(app.control(field)).toHaveValue(value);
    await fillInventory(app);
    await app.submit();
    await expectConnected(app);
  });
}

test('a network that fails is not a wrong secret', async ({ app, page, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openInventory(app);
  for (const [path, at] of [[TOKEN, STEP_TOKEN], [DEVICES, STEP_DEVICES]] as const) {
    await sandbox.faults({ path, fault: 'drop-before' });
    await app.submit();
    await expect(step(page, at)).toContainText('Sandbox could not be reached');
    await expect(step(page, at)).toContainText('rules for other origins (CORS)');
    await expect(step(page, at)).toContainText('It says nothing about your credentials.');
    await expect(page.getByRole('main')).not.toContainText(/Not accepted|own credentials/);
  }
});

test('a server that allows no other origin is not a wrong secret', async ({ app, page, sandbox, guard }) => {
  guard.allow(/has been blocked by CORS policy/, /net::ERR_FAILED/);
  // The authorization server on the sandbox's other origin, which speaks of no origin at all.
  const config = { inventory: { api: 'gateway/inventory', auth: `${sandbox.auth}gateway/inventory-auth`, label: 'Development' } };
  await page.route(sandbox.url('credenza.json'), (route) => route.fulfill({ json: config }));
  await page.route(sandbox.url('inventory'), async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy']?.replace("connect-src 'self'", `connect-src 'self' ${new URL(sandbox.auth).origin}`);
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy ?? '' } });
  });
  await openInventory(app);
  await app.submit();
  await expectSteps(page, /Failed.*Development could not be reached.*other origins \(CORS\).*nothing about your credentials/, NOT_REACHED);
});

test('without a network nothing is sent', async ({ app, page, sandbox, context }) => {
  await openInventory(app);
  await context.setOffline(true);
  await app.submit();
  await expect(step(page, STEP_TOKEN)).toContainText('You are offline');
  await context.setOffline(false);
  await app.submit();
  await expectConnected(app);
  await expectAsked(sandbox, 1, 1);
});

test('the secret is gone from the page once it was used, and the token is nowhere on it', async ({ app, page }) => {
  const canary = await Canary.over(page);
  await connect(app);
  await expect(page.getByRole('main').locator('input, textarea')).toHaveCount(0);
  await canary.expectSilence();
  await app.action('start-over').click();
  await expect(app.control('client_id')).toHaveValue(INVENTORY.clientId);
  await expect(app.control('project_id')).toHaveValue(INVENTORY.project);
  await expect(app.control('client_secret')).toHaveValue('');
  await canary.expectSilence();
});

test('by keyboard alone', async ({ app, page }) => {
  await app.open();
  await tabTo(page, page.getByRole('main').getByRole('link', { name: /^Inventory/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Inventory/ })).toBeFocused();
  await tabTo(page, app.control('client_id'));
  await page.keyboard.type('demo-user%40demo-org');
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await tabTo(page, app.errorSummary.getByRole('link', { name: 'Enter the client secret' }));
  await page.keyboard.press('Enter');
  await expect(app.control('client_secret')).toBeFocused();
  await page.keyboard.type(INVENTORY.clientSecret);
  await tabTo(page, app.control('project_id'));
  await page.keyboard.type(`project:${INVENTORY.project}`);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, app.action('use-instead'));
  await page.keyboard.press('Enter');
  await expect(app.control('client_id')).toBeFocused();
  await expect(app.control('client_id')).toHaveValue(INVENTORY.clientId);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeFocused();
  await tabTo(page, app.action('check'));
  await page.keyboard.press('Enter');
  await tabTo(page, app.action('start-over'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Inventory/ })).toBeFocused();
});
