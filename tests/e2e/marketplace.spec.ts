// Accounts for every buyer of a source: who is offered one, what is asked before it is made, and a dozen in a row.
import type { Locator } from '@playwright/test';
import type { App } from './support/app';
import { ACCOUNT, IDENTIFIER, KEY, Count, expectConnected, expectDraft, fillKey, fixture, logged, openForm, registration } from './support/connect';
import { fingerprint, type Sandbox, type Token } from './support/sandbox';
import { GATEWAY } from './support/state';
import { expect, test } from './support/test';

const POST = { method: 'POST', path: registration() } as const;
const ADMIN = { token: 'scope3_demo_admin' } as const;
const UNSURE = 'We could not read your role; Interchange decides.';
const CREATE = 'Create marketplace account';
const CLIENT = { accountIdentifier: IDENTIFIER, auth: { type: 'api_key', token: fingerprint(KEY) } };
const SHARED = logged(fixture('register-marketplace').body, IDENTIFIER, { token: KEY });

const shared = (app: App): Locator => app.form.getByRole('switch', { name: 'Shared by every buyer of this source' });
const button = (app: App): Locator => app.form.locator('button[type="submit"]');
const question = (app: App): Locator => app.page.getByRole('dialog', { name: 'Create a marketplace account?' });
const confirm = (app: App): Promise<void> => question(app).getByRole('button', { name: CREATE }).click();

async function turn(app: App, on: boolean): Promise<void> {
  await app.form.locator('label').filter({ hasText: 'Shared by every buyer of this source' }).click();
  await expect(shared(app)).toBeChecked({ checked: on });
}

/** The form of an admin, filled, with the switch on. */
async function fillShared(app: App, where: Parameters<typeof openForm>[1] = ADMIN): Promise<void> {
  await openForm(app, where);
  await fillKey(app);
  await turn(app, true);
  await expect(button(app)).toHaveText(CREATE);
}

/** The admin's token is refused when the account is to be made; another takes its place. */
async function refused(app: App, sandbox: Sandbox, next: Token): Promise<void> {
  await fillShared(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 401 });
  await app.submit();
  await confirm(app);
  await app.giveToken(next);
}

for (const [role, token, offered] of [
  ['an admin', 'scope3_demo_admin', 'sure'],
  ['a super admin', 'scope3_demo_super', 'sure'],
  ['a member', 'scope3_demo_buyer', 'no'],
  ['someone whose role is not told', 'scope3_demo_norole', 'unsure'],
] as const) {
  test(`${role} is offered the switch: ${offered}`, async ({ app }) => {
    await openForm(app, { token });
    await expect(shared(app)).toHaveCount(offered === 'no' ? 0 : 1);
    await expect(app.form.getByText(UNSURE)).toHaveCount(offered === 'unsure' ? 1 : 0);
    await expect(button(app)).toHaveText('Connect source');
  });
}

test('every way to connect has the switch, and keeps it while another is chosen', async ({ app }) => {
  await openForm(app, ADMIN);
  await expect(shared(app)).toHaveAccessibleDescription(/^A marketplace account instead of one for your company alone\. Only an admin can create it\.$/);
  await turn(app, true);
  for (const way of ['Username and password', 'A private key (JWT)', 'I sign in at the provider', 'Nothing', 'A key or token']) {
    await app.choose(way);
    await expect(shared(app)).toBeChecked();
    await expect(button(app)).toHaveText(CREATE);
  }
  await turn(app, false);
  await app.choose('Nothing');
  await expect(shared(app)).not.toBeChecked();
});

test('when the account cannot be read, Interchange decides', async ({ app, sandbox, guard }) => {
  guard.allowStatus(403);
  await app.openSource(42, 'src_main');
  await sandbox.faults({ method: 'GET', path: ACCOUNT, fault: 'status', status: 403, count: 10 });
  await app.giveToken('scope3_demo_admin');
  await expect(shared(app)).toHaveAccessibleDescription(new RegExp(UNSURE));
  await fillKey(app);
  await turn(app, true);
  await app.submit();
  await confirm(app);
  await expectConnected(app);
  expect((await sandbox.requests('POST')).map(({ body }) => body)).toEqual([SHARED]);
});

