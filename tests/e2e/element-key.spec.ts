// Private keys in `<credenza-connect>`: what reads them is a module of its own, loaded by whoever chooses to give one.
import type { Page } from '@playwright/test';
import { IDENTIFIER, JWT, fixture, logged, pem, registration } from './support/connect';
import { ACCOUNT, HOLDS_MEMORY, type Host, host, ready, source } from './support/element';
import { expect, test } from './support/test';

const SOURCE = source('', 'src_jwt', 48);
const WAY = 'A private key (JWT)';
const SAYS = 'This key has not been read yet. Try again in a moment; if that does not help, check your connection';
const UNREAD = new RegExp(SAYS);
const LABELS = {
  issuer: 'Issuer',
  subject: 'Subject',
  keyId: 'Key ID',
  scope: 'Scope',
  tokenEndpointUrl: 'Token endpoint URL',
  audienceUrl: 'Audience URL',
} as const;

/** How often the module was asked for. */
function loads(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => void (count += Number(request.url().endsWith('/key.wasm'))));
  return () => count;
}

const choose = (there: Host): Promise<void> => there.element.getByText(WAY, { exact: true }).click();

async function fill(there: Host, key = pem('p256')): Promise<void> {
  await there.field(ACCOUNT).fill(IDENTIFIER);
  await there.field('Private key').fill(key);
  for (const [name, label] of Object.entries(LABELS)) await there.field(label).fill(JWT[name as keyof typeof JWT]);
}

const connected = (there: Host): Promise<void> => expect(there.element.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
/** Holds the module back until what this returns is called. */
async function hold(page: Page): Promise<() => void> {
  let go = (): void => undefined;
  const held = new Promise<void>((done) => (go = done));
  await page.route('**/key.wasm', async (route) => {
    await held;
    await route.fallback();
  });
  return go;
}

/** The message at the key, without what is said of it besides. */
const message = (there: Host) => there.element.getByText(/^Error: /).first();

test('it is loaded when a private key is chosen, and not before', async ({ page, sandbox }) => {
  const count = loads(page);
  const there = await ready(page, sandbox, { body: SOURCE });
  await there.element.getByText('Username and password', { exact: true }).click();
  await page.waitForLoadState('networkidle');
  expect(count()).toBe(0);
  await choose(there);
  await expect.poll(count).toBe(1);
  // As a mail program may have left it.
  await fill(there, `Here it is:\n> ${pem('p256').replaceAll('\n', ' ')}\nBye`);
  await there.button('Connect source').click();
  await connected(there);
  const [post] = await sandbox.requests('POST', new RegExp(registration(48, 'src_jwt')));
  const { auth, ...root } = logged(fixture('register-jwt').body, IDENTIFIER, { privateKey: pem('p256') }) as { auth: Record<string, unknown> };
  expect(post?.body).toEqual({ ...root, auth: { ...auth, ...JWT, algorithm: 'ES256', environment: undefined } });
  expect(count()).toBe(1);
  expect(await there.refused()).toEqual([]);
});

test('what it read is said, and what is no private key is named', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  await choose(there);
  await there.field('Private key').fill(pem('rsa2048'));
  await there.field('Private key').blur();
  await expect(there.element.getByText('This is an RSA key of 2048 bits.')).toBeVisible();
  await expect(there.field('Algorithm')).toBeHidden();
  await fill(there, pem('certificate'));
  await there.button('Connect source').click();
  await expect(there.field('Private key')).toHaveAccessibleDescription(/This is a certificate\. Paste the private key/);
  await there.field('Private key').fill(pem('p384'));
  await there.field('Private key').blur();
  await expect(there.element.getByText('This is an EC key on P-384.')).toBeVisible();
  expect(await sandbox.requests('POST')).toEqual([]);
});

test('the one way there is: it is loaded at once, and once for all elements', async ({ page, sandbox }) => {
  const count = loads(page);
  const body = [source('auth-type="jwt" id="one"', 'src_jwt', 48), source('auth-type="jwt" id="two"')].join('');
  const there = await host(page, sandbox, { body });
  for (const id of ['#one', '#two']) await there.of(id).starts();
  await fill(there.of('#one'));
  await there.of('#one').button('Connect source').click();
  await connected(there.of('#one'));
  await expect(there.of('#two').field('Private key')).toBeVisible();
  expect(count()).toBe(1);
});

test('slow: what waits for it is judged when it comes', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  const go = await hold(page);
  await choose(there);
  await fill(there, pem('certificate'));
  await there.button('Connect source').click();
  await expect(there.field('Private key')).toHaveAccessibleDescription(UNREAD);
  expect(await there.call('checkValidity')).toBe(false);
  go();
  await expect(there.field('Private key')).toHaveAccessibleDescription(/This is a certificate/);
  await there.field('Private key').fill(pem('p256'));
  await expect(there.element.getByText('There is a problem')).toBeHidden();
  await there.button('Connect source').click();
  await connected(there);
});

test('slow, and the key is right: the message goes, and the form is valid', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  const go = await hold(page);
  await choose(there);
  await fill(there);
  await there.button('Connect source').click();
  await expect(message(there)).toBeVisible();
  go();
  await expect(message(there)).toBeHidden();
  await expect.poll(() => there.call('checkValidity')).toBe(true);
  await there.button('Connect source').click();
  await connected(there);
});

