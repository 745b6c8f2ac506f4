// Before the module runs: how the page starts, and what it says when it cannot.
import { expectAccessible } from './support/axe';
import { expect, test } from './support/test';

test('the page starts from files alone, under its policy', async ({ app, page }) => {
  await app.open();
  const inline = await page.evaluate(() => document.querySelectorAll('script:not([src]), style, [style]').length);
  expect(inline).toBe(0);
});

test('a refused module is told in words', async ({ page, sandbox, guard }) => {
  guard.allow(/\.wasm/, /Failed to load resource/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(sandbox.url());
  const alert = page.getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'Credenza could not start' })).toBeVisible();
  await expect(alert).toContainText('ask your administrator whether WebAssembly is blocked');
  await expectAccessible(page);
});

test('a script that does not arrive is told in words', async ({ page, sandbox, guard }) => {
  guard.allow(/Failed to load resource/);
  await page.route('**/console-*.js', (route) => route.abort());
  await page.goto(sandbox.url('storefronts/42'));
  await expect(page.getByRole('heading', { name: 'Credenza could not start' })).toBeVisible();
});

test('nothing listens for a new build when the server does not offer it', async ({ app, sandbox, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await app.open();
  expect(asked.filter((path) => path.startsWith('/_sandbox'))).toEqual([]);
  expect(asked).toContain(new URL(sandbox.url('boot.js')).pathname);
});

test.describe('under a path', () => {
  test.use({ based: true });

  test('every file comes from below the base', async ({ app, sandbox, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await app.open('storefronts/42');
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((url) => !url.startsWith(sandbox.console))).toEqual([]);
  });
});
