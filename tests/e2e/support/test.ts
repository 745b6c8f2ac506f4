// `test` with everything that the specs share: import it from here, not from Playwright.
import { test as base, expect } from '@playwright/test';
import { App } from './app';
import { Guard } from './guard';
import { Provider } from './provider';
import { Sandbox, type Start } from './sandbox';

/** The sandboxes of one worker and its authorization server, started when they are first needed. */
class Pool {
  private readonly running = new Map<string, Promise<Sandbox>>();
  private independent: Promise<Provider> | undefined;

  get(start: Start): Promise<Sandbox> {
    const key = JSON.stringify(start);
    const known = this.running.get(key) ?? Sandbox.start(start);
    this.running.set(key, known);
    return known;
  }

  provider(): Promise<Provider> {
    this.independent ??= Provider.start();
    return this.independent;
  }

  async stop(): Promise<void> {
    const all = [...this.running.values(), ...(this.independent ? [this.independent] : [])];
    const started = await Promise.allSettled<Sandbox | Provider>(all);
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  }
}

interface Options {
  /** Whether the console is deployed under a path: `test.use({ based: true })`. */
  based: boolean;
  /** The content of credenza.json: `test.use({ config: {...} })`. */
  config: unknown;
  /** Whether credenza.json speaks of the registry: `test.use({ registry: true })`. */
  registry: boolean;
  /** The same of the credentials of destinations, and of the inventory. */
  destinations: boolean;
  inventory: boolean;
  /** Who signs people in at the registry: the sandbox's own server, or one of another make. */
  identity: Identity;
}

export type Identity = 'sandbox' | 'independent';

interface Fixtures {
  /** A sandbox with a fresh `demo`, an empty log, no faults and no sessions. */
  sandbox: Sandbox;
  /** The server of another make, with nothing registered and an empty log. */
  provider: Provider;
  /** Fails the test on errors, warnings, policy violations and foreign requests that it did not allow. */
  guard: Guard;
  app: App;
}

export const test = base.extend<Options & Fixtures, { pool: Pool }>({
  based: [false, { option: true }],
  config: [undefined, { option: true }],
  registry: [false, { option: true }],
  destinations: [false, { option: true }],
  inventory: [false, { option: true }],
  identity: ['sandbox', { option: true }],
  pool: [
    async ({}, use) => {
      const pool = new Pool();
      await use(pool);
      await pool.stop();
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ pool, based, config, registry, destinations, inventory, identity }, use) => {
    const provider = identity === 'independent' ? await pool.provider() : undefined;
    provider?.reset();
    const sandbox = await pool.get({ based, config, registry, destinations, inventory, issuer: provider?.issuer });
    await sandbox.reset();
    await use(sandbox);
  },
  // The sandbox comes first: it is reset together with the server.
  provider: async ({ pool, sandbox, identity }, use) => {
    if (identity !== 'independent') throw new Error(`nobody signs in there: ${sandbox.identity} is the sandbox's own`);
    await use(await pool.provider());
  },
  // So that `page.goto('storefronts')` works under every base.
  baseURL: async ({ sandbox }, use) => use(sandbox.console),
  guard: [
    async ({ context, sandbox }, use) => {
      const origins = [sandbox.console, sandbox.auth, sandbox.identity].map((address) => new URL(address).origin);
      const guard = await Guard.over(context, origins);
      await use(guard);
      expect(guard.problems(), 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page, sandbox }, use) => use(new App(page, sandbox)),
});

export { expect };