for (const [name, code, retryable, spoil] of [
  ['not there', 'key_unreachable', true, () => undefined],
  ['changed by one byte', 'key_changed', false, (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])])],
] as const) {
  test(`${name}: nothing is sent, the page is told, and the next try loads it anew`, async ({ page, sandbox, guard }) => {
    guard.allow(/integrity/i, /^Failed to load resource/);
    const count = loads(page);
    let spoilt = true;
    const there = await ready(page, sandbox, {
      body: SOURCE,
      change: (file, bytes) => (file === 'key.wasm' && spoilt ? spoil(bytes) : bytes),
    });
    await choose(there);
    const told = await there.hears('error');
    expect(told).toEqual({ code, message: SAYS, retryable });
    // Typing alone tries nothing again.
    const before = count();
    await fill(there);
    await there.field('Issuer').pressSequentially('letter by letter');
    expect([count(), await there.names()]).toEqual([before, expect.arrayContaining(['error'])]);
    expect(await there.heard('error')).toHaveLength(1);
    await there.button('Connect source').click();
    await expect(there.field('Private key')).toHaveAccessibleDescription(UNREAD);
    await there.hears('error', 2);
    expect(await sandbox.requests('POST')).toEqual([]);
    // Everything else goes on, and so does this once it is there.
    spoilt = false;
    await expect(async () => {
      await there.button('Connect source').click({ timeout: 500 });
      await expect(there.element.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({ timeout: 1000 });
    }).toPass();
    expect(await sandbox.requests('POST')).toHaveLength(1);
  });
}

test('it may come from elsewhere', async ({ page, sandbox }) => {
  const count = loads(page);
  const there = await host(page, sandbox, {
    body: SOURCE,
    load: '',
    after: `import { configure, register } from '/portal/widget/index.js';
      configure({ wasm: { key: await (await fetch('/portal/widget/key.wasm')).arrayBuffer() } });
      register();`,
  });
  await page.waitForFunction(() => customElements.get('credenza-connect') !== undefined);
  await there.starts();
  await choose(there);
  await fill(there);
  await there.button('Connect source').click();
  await connected(there);
  expect(count()).toBe(1);
});

test('that it is not there is told where somebody chose a private key, and nowhere else', async ({ page, sandbox, guard }) => {
  guard.allow(/integrity/i, /^Failed to load resource/);
  const body = [source('id="one"', 'src_jwt', 48), source('id="two"')].join('');
  const there = await host(page, sandbox, { body, change: (file, bytes) => (file === 'key.wasm' ? undefined : bytes) });
  for (const id of ['#one', '#two']) await there.of(id).starts();
  await choose(there.of('#one'));
  await there.hears('error');
  expect((await there.heard('error')).map(({ target }) => target)).toEqual(['one']);
});

test('a file that comes before it: nothing is said until it is read', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  const go = await hold(page);
  await choose(there);
  const files = there.element.locator('input[type=file]');
  await files.setInputFiles({ name: 'acme.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem('certificate')) });
  await expect(there.element.getByText('acme.pem')).toBeVisible();
  await expect(message(there)).toBeHidden();
  go();
  await expect(there.field('Private key')).toHaveAccessibleDescription(/This is a certificate/);
  await files.setInputFiles({ name: 'acme.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem('p256')) });
  await expect(there.element.getByText('This is an EC P-256 key.')).toBeVisible();
  await expect(message(there)).toBeHidden();
});

test('another way meanwhile, and back: the key is read all the same', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  const go = await hold(page);
  await choose(there);
  await there.field('Private key').fill(pem('p256'));
  await there.element.getByText('Username and password', { exact: true }).click();
  const came = page.waitForResponse('**/key.wasm');
  go();
  await came;
  await choose(there);
  await expect(there.element.getByText('This is an EC P-256 key.')).toBeVisible();
  await expect(there.element.getByText('Algorithm: ES256, for an EC P-256 key')).toBeVisible();
});

test('taken out and put back while it is on its way', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE });
  const go = await hold(page);
  await choose(there);
  await there.element.evaluate(async (element) => {
    const parent = element.parentElement!;
    element.remove();
    await new Promise((done) => setTimeout(done, 50));
    parent.append(element);
  });
  await there.hears('ready', 2);
  go();
  await choose(there);
  await fill(there);
  await there.button('Connect source').click();
  await connected(there);
});

test('a module that stops is loaded anew by the next try', async ({ page, sandbox, guard }) => {
  guard.allow(/RuntimeError/, /unreachable|out of bounds/);
  const count = loads(page);
  const there = await ready(page, sandbox, { body: SOURCE, script: HOLDS_MEMORY });
  await page.evaluate(() => Reflect.get(window, 'memories').splice(0));
  await choose(there);
  await fill(there);
  await expect.poll(() => there.call('checkValidity')).toBe(true);
  // Only the memory of the module for keys is held.
  await page.evaluate(() => (Reflect.get(window, 'spoil') as () => void)());
  await expect(async () => {
    await there.button('Connect source').click({ timeout: 500 });
    await expect(there.element.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass();
  expect(count()).toBe(2);
  expect(await there.heard('error')).toEqual([]);
});

test('where no form is shown, it is not loaded', async ({ page, sandbox }) => {
  const count = loads(page);
  const there = await host(page, sandbox, { body: source('auth-type="jwt"', 'src_live') });
  await there.starts();
  await there.expectStatus('connected');
  await page.waitForLoadState('networkidle');
  expect(count()).toBe(0);
});
