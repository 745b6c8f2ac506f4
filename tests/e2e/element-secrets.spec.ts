// No secret of `<credenza-connect>` is found anywhere but in the one request that carries it.
import type { Page } from '@playwright/test';
import { Canary } from './support/canary';
import { FOREIGN_TOKEN, KEY, MARK, PASSWORD, pem, registration } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, host, ready, source } from './support/element';
import { fingerprint } from './support/sandbox';
import { expect, test } from './support/test';

/** What the element tells the page: events with all that hangs on them, and what is written to the console. The browser's own
    events for what is typed are the same in any page. */
const WATCHES = `window.seen = [];
  const note = (what, value) => window.seen.push(what + ': ' + JSON.stringify(value));
  for (const type of ['ready', 'change', 'before-submit', 'pending', 'connected', 'error', 'cancel', 'expiring']) {
    window.addEventListener('credenza-' + type, (event) => note(type, [event.detail, event.target.outerHTML, event.target.status, event.target.validationMessage]), true);
  }
  for (const level of ['log', 'info', 'debug', 'warn', 'error']) {
    const real = console[level];
    console[level] = (...all) => { note(level, all); real.apply(console, all); };
  }`;

/** Neither the whole nor a part that stands nowhere else. */
async function expectUnseen(page: Page): Promise<void> {
  const seen = (await page.evaluate(() => Reflect.get(window, 'seen'))) as string[];
  const found = seen.filter((line) => [MARK, 'scope3_demo_', pem('p256').split('\n')[1]!.slice(-16)].some((secret) => line.includes(secret)));
  expect(seen.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
}

test('through a whole connection: typed, shown, refused, sent again, connected, taken out', async ({ page, sandbox, guard }) => {
  guard.allowStatus(400, 401, 500);
  const canary = await Canary.over(page);
  const there = await ready(page, sandbox, { script: WATCHES });
  await there.fillKey();
  await there.button('Show Key or token').click();
  await canary.expectSilence();
  const fault = { method: 'POST', path: registration() };
  await sandbox.faults({ ...fault, fault: 'status', status: 400, error: { code: 'VALIDATION_ERROR', message: `The key ${KEY} is wrong` } });
  await there.button('Connect source').click();
  await there.hears('error');
  await canary.expectSilence();
  await sandbox.faults({ ...fault, fault: 'status', status: 500, body: { detail: `Bearer ${KEY}` } });
  await there.button(/Connect source|Try again/).click();
  await there.hears('error', 2);
  await canary.expectSilence();
  await there.button('Send again').click();
  await there.hears('connected');
  await canary.expectSilence();
  await there.button('Add another account').click();
  await there.fillKey('acme-2');
  await there.call('reset');
  await there.element.evaluate((element) => element.remove());
  await canary.expectSilence();
  await expectUnseen(page);
});

test('a password and a private key', async ({ page, sandbox }) => {
  const canary = await Canary.over(page);
  const there = await ready(page, sandbox, { script: WATCHES });
  await there.element.getByText('Username and password', { exact: true }).click();
  await there.field('Password at Premium CTV — Direct').fill(PASSWORD);
  await there.element.getByText('A private key (JWT)', { exact: true }).click();
  await there.field('Private key').fill(pem('p256'));
  await there.button('Connect source').click();
  await expect(there.element.getByText('There is a problem')).toBeVisible();
  await canary.expectSilence();
  await expectUnseen(page);
});

test('the secret is in the body of one request, to the one address', async ({ page, sandbox }) => {
  const bodies: string[] = [];
  page.on('request', (request) => {
    const text = JSON.stringify([request.url(), request.headers(), request.postData()]);
    if (text.includes(MARK)) bodies.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  const there = await ready(page, sandbox);
  await there.connects();
  expect(bodies).toEqual([`POST /gateway/storefront/${registration()}`]);
  const [post] = await sandbox.requests('POST');
  expect(post?.body.auth.token).toEqual(fingerprint(KEY));
});

test('a token that the person gives', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const canary = await Canary.over(page);
  const there = await host(page, sandbox, { script: WATCHES });
  await there.configure();
  await there.field('Interchange access token').fill(FOREIGN_TOKEN);
  await there.button('Use token').click();
  await expect(there.field('Interchange access token')).toHaveAccessibleDescription(/does not accept this token/);
  await canary.expectSilence();
  await there.field('Interchange access token').fill('scope3_demo_buyer');
  await there.button('Use token').click();
  await expect(there.field(ACCOUNT)).toBeVisible();
  await canary.expectSilence();
  await expectUnseen(page);
});

test('the page’s scripts reach what is typed only by asking the fields themselves', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  const reached = await there.element.evaluate((element) => {
    const found: string[] = [];
    const known = new Set<unknown>();
    const look = (value: unknown, path: string, depth: number): void => {
      if (typeof value === 'string') found.push(`${path}: ${value}`);
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value instanceof Node || known.has(value) || depth > 4) return;
      known.add(value);
      for (const key of Reflect.ownKeys(value)) {
        const named = Reflect.getOwnPropertyDescriptor(value, key);
        if (named && 'value' in named) look(named.value, `${path}.${String(key)}`, depth + 1);
      }
    };
    for (const name in element) if (!(name in HTMLElement.prototype)) look(Reflect.get(element, name), name, 0);
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) look(Reflect.get(globalThis, symbol), String(symbol), 0);
    look({ ...element }, 'own', 0);
    return found.concat(element.outerHTML, element.shadowRoot?.innerHTML ?? '');
  });
  expect(reached.filter((line) => line.includes(MARK))).toEqual([]);
});

test('what is loaded and called is what the page named, and nothing is reported to anybody', async ({ page, sandbox }) => {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(new URL(request.url()).pathname));
  const there = await ready(page, sandbox);
  await there.connects();
  await there.element.evaluate((element) => element.remove());
  const kinds = new Set(addresses.map((path) => (path.startsWith('/portal/') ? path : path.replace(/^(\/gateway\/storefront\/).*/, '$1'))));
  expect([...kinds].sort()).toEqual([
    '/gateway/storefront/',
    '/portal/after.js',
    '/portal/before.js',
    '/portal/host.css',
    '/portal/index.html',
    '/portal/widget/register.js',
    '/portal/widget/storefront.wasm',
  ]);
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
});

test('a key that looks like our own token, and one with characters that do not belong, are told and stay', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source() });
  await there.field(KEY_OR_TOKEN).fill('scope3_demo_buyer');
  await expect(there.element.getByText('This looks like an Interchange access token')).toBeVisible();
  await there.fillKey('acme', 'key with space');
  await there.button('Connect source').click();
  await expect(there.element.getByText('There is a problem')).toBeVisible();
  expect(JSON.stringify(await there.heard())).not.toContain('key with space');
});
