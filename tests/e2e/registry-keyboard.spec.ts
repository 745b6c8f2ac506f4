// The registry by keyboard alone: signing in at its server, an agent, its client credentials saved and tested.
import { DEMO_SECRET, LAKESIDE, SAVE, STREAMHAUS, TEST, TIDEWATER, access, openAgent, sent, tokenEndpoint, told } from './support/agents';
import { tabTo } from './support/keyboard';
import { expect, test } from './support/test';

test.use({ registry: true });

test('signs in, saves and tests', async ({ app, page, sandbox }) => {
  await app.open();
  await tabTo(page, page.getByRole('main').getByRole('link', { name: /^Agents/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Agents' })).toBeVisible();
  await tabTo(page, app.action('sign-in'));
  const opened = page.waitForEvent('popup');
  await page.keyboard.press('Enter');
  const tab = await opened;
  await expect(tab.getByRole('button', { name: 'Approve' })).toBeVisible();
  await tabTo(tab, tab.getByRole('button', { name: 'Approve' }));
  await tab.keyboard.press('Enter');
  await expect(tab.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await tab.close();
  await page.bringToFront();
  await expect(access(page).getByText('Signed in as')).toBeVisible();

  // First an address that is none: the summary takes the focus, and leads to the field.
  const input = page.locator('[name="agent_url"]');
  await tabTo(page, input);
  await page.keyboard.type('10.0.0.1');
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(input).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(STREAMHAUS);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Streamhaus Sales' })).toBeFocused();

  await tabTo(page, app.control('token_endpoint'));
  await page.keyboard.type(tokenEndpoint(sandbox));
  await page.keyboard.press('Tab');
  await expect(app.control('client_id')).toBeFocused();
  await page.keyboard.type('demo-client');
  await page.keyboard.press('Tab');
  await expect(app.control('client_secret')).toBeFocused();
  await page.keyboard.type('wrong');
  await tabTo(page, app.form.locator('summary').filter({ hasText: 'More options' }));
  await page.keyboard.press('Enter');
  await tabTo(page, app.form.getByRole('radio', { name: 'In the Authorization header (basic)' }));
  await page.keyboard.press('ArrowDown');
  await expect(app.form.getByRole('radio', { name: 'In the body' })).toBeChecked();
  await tabTo(page, app.action('save-and-test'));
  await page.keyboard.press('Enter');
  await expect(told(page, 'The token endpoint does not know this client')).toBeVisible();
  // The result takes the focus; the form comes after it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="status"]') !== null)).toBe(true);
  await tabTo(page, app.control('client_secret'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(DEMO_SECRET);
  await page.keyboard.press('Enter');
  await expect(told(page, 'The credentials work')).toBeVisible();
  await tabTo(page, app.action('replace'));
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(2);
  expect(await sent(sandbox, 'POST', STREAMHAUS, TEST)).toHaveLength(2);
});

const inMain = (): boolean => document.activeElement?.closest('main') !== null;

for (const [name, url, actions] of [
  ['what is asked before something is removed is declined', TIDEWATER, ['disconnect', 'go-back']],
  ['the form is closed again', TIDEWATER, ['replace', 'cancel']],
  ['the wait for consent is given up', LAKESIDE, ['consent', 'stop-waiting']],
] as const) {
  test(`the focus is not lost when ${name}`, async ({ app, page }) => {
    await openAgent(app, page, url);
    for (const action of actions) {
      await expect(app.action(action)).toBeVisible();
      await page.bringToFront();
      await app.action(action).focus();
      await page.keyboard.press('Enter');
    }
    await expect(app.action(actions[1])).toHaveCount(0);
    await expect.poll(() => page.evaluate(inMain)).toBe(true);
  });
}

test('another organisation is chosen by keyboard, and signing out leads to the way in', async ({ app, page }) => {
  await openAgent(app, page, STREAMHAUS);
  await tabTo(page, page.locator('[name="organization_id"]'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('AgenticAdvertising.org (Sandbox) · Northwind Agency')).toBeVisible();
  await expect(page.locator('[name="organization_id"]')).toBeFocused();
  await tabTo(page, app.action('sign-out'));
  await page.keyboard.press('Enter');
  await expect(app.action('sign-in')).toBeVisible();
  await expect.poll(() => page.evaluate(inMain)).toBe(true);
});
