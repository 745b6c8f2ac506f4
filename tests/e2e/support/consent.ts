// Consent at a provider: the tab for its page, what the person does there, and how the console looks for it.
import { expect, type Page } from '@playwright/test';
import type { App } from './app';
import { CREDENTIALS, IDENTIFIER, fixture, openForm, registration } from './connect';
import type { Logged, Sandbox } from './sandbox';

/** A source that wants consent and has no account yet. */
export const PODCASTS = registration(43, 'src_podcasts');
/** A source whose one account, credential 731, waits for consent. */
export const RADIO = registration(43, 'src_radio');
/** The words in the tab while its address is asked for. */
export const TAB_WAITS = 'One moment: asking for the address of the provider’s page.';
export const TAB_OPENED = 'The provider’s page opened in a new tab';
export const TAB_BLOCKED = 'We could not control the tab for the provider’s page';
export const LOOKING = 'We look every few seconds whether you agreed.';
export const NOT_YET = 'Interchange has not seen your consent yet. If you declined or closed the window, start again.';

/** Opens the form of the source that wants consent, with the way by consent chosen and filled. */
export async function openConsent(app: App): Promise<void> {
  await openForm(app, { storefront: 43, source: 'src_podcasts', type: 'oauth' });
  await app.control('accountIdentifier').fill(IDENTIFIER);
}

/** Registers at that source, and gives the tab that opened, at the provider's page. */
export async function awaitConsent(app: App, sandbox: Sandbox): Promise<Page> {
  await openConsent(app);
  const tab = await opens(app.page, () => app.submit());
  await app.expectPhase('awaiting-consent');
  await expectAtProvider(tab, sandbox);
  return tab;
}

/** The one tab that opens by this. */
export async function opens(page: Page, press: () => Promise<void>): Promise<Page> {
  const before = page.context().pages().length;
  const [tab] = await Promise.all([page.context().waitForEvent('page'), press()]);
  expect(page.context().pages().length).toBeLessThanOrEqual(before + 1);
  return tab;
}

/** The tab is at a page of the other origin, and has no way back to ours. */
export async function expectAtProvider(tab: Page, sandbox: Sandbox): Promise<void> {
  await tab.waitForURL((url) => url.origin === new URL(sandbox.auth).origin);
  await expect(tab.getByRole('heading', { name: 'Allow Interchange to use your account?' })).toBeVisible();
  expect(await tab.evaluate(() => window.opener)).toBeNull();
}

export async function expectClosed(tab: Page): Promise<void> {
  await expect.poll(() => tab.isClosed(), 'the tab is closed').toBe(true);
  expect(tab.context().pages()).toHaveLength(1);
}

/** Agrees on the provider's page. */
export async function approve(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Approve' }).click();
  await expect(tab.getByRole('heading', { name: 'Your account is connected' })).toBeVisible();
}

/** Declines there. */
export async function deny(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Deny' }).click();
  await expect(tab.getByRole('heading', { name: 'Nothing was connected' })).toBeVisible();
}

/** Comes back from another window, as far as the page can tell. */
export async function comeBack(page: Page): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
}

/** Agrees, comes back, and is shown the result. */
export async function agree(app: App, tab: Page): Promise<void> {
  await approve(tab);
  await comeBack(app.page);
  await expectConsented(app);
}

/** The result after consent. */
export async function expectConsented(app: App): Promise<void> {
  await app.expectPhase('connected');
  await expect(app.page.getByRole('heading', { name: 'Connected', exact: true })).toBeFocused();
  await expect(app.page.getByRole('main')).toContainText('Interchange has your consent; it does not tell us whether');
}

/** What was sent to the gateway by POST, the pages of the provider aside. */
export function posts(sandbox: Sandbox): Promise<Logged[]> {
  return sandbox.requests('POST', /./);
}

/** A registration without `auth`, as the documents have it. */
export function expectWithoutAuth(post: Logged | undefined, identifier = IDENTIFIER, path = PODCASTS): void {
  const documented = fixture('register-oauth');
  expect(post?.path).toBe(`/gateway/storefront/${path}`);
  expect(post?.query).toBe('');
  expect(post?.headers).toMatchObject(documented.headers);
  expect(post?.body).toEqual({ ...documented.body, accountIdentifier: identifier });
  expect(post?.body).not.toHaveProperty('auth');
}

/** What the log knows of a page's own time. */
interface Looks {
  at: number[];
  pending: number;
  hidden: boolean;
}

/**
 * The page's time stands still from here on, and each read of the credentials is noted with the second at which it
 * was. Prepare the page by [`watchLooks`] before it is opened.
 */
export class Time {
  private constructor(private readonly page: Page) {}

  static async stopped(page: Page): Promise<Time> {
    const now = await page.evaluate(() => Date.now());
    await page.clock.pauseAt(now + 3000);
    const time = new Time(page);
    await time.settled();
    return time;
  }

  /** Goes on in steps no longer than the pause between two looks, so that every answer is there before the next. */
  async pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 5) {
      await this.page.clock.runFor(Math.min(left, 5) * 1000);
      await this.settled();
    }
  }

  /** The seconds at which the list was read while this much time passed. */
  async looksWithin(seconds: number): Promise<number[]> {
    const from = await this.page.evaluate(() => {
      (window as unknown as { looks: Looks }).looks.at = [];
      return Date.now();
    });
    await this.pass(seconds);
    return (await this.looks()).map((at) => Math.round((at - from) / 1000));
  }

  async looks(): Promise<number[]> {
    return this.page.evaluate(() => (window as unknown as { looks: Looks }).looks.at);
  }

  async settled(): Promise<void> {
    // While time stands still, Playwright's own ways to wait do so too.
    while ((await this.page.evaluate(() => (window as unknown as { looks: Looks }).looks.pending)) > 0);
  }
}

/** Notes the page's own reads of the credentials, and lets a test hide the page. */
export async function watchLooks(page: Page): Promise<void> {
  await page.addInitScript((path) => {
    const looks: Looks = { at: [], pending: 0, hidden: false };
    Object.assign(window, { looks });
    const real = window.fetch;
    window.fetch = async (...all) => {
      const [what, how] = all;
      const address = what instanceof Request ? what.url : String(what);
      if (!address.includes('/gateway/')) return real(...all);
      const method = what instanceof Request ? what.method : (how?.method ?? 'GET');
      if (method === 'GET' && address.endsWith(path)) looks.at.push(Date.now());
      looks.pending++;
      try {
        const answer = await real(...all);
        // The page reads the body and draws before time goes on.
        const bytes = answer.arrayBuffer.bind(answer);
        answer.arrayBuffer = () => bytes().finally(() => setZero(() => looks.pending--));
        if (answer.type === 'opaqueredirect') looks.pending--;
        return answer;
      } catch (error) {
        looks.pending--;
        throw error;
      }
    };
    const channel = new MessageChannel();
    const waiting: (() => void)[] = [];
    channel.port1.onmessage = () => waiting.shift()?.();
    const setZero = (run: () => void): void => {
      waiting.push(run);
      channel.port2.postMessage(0);
    };
    Object.defineProperty(document, 'hidden', { get: () => looks.hidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (looks.hidden ? 'hidden' : 'visible') });
  }, CREDENTIALS);
}

/** The person goes to another tab, or comes back. */
export async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    (window as unknown as { looks: Looks }).looks.hidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}
