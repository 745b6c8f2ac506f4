// How `<credenza-connect>` comes into a page: its script before or after the tag, once or twice, by whichever entry.
import type { Page } from '@playwright/test';
import { ACCOUNT, KEY_OR_TOKEN, REGISTER, SOURCE, config, host, ready, source } from './support/element';
import type { Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const TOKEN = "() => 'scope3_demo_buyer'";
const settings = (sandbox: Sandbox): string => JSON.stringify(config(sandbox));
/** A script that defines the element when `window.load()` is called. */
const LATER = "window.load = () => import('/portal/widget/register.js');";
const load = (page: Page): Promise<void> => page.evaluate(async () => void (await (Reflect.get(window, 'load') as () => Promise<unknown>)()));

/** Counts what is loaded of the package from now on. */
function loads(page: Page): (name: string) => number {
  const names: string[] = [];
  page.on('request', (request) => names.push(new URL(request.url()).pathname.split('/portal/widget/')[1] ?? ''));
  return (name) => names.filter((one) => one === name).length;
}

test('set before the class is there: properties and attributes are taken over', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    body: '<credenza-connect service="storefront" source-id="src_main"></credenza-connect>',
    load: '',
    after: `${LATER}
      const element = document.querySelector('credenza-connect');
      Object.assign(element, { storefrontId: '42', config: ${settings(sandbox)}, getToken: ${TOKEN}, value: { accountIdentifier: 'early' }, admin: true });`,
  });
  expect(await there.get('status')).toBeUndefined();
  await load(page);
  await there.hears('ready');
  await expect(there.field(ACCOUNT)).toHaveValue('early');
  await expect(there.element).toHaveAttribute('storefront-id', '42');
  expect(await there.get('admin')).toBe(true);
  // What was set early is the class's own now: setting it again has an effect.
  expect(await there.element.evaluate((element) => Object.keys(element))).toEqual([]);
  await there.set({ sourceId: 'src_live' });
  await there.hears('ready', 2);
  await expect(there.element).toHaveAttribute('source-id', 'src_live');
});

test('created by script, set, and only then put into the page', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    body: '',
    after: `const element = document.createElement('credenza-connect');
      Object.assign(element, { service: 'storefront', storefrontId: 42, sourceId: 'src_main', config: ${settings(sandbox)}, getToken: ${TOKEN} });
      window.before = { children: element.childNodes.length, attributes: element.getAttributeNames(), status: element.status };
      document.querySelector('main').append(element);`,
  });
  await there.hears('ready');
  await there.connects();
  expect(await page.evaluate(() => Reflect.get(window, 'before'))).toEqual({
    children: 0,
    attributes: ['service', 'storefront-id', 'source-id'],
    status: 'unknown',
  });
});

test('made by its constructor', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    body: '',
    load: '',
    after: `import { CredenzaConnect, register } from '/portal/widget/index.js';
      register();
      const element = new CredenzaConnect();
      Object.assign(element, { service: 'storefront', storefrontId: '42', sourceId: 'src_main', config: ${settings(sandbox)}, getToken: ${TOKEN} });
      document.querySelector('main').append(element);
      window.same = [customElements.get('credenza-connect') === CredenzaConnect, element instanceof HTMLElement];`,
  });
  await there.hears('ready');
  expect(await page.evaluate(() => Reflect.get(window, 'same'))).toEqual([true, true]);
});

test('what is set in one turn is drawn once, in whichever order', async ({ page, sandbox }) => {
  const count = loads(page);
  const there = await host(page, sandbox, {
    body: '<credenza-connect></credenza-connect>',
    after: `const element = document.querySelector('credenza-connect');
      element.getToken = ${TOKEN};
      element.sourceId = 'src_live';
      element.config = ${settings(sandbox)};
      element.storefrontId = '43';
      element.service = 'storefront';
      element.storefrontId = '42';
      element.sourceId = 'src_main';`,
  });
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
  expect(await sandbox.requests('GET', 'buyer/storefronts/43')).toEqual([]);
  expect(await there.names()).toEqual(['ready']);
  expect(count('storefront.wasm')).toBe(1);
});

