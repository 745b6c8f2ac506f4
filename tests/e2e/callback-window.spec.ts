// The page that sign-ins return to, in a window that another page opened, and in browsers that lack or refuse things.
import type { BrowserContext, Page } from '@playwright/test';
import { Callback, hashOf } from './support/callback';
import { expect, test as base } from './support/test';

const test = base.extend<{ callback: Callback }>({
  callback: async ({ page, sandbox }, use) => use(new Callback(page, sandbox)),
});

const STATE = 'window-state';
const QUERY = `code=x&state=${STATE}`;
const NOTHING = 'No sign-in is waiting here';
const NO_WAY = 'This sign-in cannot go on';

/** The message that a page was sent, with its origin. */
interface Heard {
  origin: string;
  data: unknown;
}

/** Opens the callback page from `opener`, which answers what it hears to whoever sent it or, if told, at once. */
async function opened(opener: Page, url: string, outcome: string, to: string): Promise<{ page: Page; heard: () => Promise<Heard[]> }> {
  const popup = opener.waitForEvent('popup');
  await opener.evaluate(
    ([url, outcome, to]) => {
      const heard: unknown[] = [];
      const ack = { type: 'credenza-ack', outcome };
      addEventListener('message', ({ origin, data, source }) => {
        heard.push({ origin, data });
        (source as Window).postMessage(ack, to);
      });
      const child = open(url);
      // Tried again and again: whoever may not answer does not wait to be asked.
      setInterval(() => to === '*' && child?.postMessage(ack, '*'), 50);
      Object.assign(window, { heard });
    },
    [url, outcome, to] as const,
  );
  return { page: await popup, heard: () => opener.evaluate(() => (window as unknown as { heard: Heard[] }).heard) };
}

/** Takes the header away that parts a window from an opener elsewhere. */
async function withoutOpenerPolicy(context: BrowserContext, url: string): Promise<void> {
  await context.route(url, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    await route.fulfill({ response, headers });
  });
}

/** A blank page of the other origin, without a policy of its own. */
async function foreign(page: Page, auth: string): Promise<void> {
  const url = new URL('stage', auth).href;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><link rel="icon" href="data:,">' }));
  await page.goto(url);
}

test('an opener of our origin is told, and answers, without a channel', async ({ callback, context, sandbox }) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
  const { origin } = new URL(sandbox.console);
  const { page, heard } = await opened(await callback.stage(), callback.url(`?${QUERY}`), 'connected', origin);
  await new Callback(page, sandbox).expectTold('You are signed in', false);
  expect(await heard()).toEqual([{ origin, data: { type: 'credenza-callback', query: QUERY } }]);
});

test('with opener and channel both, one outcome is told', async ({ callback, sandbox }) => {
  const { origin } = new URL(sandbox.console);
  await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  const { page, heard } = await opened(await callback.stage(), callback.url(`?${QUERY}`), 'connected', origin);
  await new Callback(page, sandbox).expectTold('You are signed in', false);
  await expect.poll(heard).toHaveLength(1);
});

test('a foreign opener hears nothing and is not heard', async ({ callback, page, context, sandbox, guard }) => {
  // The browser's own line about a message whose target is not there.
  guard.allow(/Failed to execute 'postMessage' on 'DOMWindow'/);
  const url = callback.url(`?${QUERY}`);
  await withoutOpenerPolicy(context, url);
  await foreign(page, sandbox.auth);
  const window = await opened(page, url, 'connected', '*');
  const told = new Callback(window.page, sandbox);
  await told.expectTold('One moment', false);
  expect(await window.page.evaluate(() => opener !== null)).toBe(true);
  await told.expectTold(NOTHING, true);
  expect(await window.heard()).toEqual([]);
});

test('a console elsewhere is found although a policy parts the window from its opener', async ({ callback, page, sandbox }) => {
  await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  await foreign(page, sandbox.auth);
  await page.context().route(callback.url(`?${QUERY}`), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' } });
  });
  const window = await opened(page, callback.url(`?${QUERY}`), 'failed', '*');
  const told = new Callback(window.page, sandbox);
  await told.expectTold('You are signed in', false);
  expect(await window.page.evaluate(() => opener)).toBeNull();
  expect(await window.heard()).toEqual([]);
});

test('without an opener and without channels nothing waits', async ({ callback, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
  await callback.arrive(`?${QUERY}`);
  await callback.expectTold(NOTHING, true);
  callback.expectStayed();
});

test('without storage and locks the answer still reaches a console', async ({ callback, page, context }) => {
  const console = await callback.console();
  const heard = await callback.answer(console, callback.name(hashOf(STATE)), ['connected']);
  await page.addInitScript(() => {
    const refuse = { get: (): never => { throw new DOMException('refused', 'SecurityError'); } };
    Object.defineProperty(window, 'localStorage', refuse);
    Object.defineProperty(window, 'sessionStorage', refuse);
    Object.defineProperty(navigator, 'locks', { value: undefined });
  });
  await callback.arrive(`?${QUERY}`);
  await callback.expectTold('You are signed in', false);
  expect(await heard()).toEqual([{ type: 'credenza-callback', query: QUERY }]);
  expect(context.pages()).toHaveLength(2);
});

test('a full storage, or a browser without digests, is told', async ({ callback, page }) => {
  await callback.stage();
  await callback.keep(STATE, { mode: 'redirect', expires: Date.now() + 60_000, path: callback.base });
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await callback.arrive(`?${QUERY}`);
  await callback.expectTold(NO_WAY, true);
  callback.expectStayed();
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await callback.arrive(`?${QUERY}&again`);
  await callback.expectTold(NO_WAY, true);
  callback.expectStayed();
});

test('the theme that was chosen in the console holds here too', async ({ callback, page }) => {
  const colour = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await callback.arrive('');
  const light = await colour();
  await callback.stage();
  await page.evaluate((key) => localStorage.setItem(key, 'dark'), callback.name('theme'));
  await callback.arrive('');
  await callback.expectTold(NOTHING, true);
  expect(await colour()).not.toBe(light);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('says what to allow', async ({ callback, page }) => {
    await callback.arrive(`?${QUERY}`);
    await expect(page.locator('noscript p')).toBeVisible();
    await expect(page.locator('noscript p')).toContainText('Allow JavaScript');
    await expect(callback.wayBack).toBeVisible();
  });
});
