// Signing in to the registry as a person does it: the tab of the console, the page of the authorization server, and
// what the browser and the gateway saw of both.
import { expect, type Locator, type Page, type Request } from '@playwright/test';
import type { Logged, RegistrySwitches, Sandbox } from './sandbox';
import { approve } from './sign-in';
import { test as base, type Identity } from './test';

/** Where the servers take registrations, below the gateway. */
export const REGISTER: Record<Identity, string> = { sandbox: 'register', independent: 'reg' };
/** The documents of the resource and of the server, below the gateway. */
export const DOCUMENTS = ['.well-known/oauth-protected-resource/api', '.well-known/oauth-authorization-server'];
export const SIGNED_IN = 'You are signed in';
export const ME = 'api/me';
/** An agent of the demo's first organisation, for which nothing is saved, with an escape in its path. */
export const QUARRY = 'https://agent.quarry.example/a%2Fb';
/** Its page, below the base. */
export const QUARRY_PAGE = `agents/${encodeURIComponent(QUARRY)}`;
const BLANK = '<!DOCTYPE html><html lang="en"><title>Held back</title><link rel="icon" href="data:,">';
/** Nobody is asked, and the sandbox's own server agrees at once. */
export const AT_ONCE: RegistrySwitches = { consent: 'approve' };

function asksForConsent(request: Request): boolean {
  return request.isNavigationRequest() && new URL(request.url()).searchParams.has('code_challenge');
}

/** One tab of the console and the sign-ins that begin there. */
export class Visit {
  /** The requests of this browser for the page on which people agree. */
  readonly asked: URL[] = [];
  /** The addresses at which this browser came back. */
  readonly answers: URL[] = [];
  /** What a person knows as their access. */
  readonly standing: Locator;
  /** What is said about a sign-in that did not work. */
  readonly note: Locator;

  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
  ) {
    this.standing = page.getByRole('complementary', { name: 'Your access' });
    this.note = page.getByRole('alert').filter({ hasText: /./ }).first();
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (asksForConsent(request)) this.asked.push(url);
      if (request.isNavigationRequest() && url.href.startsWith(`${this.callback}?`)) this.answers.push(url);
    });
  }

  get callback(): string {
    return this.sandbox.url('oauth-callback.html');
  }

  /** The authorization request that was made last. */
  get last(): URL {
    return this.asked.at(-1) as URL;
  }

  /** A parameter of it. */
  sent(name: string): string {
    return this.last.searchParams.get(name) ?? '';
  }

  action(name: string): Locator {
    return this.page.locator(`[data-action="${name}"]`);
  }

  /** Comes back to this tab and presses a button there. */
  async press(action: string): Promise<void> {
    await this.page.bringToFront();
    await this.action(action).click();
  }

  async open(path = 'agents'): Promise<void> {
    await this.page.goto(this.sandbox.url(path));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** Presses a button that opens a tab, and gives the tab once it asked for consent. */
  async begin(action = 'sign-in'): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    const asked = this.page.context().waitForEvent('request', asksForConsent);
    await this.press(action);
    await asked;
    return opened;
  }

  /** Signs in by a tab of its own, and closes that. */
  async signIn(decide: (page: Page) => Promise<void> = approve): Promise<void> {
    const tab = await this.begin();
    await decide(tab);
    await expectHeading(tab, SIGNED_IN);
    await this.expectIn();
    await tab.close();
  }

  /** Signs in with the whole tab. */
  async signInHere(decide: (page: Page) => Promise<void> = approve): Promise<void> {
    await this.press('sign-in-here');
    await decide(this.page);
    await this.expectIn();
  }

  async expectIn(): Promise<void> {
    await expect(this.standing.getByText('buyer@acmebrand.example')).toBeVisible();
  }

  async expectOut(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Sign in to AgenticAdvertising.org (Sandbox)' })).toBeVisible();
    await expect(this.standing.getByRole('button')).toHaveCount(0);
  }

  async expectWaiting(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Waiting for your sign-in' })).toBeVisible();
  }

  /** The address at which an answer to the last request arrives; parameters may be given as text. */
  answer(parameters: Record<string, string> | string): string {
    const query = typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString();
    return `${this.callback}?${query}`;
  }

  exchanges(): Promise<Logged[]> {
    return this.sandbox.registryRequests('POST', 'token');
  }

  /** The refreshes and nothing else that went to the token endpoint. */
  async refreshes(): Promise<Logged[]> {
    return (await this.exchanges()).filter(({ body }) => body.grant_type === 'refresh_token');
  }
}

/** The headline of a page that is no console, such as the one that sign-ins return to. */
export async function expectHeading(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

/** The address of the answer that the sandbox gives at once when `press` begins a sign-in; nobody takes it there. */
export async function heldBack({ page, sandbox }: Visit, press: () => Promise<void>): Promise<string> {
  await sandbox.registry({ consent: 'approve' });
  const asks = (url: URL): boolean => url.origin === sandbox.identity && url.pathname === '/authorize';
  const answer = new Promise<string>((resolve) => {
    void page.context().route(asks, async (route) => {
      const { location } = (await route.fetch({ maxRedirects: 0 })).headers();
      await route.fulfill({ contentType: 'text/html', body: BLANK });
      resolve(location ?? '');
    });
  });
  await press();
  const url = await answer;
  await expect.poll(() => page.context().pages().some((one) => asks(new URL(one.url()))), 'the blank page').toBe(true);
  await page.context().unroute(asks);
  await sandbox.registry({ consent: 'ask' });
  return url;
}

/** Everything that a page shows or keeps, as one text. */
export function everything(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const inputs = [...document.querySelectorAll('input, textarea, select')].map((one) => (one as HTMLInputElement).value);
    return JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(), document.cookie,
      location.href, history.state, window.name, document.title, document.documentElement.outerHTML, inputs,
    ]);
  });
}

/** What a page keeps in its two storages, by key. */
export function stored(page: Page): Promise<{ local: Record<string, string>; session: Record<string, string> }> {
  return page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }) as never);
}

/** `test` with a console that speaks of the registry, and a visit to it. */
export const test = base.extend<{ visit: Visit }>({
  registry: true,
  visit: async ({ page, sandbox }, use) => use(new Visit(page, sandbox)),
});

export { expect };