test('until there is a configuration, what stands in it is shown and nothing is said', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: SOURCE.replace('></', '><p>Ask your contact.</p></') });
  await expect(page.getByText('Ask your contact.')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await there.names()).toEqual([]);
  await there.starts();
  await expect(page.getByText('Ask your contact.')).toBeHidden();
});

test('a configuration that is taken away takes the form away', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: SOURCE.replace('></', '><p>Ask your contact.</p></') });
  await there.set({ config: undefined });
  await expect(page.getByText('Ask your contact.')).toBeVisible();
  await expect(there.field(ACCOUNT)).toHaveCount(0);
});

test.describe('loaded twice', () => {
  const TWICE: [string, string][] = [
    ['the same script', `${REGISTER}${REGISTER}`],
    ['the same script under two addresses', `${REGISTER}<script type="module" src="widget/register.js?again"></script>`],
    ['both entries', `<script type="module" src="widget/index.js"></script>${REGISTER}`],
  ];
  for (const [name, tags] of TWICE) {
    test(`${name}: one class, one module, nothing is told twice`, async ({ page, sandbox }) => {
      const count = loads(page);
      const there = await host(page, sandbox, {
        load: tags,
        after: `import * as again from '/portal/widget/index.js';
          window.again = again;
          const known = customElements.get('credenza-connect');
          again.register();
          again.register();
          window.kept = known === customElements.get('credenza-connect');`,
      });
      await there.starts();
      await there.connects();
      expect(await page.evaluate(() => Reflect.get(window, 'kept'))).toBe(true);
      expect(count('storefront.wasm')).toBe(1);
      expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
      expect(await sandbox.requests('POST')).toHaveLength(1);
    });
  }

  test('an import alone does nothing', async ({ page, sandbox }) => {
    const count = loads(page);
    const there = await host(page, sandbox, { load: '', after: "import '/portal/widget/index.js'; window.done = true;" });
    await page.waitForFunction(() => Reflect.get(window, 'done'));
    expect(await page.evaluate(() => customElements.get('credenza-connect') === undefined)).toBe(true);
    expect(await there.element.evaluate((element) => element.shadowRoot)).toBeNull();
    expect(count('storefront.wasm')).toBe(0);
  });

  for (const light of [false, true]) {
    test(`under another name too${light ? ', among its children' : ''}: both work and share what runs`, async ({ page, sandbox }) => {
      const more = light ? 'light-dom' : '';
      const count = loads(page);
      const there = await host(page, sandbox, {
        body: source(more) + source(more, 'src_web', 45).replaceAll('credenza-connect', 'acme-connect'),
        after: "import { register } from '/portal/widget/register.js'; register('acme-connect'); register('acme-connect');",
      });
      await there.starts();
      const other = there.of('acme-connect');
      await other.starts();
      const looks = (of: typeof there): Promise<unknown> =>
        of.button('Connect source').evaluate((button) => {
          const { backgroundColor, color, borderRadius, minHeight, display, fontSize } = getComputedStyle(button);
          return { backgroundColor, color, borderRadius, minHeight, display, fontSize };
        });
      expect(await looks(other)).toEqual(await looks(there));
      await other.connects();
      const told = await there.heard();
      expect(told.filter(({ target }) => target === 'acme-connect').at(-1)).toMatchObject({ name: 'connected' });
      expect(count('storefront.wasm')).toBe(1);
    });
  }
});

