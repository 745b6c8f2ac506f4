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
  await expect(alert).toContainText('WebAssembly may be blocked here');
  await expectAccessible(page);
});

test('a script that does not arrive is told in words', async ({ page, sandbox, guard }) => {
  guard.allow(/Failed to load resource/);
  await page.route('**/console-*.js', (route) => route.abort());
  await page.goto(sandbox.url('storefronts/42'));
  await expect(page.getByRole('heading', { name: 'Credenza could not start' })).toBeVisible();
});

test('a module that traps later is told in words', async ({ app, page, guard }) => {
  guard.allow(/unreachable/);
  await app.open();
  // The smallest module with a function that traps, called as a handler of the console would be.
  await page.evaluate(() => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
    setTimeout(exports.t as () => void);
  });
  await expect(page.getByRole('alert').getByRole('heading', { name: 'Credenza stopped' })).toBeVisible();
  await expectAccessible(page);
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
