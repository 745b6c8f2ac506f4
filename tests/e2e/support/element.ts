// A page of somebody else's with elements in it, served under the sandbox's own origin, and what their events told.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { expect, type BrowserContext, type Frame, type Locator, type Page } from '@playwright/test';
import { IDENTIFIER, KEY } from './connect';
import { environment, type Sandbox } from './sandbox';

/** The policy of a strict page, as the README gives it. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "form-action 'none'; base-uri 'none'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** An event as it was heard above the element. */
export interface Heard {
  name: string;
  detail: Record<string, unknown>;
  /** The id of the element that it was heard of, else its name. */
  target: string;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Every event of the element, as its types name them. */
export const EVENTS = ['ready', 'change', 'before-submit', 'pending', 'connected', 'error', 'cancel', 'expiring'] as const;

/** Where host pages and the package lie in a test. */
export const PORTAL = 'portal/';

/** Pages by their names below `portal/`. */
export type Pages = Record<string, { body: string; headers?: Record<string, string> }>;
/** What becomes of a file of the package on its way; nothing when it is not to be found. */
export type Change = (name: string, bytes: Buffer) => Buffer | undefined;

/** Serves the element's package below `portal/widget/` of an origin, and whatever `pages` has below `portal/`. */
export async function portal(
  context: BrowserContext,
  origin: string,
  pages: Pages,
  change: Change = (_, bytes) => bytes,
): Promise<void> {
  const base = new URL(PORTAL, origin).href;
  await context.route(`${base}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(new URL(base).pathname.length);
    const page = pages[name];
    if (page) return route.fulfill({ contentType: TYPES[extname(name)] ?? 'text/html', ...page });
    if (!name.startsWith('widget/')) return route.fulfill({ status: 404, body: '' });
    const file = name.slice('widget/'.length);
    const bytes = await readFile(join(environment('CREDENZA_WIDGET'), file)).catch(() => undefined);
    const body = bytes && change(file, bytes);
    if (!body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: TYPES[extname(file)] ?? 'text/plain', body });
  });
}

/** What the page writes down of events, and of what its policy refused, before anything of ours is loaded. */
const LISTENS = `
window.told = [];
window.refused = [];
for (const name of ${JSON.stringify(EVENTS)}) {
  document.addEventListener('credenza-' + name, (event) => {
    window.told.push({ name, detail: event.detail, target: event.target.id || event.target.localName });
  });
}
document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.effectiveDirective));`;

/** Keeps hold of the memory of what is instantiated, and can spoil it. */
export const HOLDS_MEMORY = `window.memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await real.apply(WebAssembly, all);
      window.memories.push(...Object.values((made.instance ?? made).exports).filter((one) => one instanceof WebAssembly.Memory));
      return made;
    };
  }
  window.spoil = () => { for (const memory of window.memories) new Uint8Array(memory.buffer).fill(255); };`;

export interface HostOptions {
  /** What stands in the page's body; one element for a source of the sandbox when absent. */
  body?: string;
  /** More of the page's script, run before the element's. */
  script?: string;
  /** Run after it, as a module. */
  after?: string;
  style?: string;
  /** The element's script; `register.js` when absent. */
  load?: string;
  headers?: Record<string, string>;
  change?: Change;
  /** The page's name below `portal/`. */
  name?: string;
  /** Another origin, with a slash at its end, than the sandbox's. */
  origin?: string;
  /** Other pages below `portal/`. */
  pages?: Pages;
}

/** How the element's script is loaded. */
export const REGISTER = '<script type="module" src="widget/register.js"></script>';

/** Serves a host page under the strict policy, and returns its address. */
export async function serve(page: Page, sandbox: Sandbox, options: HostOptions = {}): Promise<string> {
  const { body = SOURCE, script = '', after = '', style = '', load = REGISTER, headers = {}, change, name = 'index.html' } = options;
  const tags = ['<script src="before.js"></script>', load, '<script type="module" src="after.js"></script>'];
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="host.css">${tags.join('')}</head><body><main><h1>Portal</h1>${body}</main></body></html>`;
  const pages: Pages = {
    [name]: { body: html, headers: { 'content-security-policy': STRICT, ...headers } },
    'before.js': { body: `${LISTENS}\n${script}` },
    'after.js': { body: after },
    'host.css': { body: style },
    ...options.pages,
  };
  const origin = options.origin ?? sandbox.console;
  await portal(page.context(), origin, pages, change);
  return new URL(PORTAL + name, origin).href;
}

/** Opens a host page under the strict policy. */
export async function host(page: Page, sandbox: Sandbox, options: HostOptions = {}): Promise<Host> {
  await page.goto(await serve(page, sandbox, options));
  return new Host(page, sandbox);
}

/** The same with the element configured and a token given, once it is ready. */
export async function ready(page: Page, sandbox: Sandbox, options: HostOptions = {}): Promise<Host> {
  const there = await host(page, sandbox, options);
  await there.starts();
  return there;
}

