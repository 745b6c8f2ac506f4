// Accessibility by the rules that a machine can check.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules whose outcome depends on colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Fails with every finding on the page as it is now, each with the places where it was found. `colours` asks for what
 * another theme can change and nothing else: the rest was found before.
 */
export async function expectAccessible(page: Page, rules: 'all' | 'colours' = 'all'): Promise<void> {
  // Half-way through a transition, colours are not those that are meant.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  // Our pages have no frames; without them, axe needs no second page to put its findings together.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all' ? axe.withTags(WCAG_22_AA) : axe.withRules(COLOURS)).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(' ')) }));
  expect(found).toEqual([]);
}
