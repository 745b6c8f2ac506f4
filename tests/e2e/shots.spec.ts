// A picture of every state, in both themes and two widths: `cargo xtask shots [name]`.
import { states } from './states';
import { test } from './support/test';

for (const state of states) {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      const name = `${state.name}-${theme}-${width}`;
      test.describe(name, () => {
        test.use({
          config: state.config,
          registry: state.registry ?? false,
          destinations: state.destinations ?? false,
          inventory: state.inventory ?? false,
          colorScheme: theme,
          viewport: { width, height: 800 },
          contextOptions: { reducedMotion: 'reduce' },
        });
        test('picture', async ({ page, app, sandbox, guard }) => {
          await state.go(page, app, sandbox, guard);
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({ path: `target/shots/${name}.png`, fullPage: true, animations: 'disabled' });
        });
      });
    }
  }
}
