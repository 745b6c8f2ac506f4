// `test` for the example pages: each is started as its README says, with the sandbox as the service behind it.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { IDENTIFIER, KEY, registration } from './connect';
import { Guard } from './guard';
import { expectNarrow } from './narrow';
import { fingerprint, type Sandbox, type Token } from './sandbox';
import { test as base, expect } from './test';

const EXAMPLES = join(__dirname, '../../../examples');

export type Example = 'plain' | 'react' | 'vue';

/** What serves each of them, and where its page is. `npm start` runs the same; a shell in between could not be stopped. */
const SERVERS: Record<Example, { args: string[]; page: string }> = {
  plain: { args: ['serve.mjs', '0'], page: '/portal/' },
  react: { args: ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', '0'], page: '/' },
  vue: { args: ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', '0'], page: '/' },
};

/** Where the finished files of an example lie that needs no server of its own. */
export const BUILT = { plain: join(EXAMPLES, 'plain/portal') };

/** One running example. */
export class Portal {
  private constructor(
    private readonly process: ChildProcess,
    /** Its page. */
    readonly url: string,
  ) {}

  static async start(example: Example, upstream: string): Promise<Portal> {
    const { args, page } = SERVERS[example];
    const token: Token = 'scope3_demo_buyer';
    const env = { ...process.env, CREDENZA_UPSTREAM: upstream, CREDENZA_TOKEN: token, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: undefined };
    const child = spawn(process.execPath, args, { cwd: join(EXAMPLES, example), env, stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the example ${example} ended at once, with ${code}`)));
      // All of it is read: a pipe that fills would stop the server.
      createInterface({ input: child.stdout }).on('line', (line) => {
        const told = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
        if (told) resolve(told[0]);
      });
    });
    const portal = new Portal(child, address + page);
    await expect.poll(() => fetch(portal.url).then(({ status }) => status, () => 0)).toBe(200);
    return portal;
  }

  get origin(): string {
    return new URL(this.url).origin;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
  }
}

/** The form in the element, by the words that people read, and what the page around it says. */
export class Form {
  readonly element: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator('credenza-connect');
  }

  /** What the page itself writes down. */
  get record(): Locator {
    return this.page.getByRole('complementary');
  }

  /** How things stand, in the words of the page. */
  get status(): Locator {
    return this.record.getByRole('status');
  }

  /** What the page keeps under this name. */
  kept(name: string): Locator {
    return this.record.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
  }

  get account(): Locator {
    return this.element.getByLabel(/^Your account name or number/);
  }

  get key(): Locator {
    return this.element.getByRole('textbox', { name: 'Key or token' });
  }

  get button(): Locator {
    return this.element.getByRole('button', { name: 'Connect source' });
  }

  get problem(): Locator {
    return this.element.getByRole('alert').filter({ hasText: /./ }).first();
  }

  async fill(): Promise<void> {
    await this.account.fill(IDENTIFIER);
    await this.key.fill(KEY);
  }

  /** Connects, until the page has the account and the service the registration. */
  async connects(sandbox: Sandbox): Promise<void> {
    await this.fill();
    await this.button.click();
    await expect(this.status).toHaveText('Connected');
    await expect(this.kept('Account')).toHaveText(IDENTIFIER);
    await expectRegistered(sandbox);
  }

  async expectFilled(): Promise<void> {
    await expect(this.account).toHaveValue(IDENTIFIER);
    await expect(this.key).toHaveValue(KEY);
  }
}

/** The number of the credential that was stored for the source, as the list of all has it. */
export async function stored(sandbox: Sandbox): Promise<string | undefined> {
  const answer = await fetch(`${upstreamOf(sandbox)}/buyer/storefronts/credentials`, { headers: { authorization: 'Bearer scope3_demo_buyer' } });
  const { data } = (await answer.json()) as { data: { id: string; sources: { sourceId: string }[] }[] };
  return data.find(({ sources }) => sources.some(({ sourceId }) => sourceId === 'src_main'))?.id;
}

/** What stands for the documented base of the storefront API. */
export const upstreamOf = (sandbox: Sandbox): string => sandbox.url('gateway/storefront');

/** The one registration that arrived has what was typed, this authorization, and nothing of the portal's own. */
export async function expectRegistered(sandbox: Sandbox): Promise<void> {
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ path }) => path)).toEqual([sandbox.gateway + registration()]);
  expect(posts[0]?.body).toMatchObject({ accountIdentifier: IDENTIFIER, auth: { token: fingerprint(KEY) } });
}

/** A path arrives at the service byte for byte, with the token and without the portal's cookie. */
export async function expectPassedOn(page: Page, sandbox: Sandbox): Promise<void> {
  const path = 'buyer/storefronts/42/sources/a%2Fb%252F%20%C3%A9/credentials';
  await sandbox.clearRequests();
  const status = await page.evaluate(async (address) => {
    const headers = { authorization: 'Bearer scope3_demo_buyer', 'content-type': 'application/json' };
    return (await fetch(address, { method: 'POST', headers, body: '{"a":1}' })).status;
  }, `/gateway/${path}?x=%2F&y=b%20c`);
  expect(status).toBe(400);
  const [call] = await sandbox.requests('POST', path);
  expect(call).toMatchObject({ query: 'x=%2F&y=b%20c', body: { a: 1 }, headers: { authorization: { scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') } } });
  expect(call?.headers).not.toHaveProperty('cookie');
}

/** Light and dark, wide and narrow: everything can be read and reached, and the element has the colours of the page. */
export async function expectLooks(page: Page, form: Form, accent: { light: string; dark: string }): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(form.button).toHaveCSS('background-color', accent[theme]);
    await expectAccessible(page, theme === 'light' ? 'all' : 'colours');
  }
  await expectNarrow(page);
}

interface Fixtures {
  /** Which of them: `test.use({ example: 'vue' })`. */
  example: Example;
  portal: Portal;
  form: Form;
}

export const test = base.extend<Fixtures, { portals: Map<string, Promise<Portal>> }>({
  example: ['plain', { option: true }],
  portals: [
    async ({}, use) => {
      const portals = new Map<string, Promise<Portal>>();
      await use(portals);
      const started = await Promise.allSettled(portals.values());
      await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
    },
    { scope: 'worker' },
  ],
  portal: async ({ portals, example, sandbox }, use) => {
    const key = `${example} ${sandbox.console}`;
    const known = portals.get(key) ?? Portal.start(example, upstreamOf(sandbox));
    portals.set(key, known);
    await use(await known);
  },
  baseURL: async ({ portal }, use) => use(portal.url),
  // The page may ask its own server and nobody else.
  guard: async ({ context, portal }, use) => {
    const guard = await Guard.over(context, [portal.origin]);
    await use(guard);
    expect(guard.problems(), 'what the browser complained about').toEqual([]);
  },
  form: async ({ page }, use) => use(new Form(page)),
});

export { expect };
