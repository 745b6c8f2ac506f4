// `<credenza-connect>` is moved, taken out, put back, and set to something else.
import type { Page } from '@playwright/test';
import { CREDENTIALS, IDENTIFIER, KEY, PASSWORD, registration } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, SOURCE, config, host, ready, source } from './support/element';
import type { Host } from './support/element';
import { fingerprint } from './support/sandbox';
import { expect, test } from './support/test';

const PLACES = `${SOURCE}<section id="other"></section>`;

/** Puts the element into another place, in one turn. */
const move = (there: Host, to = '#other'): Promise<void> =>
  there.element.evaluate((element, to) => void document.querySelector(to)!.append(element), to);

/** Takes it out and puts it back a while later; the page keeps hold of it. */
async function leave(there: Host): Promise<void> {
  await there.element.evaluate((element) => {
    Object.assign(window, { kept: element });
    element.remove();
  });
}
const putBack = (there: Host): Promise<void> =>
  there.page.evaluate(() => void document.querySelector('main')!.append(Reflect.get(window, 'kept') as Element));

for (const [how, moves] of [
  ['append', 'document.querySelector("#other").append(element)'],
  ['remove and insert in one turn', 'element.remove(); document.querySelector("#other").append(element)'],
  ['replaceWith', 'const p = document.createElement("p"); document.body.append(p); p.replaceWith(element)'],
  ['several times', 'for (let i = 0; i < 5; i++) document.body.append(element)'],
  ['moveBefore', 'document.querySelector("#other").moveBefore(element, null)'],
] as const) {
  test(`moved by ${how}: it keeps what was typed and says nothing`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, {
      body: PLACES,
      after: `window.move = () => { const element = document.querySelector('credenza-connect'); ${moves}; };`,
    });
    await there.fillKey();
    const before = await sandbox.requests(undefined, /./);
    await page.evaluate(() => (Reflect.get(window, 'move') as () => void)());
    await expect(there.field(ACCOUNT)).toHaveValue(IDENTIFIER);
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
    expect(await sandbox.requests(undefined, /./)).toHaveLength(before.length);
    expect(await there.names()).toEqual(['ready', 'change']);
    expect(await there.asked()).toHaveLength(1);
    await there.button('Connect source').click();
    await there.hears('connected');
  });
}

test('moved into a shadow root and out of it', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, {
    body: PLACES,
    after: "document.querySelector('#other').attachShadow({ mode: 'open' }).append(document.createElement('article'));",
  });
  await there.fillKey();
  await there.element.evaluate((element) => document.querySelector('#other')!.shadowRoot!.firstElementChild!.append(element));
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  await there.element.evaluate((element) => document.body.append(element));
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  await there.button('Connect source').click();
  await there.hears('connected');
});

test('taken out: secrets are gone at once, even for who holds the element', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  const root = await there.element.evaluateHandle((element) => element.shadowRoot);
  const input = await there.field(KEY_OR_TOKEN).elementHandle();
  await leave(there);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await root.evaluate((root) => root!.querySelectorAll('input, textarea').length)).toBe(0);
  expect(await root.evaluate((root) => root!.textContent)).not.toContain(IDENTIFIER);
  expect(await input!.evaluate((input) => (input as HTMLInputElement).isConnected)).toBe(false);
});

test('put back: it works anew, and what was typed is not there', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  await leave(there);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(await page.evaluate(() => (Reflect.get(window, 'kept') as { status: string }).status)).toBe('unknown');
  await putBack(there);
  await there.hears('ready', 2);
  await expect(there.field(ACCOUNT)).toHaveValue('');
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
  // Who asks is not remembered either.
  expect(await there.asked()).toEqual([
    { service: 'storefront', reason: 'first' },
    { service: 'storefront', reason: 'first' },
  ]);
  await there.connects();
  expect(await there.names()).toEqual(['ready', 'change', 'ready', 'change', 'before-submit', 'change', 'connected']);
});

test('put back: another way is not chosen any more, and no other secret is left in it', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.element.getByText('Username and password').click();
  await there.field('Password at Premium CTV — Direct').fill(PASSWORD);
  await there.button(/^Show Password/).click();
  await leave(there);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  await putBack(there);
  await there.hears('ready', 2);
  await there.element.getByText('Username and password').click();
  await expect(there.field('Password at Premium CTV — Direct')).toHaveValue('');
  await expect(there.field('Password at Premium CTV — Direct')).toHaveAttribute('type', 'password');
});

const rest = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));

test('taken out while its module is on its way: nothing is told, and it works when it is back', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: '<credenza-connect></credenza-connect>' });
  await page.route('**/storefront.wasm', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await route.fallback();
  });
  await there.gives('scope3_demo_buyer');
  await there.set({ service: 'storefront', storefrontId: '42', sourceId: 'src_main' });
  await there.configure();
  await leave(there);
  await rest(page);
  expect(await there.names()).toEqual([]);
  expect(await there.asked()).toEqual([]);
  await putBack(there);
  await there.hears('ready');
  await there.connects();
});

