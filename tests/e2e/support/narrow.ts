// Pages on small screens.
import { expect, type Page } from '@playwright/test';

/** Fails with everything that makes the page wider than a small screen. What scrolls in a place of its own does not. */
export async function expectNarrow(page: Page): Promise<void> {
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 740 });
    await expect.poll(() => page.evaluate(wider), `wider than ${width} pixels`).toEqual([]);
  }
}

/** What stands out of the page at its right, when the page can be scrolled there. */
function wider(): string[] {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > page.clientWidth + 0.5);
  return [`the page: ${page.scrollWidth}`, ...out.map((element) => `${element.localName}.${element.getAttribute('class')}`)];
}
