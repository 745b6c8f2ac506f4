// The page of Next.js: a nonce for every page, and a token that only a session gets.
import type { Page } from '@playwright/test';
import { registration } from './support/connect';
import { expect, expectLooks, expectPassedOn, stored, test } from './support/examples';
import { fingerprint } from './support/sandbox';

test.use({ example: 'react' });

async function signIn(page: Page): Promise<void> {
  await page.goto('');
  await page.getByRole('button', { name: 'Sign in as Ann' }).click();
}

test('whoever signs in connects a source, and its record is shown', async ({ form, page, sandbox }) => {
  await page.goto('');
  await expect(page.getByRole('button', { name: 'Sign in as Ann' })).toBeVisible();
  await expect(form.element).toHaveCount(0);
  await signIn(page);
  await expect(form.status).toHaveText('Needs credentials');
  await form.connects(sandbox);
  for (const { headers } of await sandbox.requests(undefined, /./)) {
    expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
    expect(headers).not.toHaveProperty('cookie');
  }
  await expect(form.kept('Credential')).toHaveText((await stored(sandbox)) ?? 'none');
});

test('whoever is signed out meanwhile gets no other token, and nothing is lost', async ({ context, form, guard, page, sandbox }) => {
  guard.allowStatus(401);
  await signIn(page);
  await form.fill();
  await context.clearCookies();
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'status', status: 401 });
  await form.button.click();
  await expect(page.getByText(/^Last problem/)).toBeVisible();
  await form.expectFilled();
  expect(await sandbox.requests('POST')).toHaveLength(1);
});

test('it works without scripts as far as signing in goes', async ({ browser, portal }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(portal.url);
  await page.getByRole('button', { name: 'Sign in as Ann' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(page.locator('credenza-connect')).toHaveCount(1);
  await context.close();
});

test('each page has a nonce of its own, which every script in it carries', async ({ portal }) => {
  const nonces = new Set<string>();
  for (const path of ['', '', 'no/such/page']) {
    const answer = await fetch(portal.url + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic' 'wasm-unsafe-eval';/.exec(policy)?.[1] ?? '';
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    nonces.add(nonce);
    if (path) continue;
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(3);
  expect(nonces).not.toContain('');
});

test('an address without a page is said, under the same policy', async ({ guard, page }) => {
  guard.allowStatus(404);
  await page.goto('no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
});

test('calls are passed on byte for byte, without the cookie', async ({ guard, page, sandbox }) => {
  guard.allowStatus(400);
  await signIn(page);
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expectPassedOn(page, sandbox);
});

test('it has the colours of its page in light and dark, is accessible, and fits small screens', async ({ form, page }) => {
  await signIn(page);
  await expectLooks(page, form, { light: 'rgb(87, 48, 209)', dark: 'rgb(183, 163, 255)' });
});
