// The page on which a person lets the console act at the registry: the sandbox's own, or the independent server's.
import { expect, type Locator, type Page } from '@playwright/test';

/** The question of that page. */
export function question(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: /^Sign in to .+\?$/ });
}

/** The page stands there and asks. */
export async function expectAsked(page: Page): Promise<void> {
  await expect(question(page)).toBeVisible();
}

/** Agrees, and waits until the page is left. */
export async function approve(page: Page): Promise<void> {
  await decide(page, /^(Approve|Allow)$/);
}

/** Declines there, and waits until the page is left. */
export async function deny(page: Page): Promise<void> {
  await decide(page, /^Deny$/);
}

async function decide(page: Page, button: RegExp): Promise<void> {
  await expectAsked(page);
  const asked = page.url();
  await page.getByRole('button', { name: button }).click();
  // A tab that closes by itself afterwards was left, too.
  await expect.poll(() => page.isClosed() || page.url() !== asked, 'the page is left').toBe(true);
}
