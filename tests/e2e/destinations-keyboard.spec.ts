// Destinations without a pointer, from signing in to deleting what was created.
import { CLIENT, S3, expect, test } from './support/destinations';
import { tabTo } from './support/keyboard';
import { DESTINATIONS } from './support/switches';

const inMain = (): boolean => document.activeElement?.closest('main') !== null;

test('signs in, creates one, copies its id, replaces it and deletes it', async ({ context, desk, page }) => {
  test.setTimeout(60_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const type = async (name: string, value: string): Promise<void> => {
    await tabTo(page, desk.control(name));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
  };
  const press = async (action: string): Promise<void> => {
    await tabTo(page, desk.action(action));
    await page.keyboard.press('Enter');
  };

  await desk.open('');
  await tabTo(page, desk.main.getByRole('link', { name: /^Destinations/ }));
  await page.keyboard.press('Enter');
  await expect(desk.heading(/^Destinations/)).toBeVisible();
  await tabTo(page, desk.form.getByRole('radio', { name: 'Client ID and client secret' }));
  await page.keyboard.press('ArrowDown');
  await expect(desk.form.getByRole('radio', { name: 'An access token' })).toBeChecked();
  await type('imsOrgId', DESTINATIONS.organization);
  await type('apiKey', DESTINATIONS.clientId);
  await type('accessToken', DESTINATIONS.token);
  await page.keyboard.press('Enter');
  // The summary takes the focus, and leads to the field that was left out.
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(desk.control('sandboxName')).toBeFocused();
  await page.keyboard.type(DESTINATIONS.sandbox);
  await page.keyboard.press('Enter');
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
  await expect(desk.heading(/^Destinations/)).toBeFocused();

  await tabTo(page, page.getByRole('link', { name: 'New credential' }));
  await page.keyboard.press('Enter');
  await expect(desk.heading('New credential')).toBeFocused();
  await tabTo(page, desk.form.getByRole('radio', { name: 'Username and password', exact: true }));
  await page.keyboard.press('ArrowDown');
  await expect(desk.form.getByRole('radio', { name: 'Amazon S3 access key' })).toBeChecked();
  await type('name', 'By keyboard');
  await type('accessId', 'AKIAIOSFODNN7EXAMPLE');
  await type('secretKey', 's3cret/one');
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toContainText('Created');
  await press('copy-id');
  await expect(desk.main.getByText('Copied').first()).toBeVisible();
  const id = await page.evaluate(() => navigator.clipboard.readText());
  expect(id).toMatch(/^n[0-9a-f-]{35}$/);

  await tabTo(page, page.getByRole('link', { name: 'Open it' }));
  await page.keyboard.press('Enter');
  await expect(desk.heading('By keyboard')).toBeFocused();
  await expect(desk.action('save')).toBeVisible();
  await type('name', 'By keys');
  await press('save');
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await type('secretKey', 's3cret/two');
  await page.keyboard.press('Enter');
  await expect(desk.told('Saved')).toContainText('Changed');
  await expect(page.locator(':focus')).toContainText('Saved');
  await expect(desk.heading('By keys')).toBeVisible();

  // The result comes after the button that deletes.
  await desk.heading('By keys').focus();
  await press('delete');
  await press('confirm');
  await expect(desk.main.getByRole('heading', { name: 'Deleted', exact: true })).toBeVisible();
  await expect(page.locator(':focus')).toContainText('Deleted');
  await tabTo(page, desk.main.getByRole('link', { name: 'Destinations' }).first());
  await page.keyboard.press('Enter');
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
  for (const [method, count] of [['POST', 1], ['PUT', 1], ['DELETE', 1]] as const) expect(await desk.requests(method)).toHaveLength(count);
});

for (const [name, id, actions] of [
  ['deleting is declined', S3, ['delete', 'go-back']],
  ['a secret is removed and kept after all', CLIENT, ['remove-secret', 'keep-secret']],
  ['the access is given up', S3, ['sign-out']],
] as const) {
  test(`the focus is not lost when ${name}`, async ({ desk, page }) => {
    await desk.openForm(id);
    for (const action of actions) {
      await desk.action(action).focus();
      await page.keyboard.press('Enter');
    }
    await expect(desk.action(actions.at(-1) as string)).toHaveCount(0);
    await expect.poll(() => page.evaluate(inMain)).toBe(true);
  });
}
