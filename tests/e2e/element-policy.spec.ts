// `<credenza-connect>` in strict pages, in frames, and where storage is blocked; and what it says of the page it is in.
import type { Frame, Page } from '@playwright/test';
import { approve, comeBack, expectAtProvider, opens } from './support/consent';
import { IDENTIFIER } from './support/connect';
import type { Guard } from './support/guard';
import { ACCOUNT, Host, PORTAL, STRICT, host, ready, serve, source, type HostOptions } from './support/element';
import type { Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const OPENER = { 'content-security-policy': STRICT, 'cross-origin-opener-policy': 'same-origin' };

/** Whether a page enforces Trusted Types can be asked only by doing what they refuse: "diagnose" does, and nothing else. */
const ASKS = [/This document requires 'TrustedScriptURL' assignment/, /policy violation: require-trusted-types-for .*HTMLScriptElement src\|about:blank/];

/** What the element says of the page. */
async function diagnosed(there: Host, guard: Guard): Promise<Record<string, unknown> & { notes: string[] }> {
  guard.allow(...ASKS);
  return (await there.call('diagnose')) as Record<string, unknown> & { notes: string[] };
}

/** Opens a page of another site with a frame in it, in which the host page of the sandbox's origin stands. */
async function framed(page: Page, sandbox: Sandbox, options: HostOptions = {}, outer = 'https://portal.example/', attributes = ''): Promise<Host> {
  const inside = await serve(page, sandbox, options);
  const body = `<!doctype html><title>Portal</title><iframe src="${inside}" width="700" height="900" ${attributes}></iframe>`;
  await page.route(`${outer}outer.html`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${outer}outer.html`);
  const frame = await page.waitForSelector('iframe').then((element) => element.contentFrame());
  await frame!.waitForLoadState();
  return new Host(page, sandbox, frame as Frame);
}

test.describe('under a strict policy with Trusted Types', () => {
  test('nothing is refused, whatever is done', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.button('Connect source').click();
    await there.button('Show Key or token').click();
    for (const way of ['Username and password', 'A private key (JWT)', 'I sign in at the provider', 'Nothing', 'A key or token']) {
      await there.element.getByText(way, { exact: true }).click();
    }
    await there.connects();
    await there.button('Add another account').click();
    await there.set({ theme: 'dark', locale: 'de', messages: { Cancel: 'Abbrechen' }, disabled: true });
    await there.set({ disabled: false, sourceId: 'src_live' });
    await there.expectStatus('connected');
    await there.element.evaluate((element) => element.remove());
    expect(await there.refused()).toEqual([]);
  });

  for (const light of [false, true]) {
    test(`without anything inline${light ? ', among its children' : ''}: no style attribute, no style or script element`, async ({ page, sandbox }) => {
      const there = await ready(page, sandbox, { body: source(light ? 'light-dom' : '') });
      await there.button('Connect source').click();
      const found = await there.element.evaluate((element) => {
        const root = element.shadowRoot ?? element;
        return [...root.querySelectorAll('[style], style, script, link, iframe')].map((one) => one.outerHTML.slice(0, 100));
      });
      expect(found).toEqual([]);
      expect(await there.refused()).toEqual([]);
    });
  }
});

test.describe('on a page that keeps its opener to itself (COOP)', () => {
  test('it works', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { headers: OPENER });
    await there.connects();
  });

  test('consent in a tab of its own works', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { headers: OPENER, body: source('auth-type="oauth"', 'src_podcasts', 43) });
    await there.field(ACCOUNT).fill(IDENTIFIER);
    const tab = await opens(page, () => there.button('Connect and sign in').click());
    await expectAtProvider(tab, sandbox);
    await approve(tab);
    await comeBack(page);
    await there.hears('connected');
  });

  test('isolated from other origins too', async ({ page, sandbox, guard }) => {
    const there = await ready(page, sandbox, { headers: { ...OPENER, 'cross-origin-embedder-policy': 'require-corp' } });
    expect(await diagnosed(there, guard)).toMatchObject({ crossOriginIsolated: true });
    await there.connects();
  });
});

test.describe('in a frame', () => {
  test('of the same origin', async ({ page, sandbox, guard }) => {
    guard.allow(/frame-ancestors/);
    const there = await framed(page, sandbox, {}, new URL(PORTAL, sandbox.console).href);
    await there.starts();
    await there.connects();
    expect(await diagnosed(there, guard)).toMatchObject({ frame: 'same-origin', sessionStorage: true });
  });

  for (const [how, attributes] of [
    ['as it is', ''],
    ['with a frame that allows little', 'sandbox="allow-scripts allow-forms allow-popups allow-same-origin"'],
  ] as const) {
    test(`of another site, ${how}: a key is connected`, async ({ page, sandbox, guard }) => {
      guard.allow(/^https:\/\/portal\.example\//);
      const there = await framed(page, sandbox, {}, undefined, attributes);
      await there.starts();
      await there.connects();
      expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
      expect(await there.refused()).toEqual([]);
      const told = await diagnosed(there, guard);
      expect(told.frame).toBe('cross-origin');
      expect(told.notes.join()).toContain('Open it in a tab of its own');
    });
  }

  test('of another site, by http', async ({ page, sandbox, guard }) => {
    guard.allow(/^http:\/\/portal\.example\//);
    const there = await framed(page, sandbox, {}, 'http://portal.example/');
    await there.starts();
    await there.connects();
  });

  test('of another site: consent in a tab of its own works', async ({ page, sandbox, guard }) => {
    guard.allow(/^https:\/\/portal\.example\//);
    const there = await framed(page, sandbox, { body: source('auth-type="oauth"', 'src_podcasts', 43) });
    await there.starts();
    await there.field(ACCOUNT).fill(IDENTIFIER);
    const tab = await opens(page, () => there.button('Connect and sign in').click());
    await expectAtProvider(tab, sandbox);
    await approve(tab);
    await tab.close();
    await page.bringToFront();
    await there.frame.evaluate(() => window.dispatchEvent(new Event('focus')));
    await there.hears('connected');
  });

  test('of another site, with the storage of third parties blocked by the browser', async ({ page, sandbox, guard, context }) => {
    guard.allow(/^https:\/\/portal\.example\//);
    // As a browser does that blocks all of it: each access throws.
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    });
    const there = await framed(page, sandbox);
    await there.starts();
    await there.connects();
    const told = await diagnosed(there, guard);
    expect(told).toMatchObject({ sessionStorage: false, localStorage: false });
    expect(told.notes.join()).toContain('Storage is blocked');
  });
});

test.describe('diagnose()', () => {
  test('on a page where everything works', async ({ page, sandbox, guard }) => {
    const there = await ready(page, sandbox);
    expect(await diagnosed(there, guard)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      wasm: true,
      trustedTypes: true,
      secureContext: true,
      crossOriginIsolated: false,
      frame: 'none',
      sessionStorage: true,
      localStorage: true,
      broadcastChannel: true,
      refused: [],
      notes: [],
    });
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  });

  test('the module’s own function says the same of the page', async ({ page, sandbox, guard }) => {
    const there = await host(page, sandbox, { after: "import { diagnose } from '/portal/widget/index.js'; window.facts = diagnose();" });
    await there.starts();
    const { notes: _, ...own } = (await page.evaluate(() => Reflect.get(window, 'facts'))) as Record<string, unknown>;
    const { notes: __, ...its } = await diagnosed(there, guard);
    expect(own).toEqual(its);
  });

  test('without Trusted Types', async ({ page, sandbox, guard }) => {
    const policy = STRICT.replace(/; require-trusted-types-for.*/, '');
    const there = await ready(page, sandbox, { headers: { 'content-security-policy': policy } });
    expect(await diagnosed(there, guard)).toMatchObject({ trustedTypes: false, wasm: true, notes: [] });
  });

  test('by plain http', async ({ page, sandbox, guard }) => {
    guard.allow(/^http:\/\/portal\.example\//);
    const there = await host(page, sandbox, { origin: 'http://portal.example/' });
    const told = await diagnosed(there, guard);
    expect(told).toMatchObject({ secureContext: false, wasm: true });
    expect(told.notes.join()).toContain('not served over https');
  });

  test('what the policy refused is listed, once', async ({ page, sandbox, guard }) => {
    guard.allow(/img-src|Content Security Policy|elsewhere\.example/);
    const there = await host(page, sandbox, {
      after: `const element = document.querySelector('credenza-connect');
        for (let i = 0; i < 3; i++) { const image = new Image(); image.src = 'https://elsewhere.example/a.png'; document.body.append(image); }`,
    });
    await expect.poll(async () => (await diagnosed(there, guard))['refused']).toEqual(['img-src: https://elsewhere.example/a.png']);
    const { notes } = await diagnosed(there, guard);
    expect(notes.join()).toContain('img-src: https://elsewhere.example/a.png');
  });

  test('what is missing of the element is named', async ({ page, sandbox, guard }) => {
    const there = await host(page, sandbox, { body: '<credenza-connect></credenza-connect>' });
    expect((await diagnosed(there, guard))['notes']).toEqual(['The element has no service.', 'The element has no config yet.']);
    await there.set({ service: 'registry', config: { registry: { api: '/x' } } });
    expect((await diagnosed(there, guard)).notes.join()).toContain('names no callback');
  });

  test('without BroadcastChannel', async ({ page, sandbox, guard }) => {
    const there = await host(page, sandbox, { script: 'delete window.BroadcastChannel;' });
    await there.starts();
    const told = await diagnosed(there, guard);
    expect(told['broadcastChannel']).toBe(false);
    expect(told.notes.join()).toContain('There is no BroadcastChannel');
    await there.connects();
  });
});
