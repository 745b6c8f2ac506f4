// Connecting a source: what the person does, what goes over the wire, and what is shown after that.
import { IDENTIFIER, KEY, PASSWORD, Count, expectConnected, fillBasic, fillKey, fixture, logged, openForm, registration } from './support/connect';
import { fingerprint, type Logged } from './support/sandbox';
import { expect, test } from './support/test';

/** The one registration that arrived, checked for all that every registration has in common. */
function expectOnWire(requests: Logged[], name: string, identifier: string, secrets: Record<string, string>, storefront = 42, source = 'src_main'): void {
  const documented = fixture(name);
  expect(requests).toHaveLength(1);
  const [post] = requests as [Logged];
  expect(post.path).toBe(`/gateway/storefront/${registration(storefront, source)}`);
  expect(post.path.endsWith(documented.path.replace('/42/', `/${storefront}/`).replace('/src_main/', `/${source}/`))).toBe(true);
  expect(post.query).toBe('');
  expect(post.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
  expect(post.headers).toMatchObject(documented.headers);
  expect(post.headers['accept']).toBe('application/json');
  expect(post.headers).not.toHaveProperty('cookie');
  expect(post.headers).not.toHaveProperty('x-credenza');
  expect(post.body).toEqual(logged(documented.body, identifier, secrets));
}

test('with a key: from the list to a connected source', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await app.openAs('scope3_demo_buyer', 'storefronts');
  await app.follow('Premium CTV Storefront');
  await app.expectStatus('src_main', 'needs_credentials');
  await app.source('src_main').getByRole('link', { name: /^Connect ?: Premium CTV — Direct$/ }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connect Premium CTV — Direct');
  await expect(page.getByText('Premium CTV Storefront · premiumctv.example')).toBeVisible();
  await expect(app.form).toHaveAttribute('data-service', 'storefront');
  await expect(app.form).toHaveAttribute('data-auth', 'api_key');
  await expect(app.form).toHaveAttribute('data-phase', 'editing');
  await expect(app.form).toContainText('What you type here goes to Interchange (Sandbox)');
  await expect(app.form).toContainText('This cannot be changed or removed here later');
  await expect(app.form).toContainText('One long string? Choose this');
  await expect(app.field('Your account name or number at Premium CTV — Direct')).toHaveAttribute('name', 'accountIdentifier');
  await expect(app.control('token')).toHaveAttribute('autocomplete', 'new-password');

  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  const words = 'Connected. Interchange stored the credential; it does not tell us whether Premium CTV — Direct has accepted it';
  const panel = page.getByRole('main');
  expect((await panel.innerText()).replace(/\s+/g, ' ').replace('Connected Interchange', 'Connected. Interchange')).toContain(words);
  await expect(panel).toContainText(IDENTIFIER);
  await expect(panel).toContainText('buyer@acmebrand.example');
  await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeFocused();
  await count.expectPosts(1);
  expectOnWire(await sandbox.requests('POST'), 'register-api-key', IDENTIFIER, { token: KEY });

  await app.follow('Back to Premium CTV Storefront');
  await app.expectStatus('src_main', 'connected');
  await expect(app.source('src_main')).toContainText(IDENTIFIER);
  await app.expectStatus('src_partner', 'needs_credentials');
});

test('as bearer, chosen under "More options"', async ({ app, page, sandbox }) => {
  await openForm(app);
  await expect(app.control('type').first()).toBeHidden();
  await page.getByText('More options').click();
  await app.choose('Bearer token');
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  expectOnWire(await sandbox.requests('POST'), 'register-bearer', IDENTIFIER, { token: KEY });
});

test('with username and password, which is sent as it was typed', async ({ app, sandbox }) => {
  await openForm(app, { source: 'src_partner' });
  await app.choose('Username and password');
  await expect(app.form).toHaveAttribute('data-auth', 'basic');
  await expect(app.control('password')).toHaveAttribute('autocomplete', 'new-password');
  await fillBasic(app);
  await app.submit();
  await expectConnected(app);
  const secrets = { username: 'ann', password: PASSWORD };
  expectOnWire(await sandbox.requests('POST'), 'register-basic', IDENTIFIER, secrets, 42, 'src_partner');
});

test('one registration marks every source that it covers', async ({ app, page, sandbox }) => {
  await openForm(app, { storefront: 45, source: 'src_app' });
  await fillKey(app);
  await sandbox.clearRequests();
  await app.submit();
  await expectConnected(app);
  await expect(page.getByRole('main')).toContainText(/Also covers\s*Orchard Web, Orchard In-store/);
  // The credentials are read again, after the registration.
  const calls = (await sandbox.requests()).map((request) => `${request.method} ${request.path.split('/').pop()}`);
  expect(calls).toEqual(['POST credentials', 'GET credentials']);
  await app.follow('Back to Orchard Retail Media');
  for (const id of ['src_web', 'src_app', 'src_store']) {
    await app.expectStatus(id, 'connected');
    await expect(app.source(id)).toContainText(IDENTIFIER);
  }
});

for (const envelope of ['wrapped', 'bare'] as const) {
  for (const detail of ['rolled-up', 'sources'] as const) {
    test(`in the older shapes: ${envelope} envelope, ${detail} detail`, async ({ app, page, sandbox }) => {
      await sandbox.reset('old-shapes', { envelope, detail });
      await app.openAs('scope3_demo_buyer', 'storefronts');
      await expect(page.getByText('8 storefronts')).toBeVisible();
      await app.follow('Premium CTV Storefront');
      await app.expectStatus('src_main', 'needs_credentials');
      await app.expectStatus('src_live', 'connected');
      await app.expectStatus('src_open', 'none_needed');
      await app.source('src_main').getByRole('link').click();
      await fillKey(app);
      await app.submit();
      await expectConnected(app);
      expectOnWire(await sandbox.requests('POST'), 'register-api-key', IDENTIFIER, { token: KEY });
      await app.follow('Back to Premium CTV Storefront');
      await app.expectStatus('src_main', 'connected');
      await app.follow('Storefronts');
      await app.follow('Metro Transit Screens');
      for (const id of ['src_bus', 'src_rail', 'src_hall']) await app.expectStatus(id, 'connected');
    });
  }
}

for (const [type, auth, chosen] of [
  ['api_key', 'api_key', 'API key'],
  ['apikey', 'api_key', 'API key'],
  ['bearer', 'api_key', 'Bearer token'],
  ['basic', 'basic', undefined],
  ['jwt', 'jwt', 'Not stated'],
  ['oauth', 'oauth', undefined],
  ['none', 'none', undefined],
  ['nonsense', 'api_key', 'API key'],
] as const) {
  test(`?type=${type} preselects`, async ({ app, page }) => {
    await openForm(app, { type });
    await expect(app.form).toHaveAttribute('data-auth', auth);
    if (chosen !== undefined) {
      await page.getByText('More options').click();
      await expect(app.form.getByRole('radio', { name: chosen })).toBeChecked();
    }
  });
}

test('?source= of a storefront leads to the form and keeps the type', async ({ app, page, sandbox }) => {
  await app.openAs('scope3_demo_buyer', 'storefronts/42?source=src_main&type=basic');
  await expect(app.form).toHaveAttribute('data-auth', 'basic');
  expect(page.url()).toBe(sandbox.url('storefronts/42/sources/src_main?type=basic'));
  // A link inside the console leads there as well, and back leads out again.
  await app.follow('Back to the storefront');
  await app.expectStatus('src_main', 'needs_credentials');
  await page.goBack();
  await expect(app.form).toHaveAttribute('data-auth', 'basic');
});

test('parameters that sound like secrets are taken out of the address and not used', async ({ app, page, sandbox }) => {
  await app.open('storefronts/42/sources/src_main?token=abc123&type=basic&api_key=abc123&Password=abc123&x-access-token=abc123');
  expect(page.url()).toBe(sandbox.url('storefronts/42/sources/src_main?type=basic'));
  await app.giveToken('scope3_demo_buyer');
  for (const name of ['accountIdentifier', 'username', 'password']) await expect(app.control(name)).toHaveValue('');
  for (const request of await sandbox.requests('GET', /./)) expect(request.query).not.toContain('abc123');
});

test('what was typed is kept for each way, and across pages; only the chosen way is sent', async ({ app, sandbox }) => {
  await openForm(app, { source: 'src_partner' });
  await fillKey(app);
  await app.choose('Username and password');
  await expect(app.control('accountIdentifier')).toHaveValue(IDENTIFIER);
  await app.control('username').fill('ann');
  await app.control('password').fill(PASSWORD);
  await app.choose('A key or token');
  await expect(app.control('token')).toHaveValue(KEY);
  await app.choose('Username and password');
  await expect(app.control('password')).toHaveValue(PASSWORD);

  await app.follow('Settings');
  await app.follow('Storefronts');
  await app.follow('Premium CTV Storefront');
  await app.source('src_partner').getByRole('link').click();
  await expect(app.form).toHaveAttribute('data-auth', 'basic');
  await expect(app.control('username')).toHaveValue('ann');
  await expect(app.control('password')).toHaveValue(PASSWORD);
  await app.submit();
  await expectConnected(app);
  expectOnWire(await sandbox.requests('POST'), 'register-basic', IDENTIFIER, { username: 'ann', password: PASSWORD }, 42, 'src_partner');
});

test('after a registration the form is empty again', async ({ app }) => {
  await openForm(app);
  await fillKey(app);
  await app.submit();
  await expectConnected(app);
  await app.action('add-account').click();
  await expect(app.control('accountIdentifier')).toHaveValue('');
  await expect(app.control('token')).toHaveValue('');
});

test('closing or reloading asks first when something was typed, and only then', async ({ app, page }) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await openForm(app);
  await app.control('token').focus();
  await page.reload();
  expect(asked).toEqual([]);
  await app.giveToken('scope3_demo_buyer');
  await app.control('accountIdentifier').pressSequentially('a');
  // From another page as well: the draft is still there to lose.
  await app.follow('Settings');
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('a secret is shown by keyboard, and hidden again on submit', async ({ app, page, sandbox }) => {
  await openForm(app);
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await app.control('token').pressSequentially('abc');
  await page.keyboard.press('Tab');
  const reveal = app.form.getByRole('button', { name: 'Show Key or token' });
  await expect(reveal).toBeFocused();
  await page.keyboard.press('Space');
  await expect(app.control('token')).toHaveAttribute('type', 'text');
  await expect(app.form.getByRole('button', { name: 'Hide Key or token' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(app.control('token')).toHaveAttribute('type', 'password');
  await page.keyboard.press('Space');
  await expect(app.control('token')).toHaveAttribute('type', 'text');
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'delay', delay_ms: 60_000 });
  await app.submit();
  await app.expectPhase('submitting');
  await expect(app.control('token')).toHaveAttribute('type', 'password');
});

test('a double click sends once', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'delay', delay_ms: 300 });
  await app.action('connect').dblclick();
  await expectConnected(app);
  await count.expectPosts(1);
});

test('Enter twice sends once', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'delay', delay_ms: 300 });
  await app.control('token').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectConnected(app);
  await count.expectPosts(1);
});