for (const admin of [undefined, false, true]) {
  test.describe(`behind a gateway with admin ${admin}`, () => {
    test.use({ config: { storefront: { ...GATEWAY.storefront, ...(admin === undefined ? {} : { admin }) } } });

    test('the host says who is offered the switch, whatever role is told', async ({ app, context, sandbox }) => {
      for (const token of ['scope3_demo_admin', 'scope3_demo_buyer', 'scope3_demo_norole'] as const) {
        await sandbox.session(context, token);
        await app.openSource(42, 'src_main');
        await expect(app.control('token')).toBeVisible();
        await expect(app.page.getByRole('banner')).toContainText('Acme Brand');
        await expect(shared(app)).toHaveCount(admin === true ? 1 : 0);
        await expect(app.form.getByText(UNSURE)).toHaveCount(0);
      }
    });
  });
}

test('it is asked before anything is sent, and sent exactly once', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await fillShared(app);
  await app.submit();
  await expect(question(app)).toContainText('Every buyer of Premium CTV — Direct will use this account. It cannot be changed or removed here later.');
  await expect(question(app)).toContainText(IDENTIFIER);
  await expect(question(app)).toContainText('Sandbox');
  await expect(question(app)).not.toContainText(KEY);
  // What lies behind it cannot be reached.
  for (let steps = 0; steps < 5; steps += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('form'))).toBeNull();
  }
  await count.expectPosts(0);
  await sandbox.faults({ ...POST, fault: 'delay', delay_ms: 300 });
  await question(app).getByRole('button', { name: CREATE }).dblclick();
  await expectConnected(app);
  await expect(question(app)).toBeHidden();
  await count.expectPosts(1);
  expect((await sandbox.requests('POST')).map(({ body }) => body)).toEqual([SHARED]);
  await expect(page.getByRole('main')).toContainText('Marketplace account, shared by every buyer of the source');
  await app.follow('Back to Premium CTV Storefront');
  await expect(app.source('src_main')).toContainText(/acme-brand-account\s*marketplace\s*by admin@acmebrand\.example/);
});

for (const [how, leave] of [
  ['Esc', (app: App) => app.page.keyboard.press('Escape')],
  ['"Go back"', (app: App) => question(app).getByRole('button', { name: 'Go back' }).click()],
] as const) {
  test(`${how} sends nothing, gives the focus back and keeps everything`, async ({ app, page, sandbox }) => {
    const count = new Count(page, sandbox);
    await fillShared(app);
    for (const from of [button(app), app.control('accountIdentifier')]) {
      await from.focus();
      await page.keyboard.press('Enter');
      await expect(question(app)).toBeVisible();
      await leave(app);
      await expect(question(app)).toBeHidden();
      await expect(from).toBeFocused();
      await expectDraft(app);
      await expect(shared(app)).toBeChecked();
      await expect(app.form).toHaveAttribute('data-phase', 'editing');
      await count.expectPosts(0);
    }
    await app.submit();
    await confirm(app);
    await expectConnected(app);
    await count.expectPosts(1);
  });
}

test('with errors in the form nothing is asked', async ({ app }) => {
  await openForm(app, ADMIN);
  await turn(app, true);
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveCount(2);
  await expect(question(app)).toBeHidden();
});

test('with the switch off again, nothing is asked and nothing said of it on the wire', async ({ app, page, sandbox }) => {
  await fillShared(app);
  await turn(app, false);
  await expect(button(app)).toHaveText('Connect source');
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST')).map(({ body }) => body)).toEqual([CLIENT]);
  await expect(page.getByRole('main')).toContainText('Client account, of your company alone');
});

test('the server’s refusal is told, and nothing that was typed is lost', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(403);
  const count = new Count(page, sandbox);
  await fillShared(app, { token: 'scope3_demo_norole' });
  await app.submit();
  await confirm(app);
  await expect(app.form.getByRole('alert').filter({ hasText: 'Only an admin may create a marketplace account' })).toBeVisible();
  await expectDraft(app);
  await expect(shared(app)).toBeChecked();
  await count.expectPosts(1);
  // Without it, the same form goes through.
  await turn(app, false);
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST')).map(({ body }) => body)).toEqual([SHARED, CLIENT]);
});