test.describe('several on one page', () => {
  test('of one service: one module, and what is typed in one is its own', async ({ page, sandbox }) => {
    const count = loads(page);
    const there = await host(page, sandbox, { body: source('id="one"') + source('id="two"') + source('id="three"', 'src_web', 45) });
    const [one, two, three] = [there.of('#one'), there.of('#two'), there.of('#three')];
    for (const each of [one, two, three]) {
      await each.gives('scope3_demo_buyer');
      await each.configure();
    }
    await there.hears('ready', 3);
    expect(count('storefront.wasm')).toBe(1);
    await one.fillKey('first');
    await expect(two.field(ACCOUNT)).toHaveValue('');
    await three.fillKey('third');
    await one.button('Connect source').click();
    await expect(one.element.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
    await expect(three.field(ACCOUNT)).toHaveValue('third');
    await two.field(ACCOUNT).fill('second');
    await expect(two.field(ACCOUNT)).toHaveValue('second');
    const ids = await page.evaluate(() => {
      const roots = [...document.querySelectorAll('credenza-connect')].map((element) => element.shadowRoot);
      return roots.flatMap((root) => [...(root?.querySelectorAll('[id]') ?? [])].map(({ id }) => id));
    });
    expect(new Set(ids).size, 'ids differ').toBe(ids.length);
  });

  test('of two services: one module for each', async ({ page, sandbox }) => {
    const count = loads(page);
    const there = await host(page, sandbox, {
      body: `${SOURCE}<credenza-connect id="inventory" service="inventory"></credenza-connect><credenza-connect id="destinations" service="destinations"></credenza-connect>`,
    });
    await there.starts();
    await there.of('#inventory').configure();
    await there.of('#destinations').configure();
    await expect(there.of('#inventory').field('Client ID')).toBeVisible();
    await expect(there.of('#destinations').button(/./).first()).toBeVisible();
    expect([count('storefront.wasm'), count('clients.wasm'), count('registry.wasm')]).toEqual([1, 1, 0]);
  });

  test('another service is set: the other module takes its place', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await there.set({ service: 'inventory' });
    await expect(there.field('Client ID')).toBeVisible();
    await there.set({ service: 'storefront' });
    await there.expectStatus('needs_credentials');
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
    await there.connects();
  });
});

for (const service of ['', 'storefronts', 'constructor']) {
  test(`a service that there is not ("${service}"): told what to set, once it is wrong`, async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: `<credenza-connect service="${service}"><p>Ask your contact.</p></credenza-connect>` });
    await there.configure();
    await expect(page.getByText('Ask your contact.')).toBeVisible();
    if (!service) return expect(await there.names()).toEqual([]);
    expect(await there.hears('error')).toMatchObject({ code: 'configuration', message: expect.stringMatching(/^This form is not set up yet\. Set service to /) });
    await expect(there.element.getByRole('alert')).toContainText('Set service to storefront, destinations, inventory or registry.');
    await there.set({ service: 'storefront', storefrontId: '42', sourceId: 'src_main' });
    await there.starts();
    await there.connects();
  });
}

for (const [name, attributes, more, says] of [
  ['a storefront’s number', 'source-id="src_main"', {}, /Set storefront-id on the element/],
  ['a number that is one', 'storefront-id="42x" source-id="src_main"', {}, /Set storefront-id on the element/],
  ['a source', 'storefront-id="42"', {}, /Set source-id on the element/],
  ['this service in the configuration', 'storefront-id="42" source-id="src_main"', { storefront: undefined }, /Set config on the element/],
  ['an address of its own origin for the callback', 'storefront-id="42" source-id="src_main"', { callback: 'https://evil.example/a.html' }, /callback/],
  ['a known way of access', 'storefront-id="42" source-id="src_main"', { storefront: { api: '/x', access: 'magic' } }, /storefront\.access/],
  ['an address for the service', 'storefront-id="42" source-id="src_main"', { storefront: {} }, /storefront\.api/],
  ['https', 'storefront-id="42" source-id="src_main"', { storefront: { api: 'http://portal.example/x' } }, /https/],
] as const) {
  test(`without ${name}: told where to look, and mended by setting it`, async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: `<credenza-connect service="storefront" ${attributes}><p>Ask your contact.</p></credenza-connect>` });
    await there.configure(more);
    const detail = await there.hears('error');
    expect(detail).toMatchObject({ code: 'configuration', retryable: false, message: expect.stringMatching(says) });
    await expect(there.element.getByRole('alert')).toContainText(says);
    await expect(page.getByText('Ask your contact.')).toBeVisible();
    expect(await there.get('status')).toBe('unknown');
    await there.set({ storefrontId: '42', sourceId: 'src_main' });
    await there.starts();
    await expect(page.getByText('Ask your contact.')).toBeHidden();
    await expect(there.element.getByText('This form is not set up yet')).toHaveCount(0);
  });
}
