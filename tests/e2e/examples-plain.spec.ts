// The page of plain files: its server authorizes, and its one script is pinned.
import type { Page } from '@playwright/test';
import { expect, expectLooks, stored, test } from './support/examples';

test.use({ example: 'plain' });

test('whoever is signed in at the portal connects a source, and its entry is written', async ({ context, form, page, portal, sandbox }) => {
  await sandbox.session(context, 'scope3_demo_buyer');
  await page.goto(portal.url);
  await expect(form.status).toHaveText('Not connected yet');
  await form.connects(sandbox);
  for (const { headers } of await sandbox.requests(undefined, /./)) {
    expect(headers['x-credenza']).toBe('1');
    expect(headers).not.toHaveProperty('authorization');
  }
  await expect(form.kept('Credential')).toHaveText((await stored(sandbox)) ?? 'none');
});

test('a session that has ended is said, and what was typed waits', async ({ context, form, guard, page, portal, sandbox }) => {
  guard.allowStatus(401);
  await sandbox.session(context, 'scope3_demo_buyer');
  await page.goto(portal.url);
  await form.fill();
  await sandbox.endSessions();
  await form.button.click();
  await expect(page.getByText(/^The last try did not work: .*session/i)).toBeVisible();
  await form.expectFilled();
  await sandbox.session(context, 'scope3_demo_buyer');
  await form.element.getByRole('button', { name: 'Continue' }).click();
  await expect(form.status).toHaveText('Connected');
});

test('the page has the policy of its README, and nothing in it would need more', async ({ context, form, page, portal, sandbox }) => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  await sandbox.session(context, 'scope3_demo_buyer');
  await page.goto(portal.url);
  await expect(form.button).toBeVisible();
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', policy);
  // A policy in the page itself holds for what follows it; nothing that it would refuse comes before.
  const html = await (await fetch(portal.url)).text();
  expect(html.slice(0, html.indexOf(policy))).not.toMatch(/<(script|style|link|base)\b/);
});

/** Answers with another file than the one that the package has. */
async function spoil(page: Page, name: string): Promise<void> {
  await page.route(`**/credenza/${name}`, async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    // The last byte of either is no part of what it does: a line's end, or the text of a section that nobody reads.
    await route.fulfill({ response: answer, body: Buffer.concat([body, Buffer.from(name.endsWith('.js') ? '\n' : [0, 1, 0])]) });
  });
}

test('a script that was changed is not run', async ({ guard, page, portal }) => {
  guard.allow(/integrity/);
  await spoil(page, 'register.js');
  const refused = page.waitForEvent('console', (message) => message.text().includes('integrity'));
  await page.goto(portal.url);
  await refused;
  expect(await page.evaluate(() => customElements.get('credenza-connect'))).toBeUndefined();
});

test('a module that was changed is not run, and the page is told', async ({ context, form, guard, page, portal, sandbox }) => {
  guard.allow(/integrity/);
  await sandbox.session(context, 'scope3_demo_buyer');
  await spoil(page, 'storefront.wasm');
  await page.goto(portal.url);
  await expect(page.getByText('The last try did not work')).toBeVisible();
  await expect(form.button).toHaveCount(0);
  expect(await sandbox.requests('GET', /./)).toEqual([]);
});

test('it has the colours of its page in light and dark, is accessible, and fits small screens', async ({ context, form, page, portal, sandbox }) => {
  await sandbox.session(context, 'scope3_demo_buyer');
  await page.goto(portal.url);
  await expectLooks(page, form, { light: 'rgb(31, 90, 61)', dark: 'rgb(147, 207, 169)' });
});
