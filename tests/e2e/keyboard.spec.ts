// Everything by keyboard: Tab, Enter, Space and typing, from the start page to a connected source.
import { IDENTIFIER, KEY, Count, expectConnected, fillKey, openForm } from './support/connect';
import { tabTo } from './support/keyboard';
import { expect, test } from './support/test';
import type { App } from './support/app';

test('connects a source', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await app.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Storefronts' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Storefronts' })).toBeFocused();

  await tabTo(page, app.tokenForm.locator('[name="accessToken"]'));
  await page.keyboard.type('scope3_demo_buyer');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Premium CTV Storefront' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Premium CTV Storefront' })).toBeFocused();
  await tabTo(page, app.source('src_main').getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Connect Premium CTV — Direct' })).toBeFocused();

  // First without anything: the summary takes the focus, and its links lead to the fields.
  await tabTo(page, app.action('connect'));
  await page.keyboard.press('Space');
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(app.control('accountIdentifier')).toBeFocused();
  await page.keyboard.type(IDENTIFIER);
  await page.keyboard.press('Tab');
  await expect(app.control('token')).toBeFocused();
  await page.keyboard.type(KEY);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(app.control('token')).toHaveAttribute('type', 'text');

  // The rarely needed choice opens and closes by keyboard as well.
  await tabTo(page, page.locator('summary').filter({ hasText: 'More options' }));
  await page.keyboard.press('Enter');
  await tabTo(page, app.form.getByRole('radio', { name: 'API key' }));
  await tabTo(page, app.action('connect'));
  await page.keyboard.press('Enter');
  await expectConnected(app);
  await count.expectPosts(1);
  await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Back to Premium CTV Storefront' }));
  await page.keyboard.press('Enter');
  await app.expectStatus('src_main', 'connected');
});

test('a result of any kind takes the focus, so that Tab goes on from there', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(403);
  await app.openAs('scope3_demo_buyer', 'storefronts/42/sources/src_main');
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await app.control('token').fill(KEY);
  await sandbox.faults({ method: 'POST', path: '*', fault: 'status', status: 403 });
  await page.keyboard.press('Enter');
  await expect(app.form.getByRole('alert').filter({ hasText: 'Your role does not allow this' })).toBeVisible();
  const inside = () => page.evaluate(() => document.activeElement?.closest('form') !== null);
  await expect.poll(inside).toBe(true);
});

test('after our own token was given, the focus is not lost', async ({ app, page }) => {
  await app.open('storefronts');
  await app.tokenForm.locator('[name="accessToken"]').fill('scope3_demo_buyer');
  await page.keyboard.press('Enter');
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
});

for (const [name, action, open] of [
  ['another account is added to a connected source', 'add-account', (app: App) => app.openAs('scope3_demo_buyer', 'storefronts/42/sources/src_live')],
  [
    'another account is added after a registration',
    'add-account',
    async (app: App) => {
      await openForm(app);
      await fillKey(app);
      await app.submit();
      await expectConnected(app);
    },
  ],
  [
    'the wait for consent is given up',
    'stop-waiting',
    async (app: App) => {
      await app.openAs('scope3_demo_buyer', 'storefronts/43/sources/src_radio');
      await app.action('start-again').click();
      await app.expectPhase('awaiting-consent');
    },
  ],
] as const) {
  test(`the focus is not lost when ${name}`, async ({ app, page }) => {
    await open(app);
    await app.action(action).focus();
    await page.keyboard.press('Enter');
    await expect(app.action(action)).toHaveCount(0);
    // On something in the page's own part, so that Tab goes on from there.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
}
