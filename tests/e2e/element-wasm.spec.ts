// The modules of `<credenza-connect>`: refused by the page, not to be had, changed on their way, taken from elsewhere, stopped.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ACCOUNT, HOLDS_MEMORY, Host, REGISTER, SOURCE, STRICT, host, ready, serve, type Change } from './support/element';
import { environment } from './support/sandbox';
import { expect, test } from './support/test';

const FALLBACK = SOURCE.replace('></', '><p>Ask your contact instead.</p></');
const flipped = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  // The last byte: it may be valid WebAssembly all the same.
  changed[changed.length - 1]! ^= 1;
  return changed;
};
const only = (file: string, change: (bytes: Buffer) => Buffer | undefined): Change => (name, bytes) => (name === file ? change(bytes) : bytes);
const inPackage = (name: string): Promise<Buffer> => readFile(join(environment('CREDENZA_WIDGET'), name));

/** The element says why it cannot work, tells the page, and shows what stands in it for this case. */
async function expectFailed(there: Host, code: string, says: RegExp): Promise<void> {
  const detail = await there.hears('error');
  expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
  expect(detail).toMatchObject({ code, message: expect.stringMatching(says), retryable: code === 'wasm_unreachable' });
  await expect(there.element.getByRole('alert')).toContainText(says);
  await expect(there.page.getByText('Ask your contact instead.')).toBeVisible();
  expect(await there.get('status')).toBe('unknown');
  expect(new Set(await there.names())).toEqual(new Set(['error']));
}

test('the page’s policy does not allow WebAssembly: told, with what it needs', async ({ page, sandbox, guard }) => {
  guard.allow(/wasm-eval/, /WebAssembly/);
  const policy = STRICT.replace(" 'wasm-unsafe-eval'", '');
  const there = await host(page, sandbox, { body: FALLBACK, headers: { 'content-security-policy': policy } });
  await there.configure();
  await expectFailed(there, 'wasm_refused', /needs script-src 'wasm-unsafe-eval'/);
  expect(await there.call('diagnose')).toMatchObject({ wasm: false, notes: expect.arrayContaining([expect.stringContaining("add 'wasm-unsafe-eval'")]) });
  guard.allow(/require-trusted-types-for/, /TrustedScriptURL/);
});

test('the page’s policy does not allow to fetch the module: told, with what was refused', async ({ page, sandbox, guard }) => {
  guard.allow(/connect-src/, /Content Security Policy/);
  const policy = STRICT.replace("connect-src 'self'", "connect-src 'none'");
  const there = await host(page, sandbox, { body: FALLBACK, headers: { 'content-security-policy': policy } });
  await there.configure();
  await expectFailed(there, 'wasm_unreachable', /This form could not be loaded/);
  await expect(there.element.getByRole('alert')).toContainText(/connect-src: .*storefront\.wasm/);
});

test.describe('the module is not to be had', () => {
  test('404: told, and the next element tries again', async ({ page, sandbox, guard }) => {
    guard.allowStatus(404);
    // The browser compares a page that says 404, too.
    guard.allow(/integrity/i);
    let there404 = true;
    const change = only('storefront.wasm', (bytes) => (there404 ? undefined : bytes));
    const there = await host(page, sandbox, { body: FALLBACK, change });
    await there.gives('scope3_demo_buyer');
    await there.configure();
    await expectFailed(there, 'wasm_unreachable', /Check your connection, then reload the page/);
    there404 = false;
    await there.element.evaluate((element) => element.replaceWith(Object.assign(element.cloneNode(true), { id: 'next' })));
    const next = there.of('#next');
    await next.gives('scope3_demo_buyer');
    await next.configure();
    await there.hears('ready');
    await expect(next.field(ACCOUNT)).toBeVisible();
  });

  for (const why of ['connectionreset', 'internetdisconnected', 'timedout'] as const) {
    test(`the connection fails: ${why}`, async ({ page, sandbox, guard }) => {
      guard.allowNetworkErrors();
      const address = await serve(page, sandbox, { body: FALLBACK });
      await page.route('**/storefront.wasm', (route) => route.abort(why));
      await page.goto(address);
      const there = new Host(page, sandbox);
      await there.configure();
      await expectFailed(there, 'wasm_unreachable', /Check your connection, then reload the page/);
    });
  }

  test('a failure is told once', async ({ page, sandbox, guard }) => {
    guard.allowStatus(404);
    guard.allow(/integrity/i);
    const there = await host(page, sandbox, { body: FALLBACK, change: only('storefront.wasm', () => undefined) });
    await there.hears('error');
    await there.gives('scope3_demo_buyer');
    await there.configure();
    await there.set({ locale: 'de' });
    await page.waitForLoadState('networkidle');
    expect(await there.names()).toEqual(['error']);
  });
});

test.describe('the module is not what the script was made with', () => {
  for (const [how, change] of [
    ['by one byte', flipped],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -100)],
    ['a page of a login', () => Buffer.from('<!doctype html><title>Sign in</title>')],
    ['nothing', () => Buffer.alloc(0)],
  ] as const) {
    test(`${how}: it does not run`, async ({ page, sandbox, guard }) => {
      guard.allow(/integrity/i, /^Failed to load resource/);
      const there = await host(page, sandbox, { body: FALLBACK, change: only('storefront.wasm', change) });
      await there.gives('scope3_demo_buyer');
      await there.configure();
      await expectFailed(there, 'wasm_changed', /What was loaded is not what this page expects/);
      expect(await there.asked()).toEqual([]);
      expect(await sandbox.requests(undefined, /./)).toEqual([]);
    });
  }
});

