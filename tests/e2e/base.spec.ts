// The same console, deployed under a path.
import { Count, expectConnected, fillKey, registration } from './support/connect';
import { BASED } from './support/sandbox';
import { expect, test } from './support/test';

test.use({ based: true });

test('from the overview to a connected source, with a reload on the way', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(sandbox.console)) outside.push(request.url());
  });
  await app.open();
  expect(new URL(page.url()).pathname).toBe(BASED);
  await app.follow('Storefronts');
  await app.giveToken('scope3_demo_buyer');
  await app.follow('Premium CTV Storefront');
  await app.source('src_main').getByRole('link').click();
  await expect(app.form).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`${BASED}storefronts/42/sources/src_main`);

  await page.reload();
  await app.giveToken('scope3_demo_buyer');
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  await count.expectPosts(1);
  const [post] = await sandbox.requests('POST');
  expect(post?.path).toBe(`${BASED}gateway/storefront/${registration()}`);
  await app.follow('Back to Premium CTV Storefront');
  await app.expectStatus('src_main', 'connected');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connect Premium CTV — Direct');
  expect(outside).toEqual([]);
});

test('what is kept carries the path in its name', async ({ app, page }) => {
  await app.open('settings');
  await page.getByRole('banner').locator('label').filter({ hasText: 'Dark' }).click();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([expect.stringContaining(BASED)]);
});

test('addresses below the path and no others lead to pages', async ({ app, page, sandbox, guard }) => {
  await app.open('storefronts/42?source=src_main&token=abc');
  expect(page.url()).toBe(sandbox.url('storefronts/42/sources/src_main'));
  await app.open('no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
  guard.allowStatus(404);
  expect((await page.goto(new URL('/storefronts', sandbox.console).href))?.status()).toBe(404);
});
