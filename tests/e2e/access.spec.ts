// Who makes our own calls: a token that the person gives, or the session of a gateway.
import { FOREIGN_TOKEN, IDENTIFIER, KEY, LIST, Count, expectConnected, expectDraft, fillKey, openForm, registration } from './support/connect';
import { fingerprint } from './support/sandbox';
import { GATEWAY } from './support/state';
import { expect, test } from './support/test';

const POST = { method: 'POST', path: registration() } as const;

test('the token is asked for in place, in its own words', async ({ app, page, sandbox }) => {
  await app.open();
  await expect(page.getByText('A token, asked for when you open it')).toBeVisible();
  expect(await sandbox.requests('GET', /./)).toEqual([]);
  await app.follow('Storefronts');
  const form = app.tokenForm;
  await expect(form.getByRole('heading', { name: 'Interchange access token' })).toBeVisible();
  await expect(form).toContainText('Not the key of the source you want to connect. An organisation admin creates it');
  const input = form.locator('[name="accessToken"]');
  await expect(input).toHaveAttribute('autocomplete', 'current-password');
  await expect(input).toHaveAttribute('type', 'password');
  await expect(input).toHaveAttribute('data-sentry-mask', '');
  // Nothing is asked of the server before there is a token.
  expect(await sandbox.requests('GET', /./)).toEqual([]);

  await input.fill('scope3_demo_buyer');
  await page.keyboard.press('Enter');
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Acme Brand');
  const [first] = await sandbox.requests('GET', /./);
  expect(first?.path).toBe('/gateway/storefront/accounts/current');
  for (const request of await sandbox.requests('GET', /./)) {
    expect(request.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
    expect(request.headers).not.toHaveProperty('cookie');
  }
  // Asked once: other pages go on with it, and every kind of page knows the company.
  for (const name of ['Settings', 'Overview', 'Storefronts']) {
    await app.follow(name);
    await expect(page.getByRole('banner')).toContainText('Acme Brand');
  }
  await expect(form).toHaveCount(0);
});

for (const token of [FOREIGN_TOKEN, 'scope3_demo_expired']) {
  test(`a token that is refused (${token}) is not kept`, async ({ app, page, guard }) => {
    guard.allowStatus(401);
    await app.open('storefronts');
    const input = app.tokenForm.locator('[name="accessToken"]');
    await input.fill(token);
    await page.keyboard.press('Enter');
    await expect(input).toHaveAccessibleDescription(/Interchange does not accept this token/);
    await expect(app.errorSummary).toContainText('it has not expired');
    await expect(page.locator(':focus')).toContainText('There is a problem');
    await app.giveToken('scope3_demo_buyer');
    await expect(page.getByText('8 storefronts')).toBeVisible();
  });
}

test('an empty token is not sent', async ({ app, sandbox }) => {
  await app.open('storefronts');
  await app.tokenForm.locator('button[type="submit"]').click();
  await expect(app.errorSummary).toContainText('Enter your Interchange access token');
  expect(await sandbox.requests('GET', /./)).toEqual([]);
});

test('a token with another beginning is warned about, and so is ours in the place of a source’s', async ({ app }) => {
  await app.open('storefronts/42/sources/src_main');
  const warning = app.tokenForm.getByText('Interchange tokens start with scope3_');
  const input = app.tokenForm.locator('[name="accessToken"]');
  await input.fill(KEY);
  await expect(warning).toBeVisible();
  await expect(input).toHaveAccessibleDescription(/Interchange tokens start with scope3_/);
  await input.fill('scope3_demo_buyer');
  await expect(warning).toHaveCount(0);
  await app.giveToken('scope3_demo_buyer');

  const ours = app.form.getByText('This looks like an Interchange access token');
  await app.control('token').fill('scope3_demo_buyer');
  await expect(ours).toBeVisible();
  await app.control('token').fill(KEY);
  await expect(ours).toHaveCount(0);
  // A warning stops nobody.
  await fillKey(app, IDENTIFIER, 'scope3_demo_buyer');
  await app.submit();
  await expectConnected(app);
});

test('the token is forgotten on demand, and by reloading', async ({ app, page, sandbox }) => {
  await app.openAs('scope3_demo_buyer', 'storefronts');
  await app.follow('Settings');
  await expect(page.getByRole('main')).toContainText('Acme Brand');
  await app.action('forget-token').click();
  await expect(page.getByRole('main')).not.toContainText('Acme Brand');
  await expect(page.getByRole('banner')).not.toContainText('Acme Brand');
  await expect(app.action('forget-token')).toHaveCount(0);
  await sandbox.clearRequests();
  await app.follow('Storefronts');
  await expect(app.tokenForm).toBeVisible();
  await expect(page.getByText('Premium CTV Storefront')).toHaveCount(0);
  await app.giveToken('scope3_demo_other');
  await expect(page.getByRole('banner')).toContainText('Other Company');
  await expect(page.getByText('8 storefronts')).toBeVisible();
  await page.reload();
  await expect(app.tokenForm).toBeVisible();
});

test('a token that is refused while a page is read is asked for again, in place', async ({ app, sandbox, guard }) => {
  guard.allowStatus(401);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ path: LIST, fault: 'status', status: 401, count: 2 });
  await app.follow('Storefronts');
  await expect(app.tokenForm).toContainText('Interchange no longer accepts the token');
  await app.giveToken('scope3_demo_admin');
  await app.follow('Premium CTV Storefront');
  await app.source('src_main').getByRole('link').click();
  await expectDraft(app);
});

