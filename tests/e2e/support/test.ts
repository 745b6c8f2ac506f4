// `test` with everything that the specs share: import it from here, not from Playwright.
import { test as base, expect } from '@playwright/test';
import { App } from './app';
import { Guard } from './guard';
import { Sandbox, type Start } from './sandbox';

/** The sandboxes of one worker, started when they are first needed. */
class Pool {
  private readonly running = new Map<string, Promise<Sandbox>>();

  get(start: Start): Promise<Sandbox> {
    const key = JSON.stringify(start);
    const known = this.running.get(key) ?? Sandbox.start(start);
    this.running.set(key, known);
    return known;
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.running.values());
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  }
}

interface Options {
  /** Whether the console is deployed under a path: `test.use({ based: true })`. */
  based: boolean;
  /** The content of credenza.json: `test.use({ config: {...} })`. */
  config: unknown;
}

interface Fixtures {
  /** A sandbox with a fresh `demo`, an empty log, no faults and no sessions. */
  sandbox: Sandbox;
  /** Fails the test on errors, warnings, policy violations and foreign requests that it did not allow. */
  guard: Guard;
  app: App;
}

export const test = base.extend<Options & Fixtures, { pool: Pool }>({
  based: [false, { option: true }],
  config: [undefined, { option: true }],
  pool: [
    async ({}, use) => {
      const pool = new Pool();
      await use(pool);
      await pool.stop();
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ pool, based, config }, use) => {
    const sandbox = await pool.get({ based, config });
    await sandbox.reset();
    await use(sandbox);
  },
  // So that `page.goto('storefronts')` works under every base.
  baseURL: async ({ sandbox }, use) => use(sandbox.console),
  guard: [
    async ({ context, sandbox }, use) => {
      const origins = [sandbox.console, sandbox.auth].map((address) => new URL(address).origin);
      const guard = await Guard.over(context, origins);
      await use(guard);
      expect(guard.problems(), 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page, sandbox }, use) => use(new App(page, sandbox)),
});

export { expect };