/** An element for a source; the one that most tests connect needs no key beside this. */
export const source = (more = '', id = 'src_main', storefront = 42): string =>
  `<credenza-connect service="storefront" storefront-id="${storefront}" source-id="${id}" ${more}></credenza-connect>`;

/** The source that most tests connect. */
export const SOURCE = source();

/** The labels of the form that most tests fill. */
export const ACCOUNT = /^Your account name or number at /;
export const KEY_OR_TOKEN = 'Key or token';

/** The page's own ways into an element, and a person's. */
export class Host {
  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
    readonly frame: Page | Frame = page,
    private readonly selector = 'credenza-connect',
  ) {}

  /** The first element. */
  get element(): Locator {
    return this.frame.locator(this.selector).first();
  }

  /** The same page with another of its elements in question. */
  of(selector: string): Host {
    return new Host(this.page, this.sandbox, this.frame, selector);
  }

  /** Sets properties to what can be cloned. */
  async set(properties: Record<string, unknown>): Promise<void> {
    await this.element.evaluate((element, given) => void Object.assign(element, given), properties);
  }

  /** Configured as the console of the sandbox is. */
  async configure(more: Record<string, unknown> = {}): Promise<void> {
    await this.set({ config: { ...config(this.sandbox), ...more } });
  }

  /** From now on the page gives these tokens, one after the other, and the last one again and again. */
  async gives(...tokens: (string | null)[]): Promise<void> {
    await this.element.evaluate((element, tokens) => {
      const asked: unknown[] = [];
      const getToken = (request: unknown): unknown => {
        asked.push(request);
        return tokens[Math.min(asked.length, tokens.length) - 1];
      };
      Object.assign(window, { asked });
      Object.assign(element, { getToken });
    }, tokens);
  }

  /** What the page was asked for tokens. */
  asked(): Promise<unknown[]> {
    return this.frame.evaluate(() => Reflect.get(window, 'asked') as unknown[]);
  }

  /** Configured and with a token, and waits until it is ready. */
  async starts(more: Record<string, unknown> = {}): Promise<void> {
    const before = (await this.heard('ready')).length;
    await this.gives('scope3_demo_buyer');
    await this.configure(more);
    await this.hears('ready', before + 1);
  }

  async heard(name?: string): Promise<Heard[]> {
    const all = await this.frame.evaluate(() => Reflect.get(window, 'told') as Heard[]);
    return name ? all.filter((one) => one.name === name) : all;
  }

  /** The names of all events until now, in order. */
  async names(): Promise<string[]> {
    return (await this.heard()).map(({ name }) => name);
  }

  /** Waits until there are so many events of this name, and returns the last one's detail. */
  async hears(name: string, count = 1): Promise<Record<string, unknown>> {
    await expect.poll(async () => (await this.heard(name)).length, { message: `credenza-${name}` }).toBeGreaterThanOrEqual(count);
    return (await this.heard(name)).at(-1)!.detail;
  }

  /** What the policy refused, as the page heard it. */
  refused(): Promise<string[]> {
    return this.frame.evaluate(() => Reflect.get(window, 'refused') as string[]);
  }

  async call(method: string, ...given: unknown[]): Promise<unknown> {
    return this.element.evaluate((element, [method, given]) => Reflect.get(element, method as string).apply(element, given), [method, given]);
  }

  get(property: string): Promise<unknown> {
    return this.element.evaluate((element, property) => Reflect.get(element, property), property);
  }

  async expectStatus(status: string): Promise<void> {
    await expect.poll(() => this.get('status'), 'status').toBe(status);
  }

  /** A control by its label. */
  field(label: string | RegExp): Locator {
    return this.element.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.element.getByRole('button', { name, exact: true });
  }

  async fillKey(identifier = IDENTIFIER, token = KEY): Promise<void> {
    await this.field(ACCOUNT).fill(identifier);
    await this.field(KEY_OR_TOKEN).fill(token);
  }

  /** Fills the form for a key and sends it. */
  async connects(): Promise<void> {
    await this.fillKey();
    await this.button('Connect source').click();
    await expect(this.element.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
  }
}

/** The configuration by which an element reaches the sandbox. */
export function config(sandbox: Sandbox): Record<string, unknown> {
  const gateway = (name: string) => new URL(`gateway/${name}`, sandbox.console).pathname;
  return {
    callback: new URL('oauth-callback.html', sandbox.console).pathname,
    storefront: { api: gateway('storefront'), access: 'token' },
    destinations: { api: gateway('destinations'), auth: gateway('ims'), access: 'token' },
    inventory: { api: gateway('inventory'), auth: gateway('inventory-auth') },
    registry: { api: gateway('registry'), identity: sandbox.identity, access: 'sign-in' },
  };
}