test('401 in the middle of a form: a token of the same company sends it once more', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 401 });
  await app.submit();
  await expect(app.tokenForm).toContainText('Interchange no longer accepts the token');
  await expect(app.tokenForm).toContainText('Not the key of the source');
  await expectDraft(app);
  await count.expectPosts(1);
  await app.giveToken('scope3_demo_admin');
  await expectConnected(app);
  await count.expectPosts(2);
  const [, second] = await sandbox.requests('POST');
  expect(second?.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_admin') });
  expect(second?.body.auth.token).toEqual(fingerprint(KEY));
});

test('401 in the middle of a form: a token of another company repeats nothing', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 401 });
  await app.submit();
  await app.giveToken('scope3_demo_other');
  const alert = app.form.getByRole('alert').filter({ hasText: 'This token belongs to Other Company' });
  await expect(alert).toContainText('Nothing was sent');
  await expect(page.getByRole('banner')).toContainText('Other Company');
  await expectDraft(app);
  await count.expectPosts(1);

  // Back to the company that it was typed for.
  await alert.getByRole('button', { name: 'Use another token' }).click();
  await app.giveToken('scope3_demo_buyer');
  await expectDraft(app);
  await count.expectPosts(1);
  await app.submit();
  await expectConnected(app);
  await count.expectPosts(2);
});

test('401 in the middle of a form: only the person goes on for another company', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 401 });
  await app.submit();
  await app.giveToken('scope3_demo_other');
  await app.action('continue').click();
  await expectConnected(app);
  await count.expectPosts(2);
  const [, second] = await sandbox.requests('POST');
  expect(second?.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_other') });
});