test.describe('the script itself has a hash', () => {
  const hash = async (name: string): Promise<string> => `sha384-${createHash('sha384').update(await inPackage(name)).digest('base64')}`;
  const pinned = async (): Promise<string> => REGISTER.replace('src=', `integrity="${await hash('register.js')}" src=`);

  test('the one of integrity.json', async ({ page, sandbox }) => {
    const told = JSON.parse((await inPackage('integrity.json')).toString()) as Record<string, string>;
    for (const name of ['register.js', 'index.js', 'storefront.wasm', 'clients.wasm', 'registry.wasm', 'key.wasm']) expect(told[name]).toBe(await hash(name));
    const there = await ready(page, sandbox, { load: await pinned() });
    await there.connects();
  });

  test('register.js is changed by one byte: the browser refuses it, and what stands in the element is shown', async ({ page, sandbox, guard }) => {
    guard.allow(/integrity/i);
    const change = only('register.js', (bytes) => Buffer.concat([bytes, Buffer.from(' ')]));
    const there = await host(page, sandbox, { body: FALLBACK, load: await pinned(), change });
    await there.configure();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => customElements.get('credenza-connect') === undefined)).toBe(true);
    await expect(page.getByText('Ask your contact instead.')).toBeVisible();
    expect(await there.names()).toEqual([]);
  });
});

/** A page that takes the module from where `text` says, which is a function's body. */
const configured = (text: string) => ({
  body: FALLBACK,
  load: '',
  after: `import { configure, register } from '/portal/widget/index.js';
    const bytes = async (name) => (await fetch('/portal/widget/' + name)).arrayBuffer();
    configure({ wasm: { storefront: await (async () => { ${text} })() } });
    register();`,
});
const defined = (page: Page): Promise<unknown> => page.waitForFunction(() => customElements.get('credenza-connect') !== undefined);

test.describe('configure({ wasm })', () => {
  for (const [name, text] of [
    ['an address', "return '/portal/widget/storefront.wasm?elsewhere'"],
    ['a URL', "return new URL('/portal/widget/storefront.wasm?elsewhere', location.href)"],
    ['bytes', "return bytes('storefront.wasm')"],
    ['a view of bytes', "return new Uint8Array(await bytes('storefront.wasm'))"],
    ['a compiled module', "return WebAssembly.compile(await bytes('storefront.wasm'))"],
  ] as const) {
    test(`${name}: works, and nothing else is loaded`, async ({ page, sandbox }) => {
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      const there = await host(page, sandbox, configured(text));
      await defined(page);
      await there.starts();
      await there.connects();
      const wasm = loaded.map((address) => new URL(address)).filter(({ pathname }) => pathname.endsWith('.wasm'));
      expect(wasm).toHaveLength(1);
      if (name === 'an address') expect(wasm[0]!.search).toBe('?elsewhere');
    });
  }

  for (const [name, text] of [
    ['bytes that are changed', "const all = new Uint8Array(await bytes('storefront.wasm')); all[all.length - 1] ^= 1; return all.buffer"],
    ['a view of bytes that are changed', "const all = new Uint8Array(await bytes('storefront.wasm')); all[9] ^= 1; return all"],
    ['the bytes of another module', "return bytes('clients.wasm')"],
    ['an address with another module', "return '/portal/widget/clients.wasm'"],
  ] as const) {
    test(`${name}: does not run`, async ({ page, sandbox, guard }) => {
      guard.allow(/integrity/i, /^Failed to load resource/);
      const there = await host(page, sandbox, configured(text));
      await defined(page);
      await there.configure();
      await expectFailed(there, 'wasm_changed', /What was loaded is not what this page expects/);
    });
  }

  test('an address where there is nothing', async ({ page, sandbox, guard }) => {
    guard.allowStatus(404);
    guard.allow(/integrity/i);
    const there = await host(page, sandbox, configured("return '/portal/nowhere.wasm'"));
    await defined(page);
    await there.configure();
    await expectFailed(there, 'wasm_unreachable', /Check your connection/);
  });

  test('a compiled module that is none of ours is told', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, configured('return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))'));
    await defined(page);
    await there.configure();
    expect(await there.hears('error')).toMatchObject({ message: expect.stringMatching(/^This form could not/) });
    await expect(page.getByText('Ask your contact instead.')).toBeVisible();
  });
});

test('a module that stops says so, in each of its elements; a new element works', async ({ page, sandbox, guard }) => {
  guard.allow(/RuntimeError/, /panicked/, /unreachable|out of bounds|closure invoked/);
  const there = await host(page, sandbox, { body: FALLBACK + FALLBACK.replace(' ', ' id="two" '), script: HOLDS_MEMORY });
  await there.starts();
  await there.of('#two').starts();
  await page.evaluate(() => (Reflect.get(window, 'spoil') as () => void)());
  await there.field(ACCOUNT).fill('acme');
  await there.hears('error', 2);
  for (const each of [there, there.of('#two')]) {
    await expect(each.element.getByRole('alert')).toContainText('This form stopped');
    await expect(each.element.getByRole('alert')).toContainText('Nothing that you typed was kept');
    await expect(each.field(ACCOUNT)).toHaveCount(0);
    expect(await each.get('status')).toBe('unknown');
  }
  const errors = await there.heard('error');
  expect(errors.map(({ detail }) => [detail['code'], detail['retryable']])).toEqual([
    ['stopped', false],
    ['stopped', false],
  ]);
  await expect(page.getByText('Ask your contact instead.').first()).toBeVisible();
  await there.element.evaluate((element) => {
    const next = Object.assign(element.cloneNode(true), { id: 'next' });
    element.replaceWith(next);
  });
  await there.of('#next').starts();
  await there.of('#next').connects();
});
