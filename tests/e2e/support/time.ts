// Time that a test moves by itself.
import type { Page } from '@playwright/test';

/** Puts Playwright's clock into the pages to come. It goes on by itself until the test moves it. */
export async function ownTime(page: Page): Promise<void> {
  await page.clock.install();
  // That clock numbers its timers beyond 32 bits. A browser never does, and a module in wasm counts on it.
  await page.addInitScript(() => {
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    const numbers = new Map<number, number>();
    const setTimeout = (run: TimerHandler, delay?: number): number => {
      const number = numbers.size + 1;
      numbers.set(number, set(run, delay));
      return number;
    };
    const clearTimeout = (number?: number): void => clear(numbers.get(number ?? 0));
    Object.assign(window, { setTimeout, clearTimeout });
  });
}
