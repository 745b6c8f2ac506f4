// Searches everything that a page leaves behind for secrets that a test typed.
import { expect, type Page } from '@playwright/test';
import { MARK, pemMark } from './connect';
import { DESTINATIONS, INVENTORY } from './switches';

/** How the tokens begin that sign-ins give: three segments, and what renews those of the sandbox. */
const GRANTED = ['eyJhbGciOi', 'refresh_grant_'];
/** The ones that the sandbox itself knows. */
const SEEDED = [DESTINATIONS.clientSecret, DESTINATIONS.token, INVENTORY.clientSecret];
/** What no place may hold: the mark of our secrets, the private keys, and the tokens that the servers give or know. */
const SECRETS = [MARK, 'scope3_demo_', 'aao_demo_', ...SEEDED, ...GRANTED, ...['p256', 'p384'].map(pemMark)].map((secret) => secret.replace(/\W/g, '\\$&'));
const FORBIDDEN = new RegExp(`.{0,60}(?:${SECRETS.join('|')}).{0,60}`);

export class Canary {
  private readonly lines: string[] = [];

  private constructor(private readonly page: Page) {}

  /** Listens from now on; call it before the page is opened. */
  static async over(page: Page): Promise<Canary> {
    const canary = new Canary(page);
    // Every line, not just errors; and every value that a line carries besides its text.
    page.on('console', (message) => canary.lines.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => canary.lines.push(`error: ${error.stack}`));
    page.on('request', (request) => {
      canary.lines.push(`address: ${request.url()}`);
      const { authorization, ...headers } = request.headers();
      canary.lines.push(`headers: ${JSON.stringify(headers)}`);
      // What is saved goes into the body of these two, and nowhere else.
      if (!['POST', 'PUT'].includes(request.method())) canary.lines.push(`body: ${request.postData()}`);
    });
    page.on('framenavigated', (frame) => canary.lines.push(`address: ${frame.url()}`));
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const say = (what: string, value: unknown): void => {
        heard.push(`${what}: ${JSON.stringify(value)}`);
      };
      const dispatch = EventTarget.prototype.dispatchEvent;
      EventTarget.prototype.dispatchEvent = function (event) {
        const { detail, data } = event as CustomEvent & MessageEvent;
        say(`event ${event.type}`, [detail, data]);
        return dispatch.call(this, event);
      };
      for (const target of [window, BroadcastChannel.prototype, MessagePort.prototype]) {
        const post = target.postMessage as (...all: unknown[]) => void;
        Object.assign(target, {
          postMessage(this: unknown, ...all: unknown[]) {
            say('message', all[0]);
            post.apply(this, all);
          },
        });
      }
      for (const name of ['pushState', 'replaceState'] as const) {
        const change = history[name];
        history[name] = function (...all) {
          say('history', all);
          change.apply(this, all);
        };
      }
    });
    return canary;
  }

  /** Fails with each place that holds a secret, as the page is now and as it was until now. */
  async expectSilence(): Promise<void> {
    const places = await this.page.evaluate(async () => {
      const found: string[] = [...(window as unknown as { heard: string[] }).heard];
      for (const store of [localStorage, sessionStorage]) found.push(`storage: ${JSON.stringify({ ...store })}`);
      found.push(`databases: ${JSON.stringify(await indexedDB.databases())}`);
      found.push(`caches: ${JSON.stringify(await caches.keys())}`);
      found.push(`cookies: ${document.cookie}`, `address: ${location.href}`, `state: ${JSON.stringify(history.state)}`);
      found.push(`name: ${window.name}`, `title: ${document.title}`, `referrer: ${document.referrer}`);
      const { navigation } = window as unknown as { navigation?: { entries(): { url: string }[] } };
      for (const entry of navigation?.entries() ?? []) found.push(`history: ${entry.url}`);
      for (const entry of performance.getEntries()) found.push(`timing: ${entry.name}`);
      const below = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) found.push(`attribute ${name} of ${element.localName}: ${value}`);
          if (!element.shadowRoot) continue;
          found.push(`text in ${element.localName}: ${element.shadowRoot.textContent}`);
          below(element.shadowRoot);
        }
      };
      below(document);
      found.push(`text: ${document.documentElement.textContent}`, `seen: ${document.body.innerText}`);
      return found;
    });
    const cookies = await this.page.context().cookies();
    const all = [...this.lines, ...places, `all cookies: ${JSON.stringify(cookies)}`];
    const found = all.flatMap((line) => {
      const place = FORBIDDEN.exec(line)?.[0];
      return place === undefined ? [] : [`${line.slice(0, 30)} … ${place}`];
    });
    // Softly: each leak is worth to be known.
    expect.soft(found).toEqual([]);
  }
}
