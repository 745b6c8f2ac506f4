// The page that sign-ins return to, and a blank page of our own origin that plays the console.
import { createHash } from 'node:crypto';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { Sandbox } from './sandbox';

/** What a page of the console would keep of a sign-in in the same tab. */
export interface Flow {
  mode?: unknown;
  expires?: unknown;
  path?: unknown;
}

/** Where the sandbox has nothing, so that a blank page may stand there. */
const STAGE = 'stage';

const BLANK = '<!DOCTYPE html><html lang="en"><title>Stage</title><link rel="icon" href="data:,">';

/** base64url(SHA-256(state)), made by another hand than the page's. */
export function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

export class Callback {
  /** The folder that the page lies in, which every key and channel carries. */
  readonly base: string;
  readonly heading: Locator;
  readonly wayBack: Locator;

  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
  ) {
    this.base = new URL(sandbox.console).pathname;
    this.heading = page.getByRole('heading', { level: 1 });
    this.wayBack = page.getByRole('link', { name: 'Back to Credenza' });
  }

  name(what: string): string {
    return `credenza.${what} ${this.base}`;
  }

  /** Puts a blank page of our origin at this address, which keeps its opener as the console does. */
  static async blank(context: BrowserContext, url: string): Promise<void> {
    const headers = { 'cross-origin-opener-policy': 'same-origin' };
    await context.route(url, (route) => route.fulfill({ contentType: 'text/html', headers, body: BLANK }));
  }

  /** Opens the blank page in a tab, in this one unless told. */
  async stage(page = this.page): Promise<Page> {
    const url = this.sandbox.url(STAGE);
    await Callback.blank(page.context(), url);
    await page.goto(url);
    return page;
  }

  /** Opens it in a tab of its own: the console that waits elsewhere. */
  async console(): Promise<Page> {
    return this.stage(await this.page.context().newPage());
  }

  /** Keeps a record for this state, as the console does before it leaves for the provider. */
  async keep(state: string, record: Flow | string): Promise<void> {
    const text = typeof record === 'string' ? record : JSON.stringify(record);
    await this.page.evaluate(([key, value]) => sessionStorage.setItem(key, value), [this.name(`flow.${hashOf(state)}`), text] as const);
  }

  /** Keeps the list of answers that were taken, as text. */
  async keepUsed(text: string): Promise<void> {
    await this.page.evaluate(([key, value]) => localStorage.setItem(key, value), [this.name('used'), text] as const);
  }

  url(query: string): string {
    return this.sandbox.url(`oauth-callback.html${query}`);
  }

  /** Arrives from the provider with this query. */
  async arrive(query: string): Promise<void> {
    await this.page.goto(this.url(query));
  }

  /** The query that was kept for the console, if there is one. */
  kept(): Promise<string | null> {
    return this.page.evaluate((key) => sessionStorage.getItem(key), this.name('callback'));
  }

  /** Says what is told: the heading, and whether there is a way back. */
  async expectTold(heading: string, wayBack: boolean): Promise<void> {
    await expect(this.heading).toHaveText(heading);
    await expect(this.page).toHaveTitle(`${heading} · Credenza`);
    if (wayBack) await expect(this.wayBack).toHaveJSProperty('href', this.sandbox.console);
    await expect(this.wayBack).toBeVisible({ visible: wayBack });
  }

  /** Is still the callback page, with a clean address. */
  expectStayed(): void {
    expect(this.page.url()).toBe(this.url(''));
  }

  /** Listens on a channel in `console` and answers each message with these outcomes. Returns what has been heard. */
  async answer(console: Page, channel: string, outcomes: string[]): Promise<() => Promise<unknown[]>> {
    await console.evaluate(
      ([name, outcomes]) => {
        const heard: unknown[] = [];
        const channel = new BroadcastChannel(name);
        channel.onmessage = ({ data }) => {
          heard.push(data);
          for (const outcome of outcomes) channel.postMessage({ type: 'credenza-ack', outcome });
        };
        Object.assign(window, { heard });
      },
      [channel, outcomes] as const,
    );
    return () => console.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  }
}
