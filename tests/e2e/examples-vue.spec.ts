// The page of Vue: the person's own token, asked for by the page when the element needs one.
import type { Page } from '@playwright/test';
import { expect, expectLooks, expectPassedOn, stored, test } from './support/examples';
import { fingerprint, type Token } from './support/sandbox';

test.use({ example: 'vue' });

async function giveToken(page: Page, token: Token): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in to Interchange' });
  await dialog.getByLabel('Your token').fill(token);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
}

test('whoever gives a token connects a source, and its record is shown', async ({ form, page, sandbox }) => {
  await page.goto('');
  await giveToken(page, 'scope3_demo_buyer');
  await expect(form.status).toHaveText('Needs credentials');
  await form.connects(sandbox);
  await expect(page.getByRole('listitem').filter({ hasText: 'Plan a campaign' })).toHaveAttribute('aria-current', 'step');
  for (const { headers } of await sandbox.requests(undefined, /./)) {
    expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
    expect(headers).not.toHaveProperty('cookie');
  }
  await expect(form.kept('Credential')).toHaveText((await stored(sandbox)) ?? 'none');
});

test('a token that is not accepted is asked for again', async ({ form, guard, page }) => {
  guard.allowStatus(401);
  await page.goto('');
  await giveToken(page, 'scope3_demo_expired');
  await expect(page.getByText('Interchange does not accept that token any more')).toBeVisible();
  await giveToken(page, 'scope3_demo_buyer');
  await form.fill();
  await form.button.click();
  await expect(form.status).toHaveText('Connected');
});

test('it works under its policy, with Trusted Types for Vue alone', async ({ form, page }) => {
  const answer = await page.goto('');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toMatch(/require-trusted-types-for 'script'; trusted-types vue$/);
  await giveToken(page, 'scope3_demo_buyer');
  await expect(form.button).toBeVisible();
});

test('calls are passed on byte for byte, without the cookie', async ({ context, guard, page, portal, sandbox }) => {
  guard.allowStatus(400);
  await context.addCookies([{ name: 'portal', value: 'ann-42', url: portal.url }]);
  await page.goto('');
  await expectPassedOn(page, sandbox);
});

test('it has the colours of its page in light and dark, is accessible, and fits small screens', async ({ form, page }) => {
  await page.goto('');
  await giveToken(page, 'scope3_demo_buyer');
  await expectLooks(page, form, { light: 'rgb(177, 64, 28)', dark: 'rgb(255, 171, 133)' });
});