test.describe('behind a gateway', () => {
  test.use({ config: GATEWAY });

  test('no token is asked for; the session’s cookie and our header go with every call', async ({ app, page, sandbox }) => {
    const count = new Count(page, sandbox);
    await sandbox.session(page.context(), 'scope3_demo_buyer');
    await app.open('storefronts');
    await expect(page.getByText('8 storefronts')).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('Acme Brand');
    await expect(page.getByRole('banner')).toContainText('Portal');
    await app.follow('Premium CTV Storefront');
    await app.source('src_main').getByRole('link').click();
    await fillKey(app);
    await app.submit();
    await expectConnected(app);
    await count.expectPosts(1);
    for (const request of await sandbox.requests(undefined, /./)) {
      expect(request.headers['x-credenza']).toBe('1');
      expect(request.headers['cookie']).toHaveProperty('sandbox_session');
      expect(request.headers).not.toHaveProperty('authorization');
    }
    await expect(page.locator('[name="accessToken"]')).toHaveCount(0);
    await app.follow('Settings');
    await expect(page.getByText('Through your portal’s session')).toBeVisible();
    await expect(app.action('forget-token')).toHaveCount(0);
  });

  test('without a session: signing in elsewhere and "Continue" is enough', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(401);
    await app.open('storefronts/42');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('Your session has ended');
    await expect(alert).toContainText('Sign in in another tab, then continue here');
    await sandbox.session(page.context(), 'scope3_demo_buyer');
    await app.action('continue').click();
    await app.expectStatus('src_main', 'needs_credentials');
    await expect(page.getByRole('banner')).toContainText('Acme Brand');
  });

  for (const [how, fault] of [
    ['a 401', { fault: 'status', status: 401 }],
    ['a redirect to a login', { fault: 'login-redirect' }],
    ['a login page', { fault: 'html', status: 200 }],
  ] as const) {
    test(`the session ends in the middle of a form, told by ${how}`, async ({ app, page, sandbox, guard }) => {
      guard.allowStatus(401);
      const count = new Count(page, sandbox);
      await sandbox.session(page.context(), 'scope3_demo_buyer');
      await app.open('storefronts/42/sources/src_main');
      await fillKey(app);
      await sandbox.faults({ ...POST, ...fault, count: 2 });
      await app.submit();
      const alert = app.form.getByRole('alert').filter({ hasText: 'Your session has ended' });
      await expect(alert).toContainText('Sign in in another tab, then continue here');
      await expect(page.locator('[name="accessToken"]')).toHaveCount(0);
      await expectDraft(app);
      await count.expectPosts(1);
      // Still not signed in.
      await app.action('continue').click();
      await expect.poll(() => count.fetched('POST', registration())).toBe(2);
      await expect(alert).toBeVisible();
      await expectDraft(app);
      await app.action('continue').click();
      await expectConnected(app);
      await count.expectPosts(3);
    });
  }

  test('the session ends while the list is read after a lost answer', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(401, 500);
    const count = new Count(page, sandbox);
    await sandbox.session(page.context(), 'scope3_demo_buyer');
    await app.open('storefronts/42/sources/src_main');
    await fillKey(app);
    await sandbox.faults(
      { ...POST, fault: 'status', status: 500, after: true },
      { method: 'GET', path: 'buyer/storefronts/credentials', fault: 'status', status: 401 },
    );
    await app.submit();
    await expect(app.form.getByRole('alert').filter({ hasText: /your session has ended/i })).toBeVisible();
    await app.action('continue').or(app.action('retry')).first().click();
    await expectConnected(app);
    await count.expectPosts(1);
  });

  test('whoever signs in again as another company is asked first', async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(401);
    const count = new Count(page, sandbox);
    await sandbox.session(page.context(), 'scope3_demo_buyer');
    await app.open('storefronts/42/sources/src_main');
    await fillKey(app);
    await sandbox.faults({ ...POST, fault: 'status', status: 401 });
    await app.submit();
    await expect(app.form.getByRole('alert')).toContainText('Your session has ended');
    await sandbox.session(page.context(), 'scope3_demo_other');
    await app.action('continue').click();
    await expect(app.form.getByRole('alert')).toContainText('You are now signed in for Other Company');
    await expect.poll(async () => (await sandbox.requests('GET', 'buyer/storefronts/credentials')).length).toBe(2);
    await expectDraft(app);
    await count.expectPosts(1);
    await page.getByRole('button', { name: 'Continue for Other Company' }).click();
    await expectConnected(app);
    await count.expectPosts(2);
  });
});
