// Going through a page by keyboard.
import { expect, type Locator, type Page } from '@playwright/test';

const focused = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement);

/** Goes on with Tab until `target` has the focus, and checks that it is seen there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let steps = 0; steps < 40; steps += 1) {
    if (await focused(target)) {
      // The ring may lie around what the control belongs to: a whole row, or the label of a choice.
      const rings = await target.evaluate((element) => {
        const ring = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration): boolean => outlineStyle !== 'none' && outlineWidth !== '0px';
        const around: Element[] = [];
        for (let at: Element | null = element; at !== null && around.length < 4; at = at.parentElement) around.push(at);
        return around.flatMap((at) => [undefined, '::before', '::after'].map((part) => ring(getComputedStyle(at, part))));
      });
      expect(rings, 'the focus can be seen').toContain(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}