test('taken out while it asks for a token: the answer is not used', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    after: `document.querySelector('credenza-connect').getToken = () => new Promise((resolve) => { window.give = resolve; });`,
  });
  await there.configure();
  await page.waitForFunction(() => Reflect.get(window, 'give') !== undefined);
  await leave(there);
  await rest(page);
  await page.evaluate(() => (Reflect.get(window, 'give') as (token: string) => void)('scope3_demo_buyer'));
  await rest(page);
  expect(await there.names()).toEqual([]);
  await there.page.evaluate(() => Object.assign(Reflect.get(window, 'kept') as object, { getToken: () => 'scope3_demo_other' }));
  await putBack(there);
  await there.hears('ready');
  const requests = await sandbox.requests('GET', CREDENTIALS);
  expect(requests.map(({ headers }) => headers['authorization'])).toEqual([{ scheme: 'Bearer', ...fingerprint('scope3_demo_other') }]);
});

test('taken out while it sends: nothing is told or asked any more, and it is found connected when it is back', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'delay', delay_ms: 200 });
  await there.button('Connect source').click();
  await expect.poll(async () => (await sandbox.requests('POST')).length).toBe(1);
  await leave(there);
  await rest(page);
  const [names, requests] = [await there.names(), await sandbox.requests(undefined, /./)];
  expect(names).not.toContain('connected');
  expect(requests.at(-1)?.method).toBe('POST');
  await putBack(there);
  await there.expectStatus('connected');
  expect(await there.names()).toEqual([...names, 'ready']);
  expect(await sandbox.requests('POST')).toHaveLength(1);
});

test('set to another source: the form is for that one, and nothing typed goes along', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.fillKey();
  await there.set({ storefrontId: '45', sourceId: 'src_web' });
  expect(await there.hears('ready', 2)).toEqual({ status: 'needs_credentials' });
  await expect(there.element.getByRole('heading', { name: 'Connect Orchard Web' })).toBeVisible();
  await expect(there.field(ACCOUNT)).toHaveValue('');
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
  await there.set({ storefrontId: '42', sourceId: 'src_main' });
  await there.hears('ready', 3);
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
  await there.connects();
  expect((await sandbox.requests('POST')).map(({ path }) => path)).toEqual(['/gateway/storefront/buyer/storefronts/42/sources/src_main/credentials']);
});

for (const [name, change] of [
  ['the same configuration in a new object', { config: 'same' }],
  ['the theme', { theme: 'dark' }],
  ['its name', { name: 'credential' }],
  ['that it is required', { required: true }],
  ['an attribute of the page’s own', { title: 'x' }],
  ['other words', { messages: { Cancel: 'Abbrechen' } }],
  ['the language of dates', { locale: 'de' }],
] as const) {
  test(`set anew in the middle of typing: ${name}; nothing is lost`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await there.set('config' in change ? { config: config(sandbox) } : change);
    await page.waitForLoadState('networkidle');
    await expect(there.field(ACCOUNT)).toHaveValue(IDENTIFIER);
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
    // In other words it is drawn anew, and ready anew.
    const again = 'messages' in change || 'locale' in change;
    expect(await there.names()).toEqual(again ? ['ready', 'change', 'ready'] : ['ready', 'change']);
    expect(await there.asked()).toHaveLength(1);
  });
}

for (const [how, go] of [
  ['reloaded', async (page: Page) => void (await page.reload())],
  [
    'left and come back to',
    async (page: Page) => {
      await page.goto(new URL('other.html', page.url()).href);
      await page.goBack();
    },
  ],
] as const) {
  test(`the page is ${how}: what was typed is gone, or masked where the browser kept the page`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { pages: { 'other.html': { body: '<!doctype html><title>Other</title>' } } });
    await there.fillKey();
    await there.button('Show Key or token').click();
    await expect(there.field(KEY_OR_TOKEN)).toHaveAttribute('type', 'text');
    await go(page);
    const shown = await there.element.evaluate((element) => {
      const inputs = [...(element.shadowRoot?.querySelectorAll('input') ?? [])];
      return inputs.filter(({ type }) => type === 'text').map(({ value }) => value);
    });
    expect(shown).not.toContain(KEY);
  });
}

test('two are swapped: each keeps its own', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: source('id="one"') + source('id="two"', 'src_web', 45) });
  const [one, two] = [there.of('#one'), there.of('#two')];
  await one.starts();
  await two.starts();
  await one.fillKey('first');
  await two.fillKey('second');
  await two.element.evaluate((element) => document.querySelector('#one')!.before(element));
  await move(one, 'main');
  await expect(one.field(ACCOUNT)).toHaveValue('first');
  await expect(two.field(ACCOUNT)).toHaveValue('second');
});
