// Accessibility by the rules that a machine can check.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with every finding on the page as it is now, each with the places where it was found. */
export async function expectAccessible(page: Page): Promise<void> {
  // Half-way through a transition, colours are not those that are meant.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  // Our pages have no frames; without them, axe needs no second page to put its findings together.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG_22_AA).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(' ')) }));
  expect(found).toEqual([]);
}