test('an admin whose token a buyer’s replaces makes no marketplace account', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const count = new Count(page, sandbox);
  await refused(app, sandbox, 'scope3_demo_buyer');
  await expect(shared(app)).toHaveCount(0);
  await expect(question(app)).toBeHidden();
  // It was meant to be shared: a client account is not made without a word.
  await expectDraft(app);
  await count.expectPosts(1);
  await expect(button(app)).toHaveText('Connect source');
  await app.submit();
  await expectConnected(app);
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ body }) => body)).toEqual([SHARED, CLIENT]);
  expect(posts[1]?.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
});

test('an admin who gives a new token is asked once more', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const count = new Count(page, sandbox);
  await refused(app, sandbox, 'scope3_demo_super');
  await expect(question(app)).toBeVisible();
  await count.expectPosts(1);
  await confirm(app);
  await expectConnected(app);
  expect((await sandbox.requests('POST')).map(({ body }) => body)).toEqual([SHARED, SHARED]);
});

test('the storefront tells of each account its kind, by whom and since when', async ({ app }) => {
  await app.openAs('scope3_demo_admin', 'storefronts/48');
  await app.expectStatus('src_shared', 'connected');
  await expect(app.source('src_shared').getByRole('list', { name: 'Accounts' })).toHaveText(
    /^acme-shared-seat\s*marketplace\s*by whom is not recorded, .*23 Feb(ruary)? 2026/,
  );
  await app.follow('Storefronts');
  await app.follow('Metro Transit Screens');
  await expect(app.source('src_bus').getByRole('list', { name: 'Accounts' })).toHaveText(
    /^acme-metro\s*client\s*by buyer@acmebrand\.example, .*23 Feb(ruary)? 2026/,
  );
});

test('a source that is connected opens on its accounts, with the form behind "Add another account"', async ({ app, page, sandbox }) => {
  await app.openAs('scope3_demo_admin', 'storefronts/48/sources/src_shared');
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
  await expect(main).toContainText('acme-shared-seat');
  await expect(main).toContainText('Marketplace account, shared by every buyer of the source');
  await expect(main).toContainText(/Registered by\s*not recorded/);
  await expect(app.form).toHaveCount(0);
  await app.action('add-account').click();
  await fillKey(app);
  await expect(shared(app)).not.toBeChecked();
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST', registration(48, 'src_shared'))).map(({ body }) => body)).toEqual([CLIENT]);
  await app.follow('Back to Atelier Video');
  await expect(app.source('src_shared').getByRole('list', { name: 'Accounts' }).getByRole('listitem')).toHaveCount(2);
});

test('twelve sources in a row: what was chosen is kept, what was typed is not', async ({ app, page, sandbox }) => {
  test.slow();
  await sandbox.reset('twelve');
  await openForm(app, { ...ADMIN, storefront: 60, source: 'src_01' });
  await turn(app, true);
  await page.getByText('More options').click();
  await app.choose('Bearer token');
  const sources = Array.from({ length: 12 }, (_, at) => `src_${String(at + 1).padStart(2, '0')}`);
  const next = page.getByRole('link', { name: /^Next source that needs credentials/ });
  for (const [at, source] of sources.entries()) {
    await expect(page).toHaveURL(sandbox.url(`storefronts/60/sources/${source}`));
    await expect(app.control('accountIdentifier')).toHaveValue('');
    await expect(app.control('token')).toHaveValue('');
    await expect(shared(app)).toBeChecked();
    await expect(app.form.locator('summary').filter({ hasText: 'More options' })).toContainText('Send it as: Bearer token');
    await fillKey(app, `acme-${source}`, `${KEY}${at}`);
    await app.submit();
    await confirm(app);
    await expectConnected(app);
    if (source === sources.at(-1)) break;
    await expect(next).toHaveText(new RegExp(`^Next source that needs credentials \\(${at + 2} of 12\\)`));
    await next.click();
  }
  await expect(page.getByRole('link', { name: 'Back to Twelve Rivers Media' })).toBeVisible();
  await expect(next).toHaveCount(0);
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ path }) => path)).toEqual(sources.map((source) => sandbox.gateway + registration(60, source)));
  expect(posts.map(({ body }) => body)).toEqual(
    sources.map((source, at) => ({
      accountIdentifier: `acme-${source}`,
      marketplaceAccount: true,
      auth: { type: 'bearer', token: fingerprint(`${KEY}${at}`) },
    })),
  );
});
