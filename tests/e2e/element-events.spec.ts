// What `<credenza-connect>` tells the page around it: which events, in which order, and each with these members alone.
import { IDENTIFIER, KEY, registration } from './support/connect';
import { approve, comeBack, expectAtProvider, opens } from './support/consent';
import { ACCOUNT, KEY_OR_TOKEN, host, ready, source } from './support/element';
import type { Fault } from './support/sandbox';
import { expect, test } from './support/test';

const POST = { method: 'POST', path: registration() } as const;
const PREVENTS = "document.addEventListener('credenza-before-submit', (event) => event.preventDefault());";

test('a source is connected: each event once, in this order, with these details', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  expect(await there.heard()).toEqual([{ name: 'ready', detail: { status: 'needs_credentials' }, target: 'credenza-connect' }]);
  await there.connects();
  const told = await there.heard();
  expect(told.map(({ name, detail }) => [name, detail])).toEqual([
    ['ready', { status: 'needs_credentials' }],
    ['change', { valid: true }],
    ['before-submit', { service: 'storefront' }],
    // What was typed is gone by now, and the empty form would not pass.
    ['change', { valid: false }],
    ['connected', { service: 'storefront', id: '801', accountIdentifier: IDENTIFIER, status: 'connected' }],
  ]);
});

test('events bubble and are heard above a shadow root of the page’s own', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    body: '<div id="holder"></div>',
    after: `const root = document.querySelector('#holder').attachShadow({ mode: 'open' });
      const element = document.createElement('credenza-connect');
      Object.assign(element, { service: 'storefront', storefrontId: '42', sourceId: 'src_main' });
      root.append(document.createElement('section'));
      root.firstChild.append(element);
      window.inner = [];
      for (const where of [root, root.firstChild]) where.addEventListener('credenza-ready', () => window.inner.push('ready'));`,
  });
  await there.starts();
  await there.connects();
  const told = await there.heard();
  expect(told.map(({ name }) => name)).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
  expect(new Set(told.map(({ target }) => target)), 'seen from outside').toEqual(new Set(['holder']));
  expect(await page.evaluate(() => Reflect.get(window, 'inner'))).toEqual(['ready', 'ready']);
});

test('only what can be prevented can be prevented', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    script: `window.flags = [];
      for (const name of ['ready', 'change', 'before-submit', 'connected', 'cancel']) {
        document.addEventListener('credenza-' + name, ({ bubbles, composed, cancelable }) => window.flags.push([name, bubbles, composed, cancelable]));
      }`,
  });
  await there.starts();
  await there.button('Cancel').click();
  await there.connects();
  expect(await page.evaluate(() => Reflect.get(window, 'flags'))).toEqual([
    ['ready', true, true, false],
    ['cancel', true, true, false],
    ['change', true, true, false],
    ['before-submit', true, true, true],
    ['change', true, true, false],
    ['connected', true, true, false],
  ]);
});

for (const [id, storefront, status] of [
  ['src_live', 42, 'connected'],
  ['src_radio', 43, 'pending'],
  ['src_open', 42, 'none_needed'],
  ['src_main', 42, 'needs_credentials'],
] as const) {
  test(`what was ${status} before is told by "ready" alone`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('', id, storefront) });
    await there.expectStatus(status);
    await page.waitForLoadState('networkidle');
    expect(await there.heard()).toEqual([{ name: 'ready', detail: { status }, target: 'credenza-connect' }]);
  });
}

test('when "ready" is told, the form is there: the page can put the focus into it', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    script: `document.addEventListener('credenza-ready', ({ target }) => {
      target.focus();
      window.focused = target.shadowRoot.activeElement?.type;
    });`,
  });
  await there.starts();
  expect(await page.evaluate(() => Reflect.get(window, 'focused'))).toBe('radio');
  await expect(there.element.getByRole('radio').first()).toBeFocused();
});

