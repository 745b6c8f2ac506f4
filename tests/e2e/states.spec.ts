// Every page and state of the list: nothing that axe finds, in light and in dark, no secret where it does not belong, and
// nothing wider than a small screen. And the list itself is complete.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/axe';
import { Canary } from './support/canary';
import { expectNarrow } from './support/narrow';
import { expect, test } from './support/test';
import { states } from './states';

/** The texts of a `&[&str]` in the Rust source. */
function texts(file: string, name: string): string[] {
  const source = readFileSync(join(__dirname, '../../src', file), 'utf8');
  const list = new RegExp(`const ${name}: &\\[&str\\] = &\\[([^\\]]*)\\]`).exec(source)?.[1];
  if (list === undefined) throw new Error(`${file} has no list ${name}`);
  return [...list.matchAll(/"([^"]*)"/g)].map((match) => match[1] as string);
}

test('every route and every phase has a state', () => {
  const routes = texts('route.rs', 'PATTERNS');
  const phases = texts('ui/phase.rs', 'PHASES');
  expect(routes.length).toBeGreaterThan(4);
  expect(phases.length).toBeGreaterThan(4);
  expect(routes.filter((route) => !states.some((state) => state.route === route))).toEqual([]);
  expect(phases.filter((phase) => !states.some((state) => state.phase === phase))).toEqual([]);
  // And none is of a route or phase that is no more.
  expect(states.filter((state) => state.route !== undefined && !routes.includes(state.route))).toEqual([]);
  expect(states.filter((state) => state.phase !== undefined && !phases.includes(state.phase))).toEqual([]);
});

test('every state has a name of its own', () => {
  expect(new Set(states.map((state) => state.name)).size).toBe(states.length);
  for (const { name } of states) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

for (const state of states) {
  test.describe(state.name, () => {
    const { config, registry = false, destinations = false, inventory = false } = state;
    test.use({ config, registry, destinations, inventory, colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });

    test('is accessible in light and dark, keeps secrets to itself, and fits small screens', async ({ page, app, sandbox, guard }) => {
      const canary = await Canary.over(page);
      await state.go(page, app, sandbox, guard);
      if (state.phase !== undefined) await app.expectPhase(state.phase);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page, 'colours');
      await canary.expectSilence();
      await expectNarrow(page);
    });
  });
}