test('another account is connected again: told again, with its own id', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source('', 'src_live') });
  await there.button('Add another account').click();
  await there.fillKey('acme-second', KEY);
  await there.button('Connect source').click();
  const detail = await there.hears('connected');
  expect(detail).toEqual({ service: 'storefront', id: '801', accountIdentifier: 'acme-second', status: 'connected' });
  expect(await there.heard('connected')).toHaveLength(1);
});

test('"change" is told when what is typed begins or ceases to pass, and not at each key', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.field(ACCOUNT).pressSequentially('acme');
  await there.field(KEY_OR_TOKEN).pressSequentially('key_12345678');
  expect(await there.heard('change')).toEqual([{ name: 'change', detail: { valid: true }, target: 'credenza-connect' }]);
  await there.field(KEY_OR_TOKEN).pressSequentially('9');
  await there.field(ACCOUNT).fill('');
  await there.field(ACCOUNT).fill('acme');
  const changes = await there.heard('change');
  expect(changes.map(({ detail }) => detail)).toEqual([{ valid: true }, { valid: false }, { valid: true }]);
});

test('a prevented "before-submit" sends nothing and loses nothing', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { script: PREVENTS });
  await there.starts();
  await there.fillKey();
  await there.button('Connect source').click();
  expect(await there.hears('before-submit')).toEqual({ service: 'storefront' });
  await there.button('Connect source').click();
  await there.hears('before-submit', 2);
  await page.waitForLoadState('networkidle');
  expect(await sandbox.requests('POST')).toEqual([]);
  await expect(there.field(ACCOUNT)).toHaveValue(IDENTIFIER);
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  await expect(there.button('Connect source')).toBeEnabled();
  expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'before-submit']);
});

test('what does not pass is not announced as about to be sent', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.button('Connect source').click();
  await expect(there.element.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  expect(await there.names()).toEqual(['ready']);
  expect(await sandbox.requests('POST')).toEqual([]);
});

test('consent: "pending", and "connected" once the person agreed', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source('auth-type="oauth"', 'src_podcasts', 43) });
  await there.field(ACCOUNT).fill(IDENTIFIER);
  const tab = await opens(page, () => there.button('Connect and sign in').click());
  await expectAtProvider(tab, sandbox);
  expect(await there.hears('pending')).toEqual({ service: 'storefront', id: '801' });
  await there.expectStatus('pending');
  expect(await there.heard('connected')).toEqual([]);
  await approve(tab);
  await comeBack(page);
  const detail = { service: 'storefront', id: '801', accountIdentifier: IDENTIFIER, status: 'connected' };
  expect(await there.hears('connected')).toEqual(detail);
  expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'change', 'pending', 'connected']);
});

test('consent of an entry that waited before: "connected" is told', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source('', 'src_radio', 43) });
  const tab = await opens(page, () => there.button('Start consent again for acme-radio').click());
  await expectAtProvider(tab, sandbox);
  await approve(tab);
  await comeBack(page);
  expect(await there.hears('connected')).toEqual({ service: 'storefront', id: '731', accountIdentifier: 'acme-radio', status: 'connected' });
});

interface Refusal {
  name: string;
  fault: Partial<Fault> & Pick<Fault, 'fault'>;
  code: string;
  retryable: boolean;
  says: RegExp;
}

const REFUSALS: Refusal[] = [
  { name: 'a role', fault: { fault: 'status', status: 403, error: { code: 'FORBIDDEN', message: 'Admins alone' } }, code: 'forbidden', retryable: true, says: /does not allow this/ },
  { name: 'too many calls', fault: { fault: 'status', status: 429, retry_after: 1 }, code: 'rate_limited', retryable: true, says: /asks us to slow down/ },
  { name: 'what was sent', fault: { fault: 'status', status: 400, error: { code: 'VALIDATION_ERROR', message: 'The key is for another source' } }, code: 'rejected', retryable: false, says: /The key is for another source/ },
];

for (const { name, fault, code, retryable, says } of REFUSALS) {
  test(`"error" of a registration that is refused for ${name}`, async ({ page, sandbox, guard }) => {
    guard.allowStatus(400, 403, 429);
    const there = await ready(page, sandbox);
    await sandbox.faults({ ...POST, ...fault });
    await there.fillKey();
    await there.button('Connect source').click();
    const detail = await there.hears('error');
    expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
    expect(detail).toMatchObject({ retryable, message: expect.stringMatching(says) });
    expect(String(detail['code'])).toMatch(new RegExp(`^${code}`));
    await expect(there.element.getByRole('alert').filter({ hasText: says })).toBeVisible();
    expect(await there.heard('error')).toHaveLength(1);
    expect(await there.heard('connected')).toEqual([]);
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  });
}

test('"error" of an account that is registered already', async ({ page, sandbox, guard }) => {
  guard.allowStatus(409);
  const there = await ready(page, sandbox, { body: source('', 'src_live') });
  await there.button('Add another account').click();
  await there.fillKey('acme-brand-account');
  await there.button('Connect source').click();
  const { message, ...rest } = await there.hears('error');
  expect(message).toMatch(/already registered at this source/);
  expect(rest).toEqual({ code: expect.stringMatching(/^(rejected|conflict)$/), retryable: false });
});

test('"error" without a network, and of one that breaks', async ({ page, sandbox, guard, context }) => {
  guard.allowNetworkErrors();
  const there = await ready(page, sandbox);
  await there.fillKey();
  await context.setOffline(true);
  await there.button('Connect source').click();
  expect(await there.hears('error')).toMatchObject({ code: 'offline', retryable: true, message: expect.stringMatching(/^You are offline/) });
  await context.setOffline(false);
  await sandbox.faults({ ...POST, fault: 'drop-before' }, { method: 'GET', path: 'buyer/storefronts/credentials', fault: 'drop-before' });
  await there.button('Try again').click();
  const detail = await there.hears('error', 2);
  expect(detail).toMatchObject({ code: 'outcome_unknown', retryable: true });
  await there.button('Check again').click();
  expect(await there.hears('error', 3)).toMatchObject({ code: 'not_stored', retryable: true });
  expect(await sandbox.requests('POST'), 'nothing is sent again by itself').toHaveLength(1);
});

test('"error" when the source cannot be read, and "ready" after it can', async ({ page, sandbox, guard }) => {
  guard.allowStatus(500);
  await sandbox.faults({ method: 'GET', path: 'buyer/storefronts/42', fault: 'status', status: 500 });
  const there = await host(page, sandbox);
  await there.gives('scope3_demo_buyer');
  await there.configure();
  const detail = await there.hears('error');
  expect(detail).toEqual({ code: 'server', retryable: true, message: expect.stringMatching(/Interchange has a problem \(status 500\)/) });
  await there.expectStatus('unknown');
  await there.button('Try again').click();
  await there.expectStatus('needs_credentials');
  await expect(there.field(ACCOUNT)).toBeVisible();
  expect(await there.heard('error')).toHaveLength(1);
});

test('"cancel" tells that the button was pressed, and nothing else', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  await there.button('Cancel').click();
  expect(await there.hears('cancel')).toEqual({});
  // What becomes of the element is the page's to decide.
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  expect(await sandbox.requests('POST')).toEqual([]);
});

test('each element tells of itself', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: source('id="one"') + source('id="two"', 'src_web', 45) });
  const [one, two] = [there.of('#one'), there.of('#two')];
  await one.starts();
  await two.starts();
  await two.connects();
  const told = await there.heard();
  expect(told.filter(({ target }) => target === 'one').map(({ name }) => name)).toEqual(['ready']);
  expect(told.filter(({ target }) => target === 'two').map(({ name }) => name)).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
});
