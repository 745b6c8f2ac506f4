// Filling a form takes nothing away for good: it is taken back by a button, keeps what stands elsewhere, and goes with the
// rest of the form.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DEMO_SECRET, openAgentForm, tokenEndpoint } from './support/agents';
import type { App } from './support/app';
import { Canary } from './support/canary';
import { IDENTIFIER, KEY, MARK, PASSWORD, Count, expectConnected, fillKey, openForm, registration } from './support/connect';
import { CLIENT, PLACES, Paste, expect, openDestinations, test } from './support/paste';
import { fingerprint } from './support/sandbox';
import { INVENTORY } from './support/switches';

const BASIC_BODY = JSON.stringify({ accountIdentifier: 'pasted', auth: { type: 'basic', username: 'bob', password: `${MARK}-pasted` }, more: 1 });
const KEY_ROW = 'A key or token';
const BASIC_ROW = 'Username and password';

/** The form of a source with a draft in two of its rows; the first is chosen. */
async function openDrafts(app: App): Promise<Paste> {
  await openForm(app, { source: 'src_partner' });
  await fillKey(app);
  await app.choose(BASIC_ROW);
  await app.control('username').fill('ann');
  await app.control('password').fill(PASSWORD);
  await app.choose(KEY_ROW);
  return new Paste(app.page, app.form);
}

async function expectDrafts(app: App, paste: Paste): Promise<void> {
  await expect(app.form.getByRole('radio', { name: KEY_ROW })).toBeChecked();
  await paste.expectValues({ accountIdentifier: IDENTIFIER, token: KEY });
  await app.choose(BASIC_ROW);
  await paste.expectValues({ accountIdentifier: IDENTIFIER, username: 'ann', password: PASSWORD });
}

test('it is told by names alone and taken back, with the row that was chosen', async ({ app, page, sandbox }) => {
  const canary = await Canary.over(page);
  const count = new Count(page, sandbox);
  const paste = await openDrafts(app);
  await paste.paste(BASIC_BODY);
  await paste.expectFilled(
    'the data of a request',
    ['Your account name or number at Premium CTV — Partner feed', 'Username at Premium CTV — Partner feed', 'Password at Premium CTV — Partner feed'],
    ['more'],
  );
  await expect(app.form.getByRole('radio', { name: BASIC_ROW })).toBeChecked();
  await paste.expectValues({ accountIdentifier: 'pasted', username: 'bob', password: `${MARK}-pasted` });
  await canary.expectSilence();
  await paste.undo.click();
  await expect(paste.told).toHaveText('Taken back.');
  await expectDrafts(app, paste);
  await expect(paste.text).toHaveValue('');
  await canary.expectSilence();
  await count.expectPosts(0);
});

test('taken back by keyboard, the focus stays in the control', async ({ app, page }) => {
  const paste = await openDrafts(app);
  await paste.paste(BASIC_BODY);
  await paste.undo.focus();
  await page.keyboard.press('Enter');
  await expect(paste.told).toHaveText('Taken back.');
  await expect(paste.text).toBeFocused();
});

test('of two fillings the last one is taken back', async ({ app }) => {
  const paste = await openDrafts(app);
  await paste.paste('TOKEN=first');
  await expect(app.control('token')).toHaveValue('first');
  await paste.paste(BASIC_BODY);
  await expect(app.control('password')).toHaveValue(`${MARK}-pasted`);
  await paste.undo.click();
  await expect(app.form.getByRole('radio', { name: KEY_ROW })).toBeChecked();
  await paste.expectValues({ accountIdentifier: IDENTIFIER, token: 'first' });
  await expect(paste.undo).toHaveCount(0);
});

test('what was typed after it is not taken back with it', async ({ app }) => {
  const paste = await openDrafts(app);
  await paste.paste('TOKEN=pasted');
  await expect(app.control('token')).toHaveValue('pasted');
  await app.control('accountIdentifier').fill('typed later');
  // Either it cannot be taken back any more, or only the one field is.
  if ((await paste.undo.count()) > 0) await paste.undo.click();
  await expect(app.control('accountIdentifier')).toHaveValue('typed later');
});

test('the drafts of other rows stay', async ({ app }) => {
  const paste = await openDrafts(app);
  await paste.paste(JSON.stringify({ auth: { type: 'basic', username: 'bob', password: 'p-2' } }));
  await expect(app.form.getByRole('radio', { name: BASIC_ROW })).toBeChecked();
  await app.choose(KEY_ROW);
  await paste.expectValues({ accountIdentifier: IDENTIFIER, token: KEY });
  await app.choose(BASIC_ROW);
  await paste.expectValues({ username: 'bob', password: 'p-2' });
});

test('what it mends is not complained about any more, and nothing new is', async ({ app }) => {
  await openForm(app);
  const paste = new Paste(app.page, app.form);
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveCount(2);
  await paste.paste(`TOKEN=  ${KEY}\u200b `);
  await expect(app.errorSummary.getByRole('link')).toHaveText(['Enter your account name or number at Premium CTV — Direct']);
  // As if it had been typed: what cannot be meant is dropped, and said.
  await expect(app.control('token')).toHaveValue(KEY);
  await expect(app.control('token')).toHaveAccessibleDescription(/We removed/);
  await expect(paste.text).toBeFocused();
});

test('leaving the page asks first, and not after it was taken back', async ({ app, page }) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await openForm(app);
  const paste = new Paste(page, app.form);
  await paste.paste(`TOKEN=${KEY}`);
  await paste.undo.click();
  await expect(app.control('token')).toHaveValue('');
  await page.reload();
  expect(asked).toEqual([]);
  await app.giveToken('scope3_demo_buyer');
  await paste.paste(`TOKEN=${KEY}`);
  await expect(app.control('token')).toHaveValue(KEY);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

for (const [what, act] of [
  ['a pasted text', (paste: Paste) => paste.paste('TOKEN=other')],
  ['a typed one', (paste: Paste) => paste.type('TOKEN=other')],
  ['a chosen file', (paste: Paste) => paste.choose('other.env', 'TOKEN=other')],
  ['a dropped file', (paste: Paste) => paste.drop(join(__dirname, '../fixtures/keys/p256.pem'))],
  // The button may be gone, or do nothing.
  ['taking it back', (paste: Paste) => paste.undo.click({ timeout: 2_000 }).catch(() => {})],
] as const) {
  test(`while the form is being sent it does nothing: ${what}`, async ({ app, page, sandbox }) => {
    await openForm(app);
    const paste = new Paste(page, app.form);
    await app.control('token').fill('typed before');
    await paste.paste(JSON.stringify({ accountIdentifier: IDENTIFIER, token: KEY }));
    await expect(app.control('token')).toHaveValue(KEY);
    await sandbox.faults({ method: 'POST', path: registration(), fault: 'delay', delay_ms: 60_000 });
    await app.submit();
    await app.expectPhase('submitting');
    await act(paste);
    await expect(paste.text).toHaveValue('');
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expect(app.form).toHaveAttribute('data-phase', 'submitting');
    await expect(app.form).toHaveAttribute('data-auth', 'api_key');
    await paste.expectValues({ accountIdentifier: IDENTIFIER, token: KEY });
    const posts = await sandbox.requests('POST');
    expect(posts.map(({ body }) => body.auth.token)).toEqual([fingerprint(KEY)]);
  });
}

/** Ways for a form to be done with, after which an empty one stands there again. */
const DONE: Record<string, (app: App, page: Page) => Promise<Paste>> = {
  'an account of a source': async (app, page) => {
    await openForm(app);
    const paste = new Paste(page, app.form);
    await app.control('token').fill(`${MARK}-typed`);
    await paste.paste(JSON.stringify({ accountIdentifier: IDENTIFIER, token: KEY }));
    await app.submit();
    await expectConnected(app);
    await app.action('add-account').click();
    await expect(app.control('accountIdentifier')).toHaveValue('');
    return paste;
  },
  'the Interchange token': async (app, page) => {
    const paste = new Paste(page, await PLACES.interchange.go(page, app));
    await paste.control('accessToken').fill(`${MARK}-typed`);
    await paste.paste('TOKEN=scope3_demo_buyer');
    await paste.form.locator('button[type="submit"]').click();
    await expect(paste.form).toHaveCount(0);
    await app.follow('Settings');
    await app.action('forget-token').click();
    await app.follow('Storefronts');
    await expect(paste.form).toBeVisible();
    return paste;
  },
  'a new credential': async (app, page) => {
    const paste = new Paste(page, await PLACES.create.go(page, app));
    await paste.control('name').fill('Acme');
    await paste.control('password').fill(`${MARK}-typed`);
    await paste.paste('USERNAME=ann\nPASSWORD=p-1');
    await app.action('create').click();
    await app.action('another').click();
    await expect(paste.control('username')).toHaveValue('');
    return paste;
  },
  'a changed credential': async (app, page) => {
    const paste = new Paste(page, await openDestinations(page, app, `destinations/${CLIENT}`, 'save'));
    await paste.paste('CLIENT_SECRET=s-1\nDEVELOPER_TOKEN=d-1\nCLIENT_ID=c-1');
    await app.action('save').click();
    await expect(page.getByRole('main').getByText(/Changed .*, before that /)).toBeVisible();
    await expect(paste.control('clientSecret')).toHaveValue('');
    return paste;
  },
  'an agent': async (app, page) => {
    await openAgentForm(app, page);
    const paste = new Paste(page, app.form);
    await app.control('client_secret').fill(`${MARK}-typed`);
    await paste.paste(JSON.stringify({ token_endpoint: tokenEndpoint(app.sandbox), client_id: 'demo-client', client_secret: DEMO_SECRET }));
    await app.action('save-and-test').click();
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'The credentials work' })).toBeVisible();
    if (!(await app.form.isVisible())) await app.action('replace').click();
    await expect(app.control('client_secret')).toHaveValue('');
    return paste;
  },
  'the inventory': async (app, page) => {
    const paste = new Paste(page, await PLACES.inventory.go(page, app));
    await paste.control('client_secret').fill(`${MARK}-typed`);
    await paste.paste(JSON.stringify({ client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project }));
    await app.submit();
    await expect(page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
    await app.action('start-over').click();
    await expect(paste.control('client_secret')).toHaveValue('');
    return paste;
  },
};

for (const [what, done] of Object.entries(DONE)) {
  test(`when a form is done with, nothing of it can be brought back: ${what}`, async ({ app, page }) => {
    const paste = await done(app, page);
    await expect(paste.line).toBeVisible();
    await expect(paste.form.getByText('Filled in from')).toHaveCount(0);
    await expect(paste.form.getByRole('button', { name: 'Undo', includeHidden: true })).toHaveCount(0);
  });
}

test('a secret that was shown is masked again when another one takes its place', async ({ app }) => {
  const paste = await openDrafts(app);
  await app.form.getByRole('button', { name: 'Show Key or token' }).click();
  await expect(app.control('token')).toHaveAttribute('type', 'text');
  await paste.paste('TOKEN=pasted');
  await expect(app.control('token')).toHaveValue('pasted');
  await expect(app.control('token')).toHaveAttribute('type', 'password');
});

/** Secrets under names that end like one, beside names of fields that everybody may see. */
const SIDEWAYS: [string, string][] = [
  [
    'the data of a request',
    JSON.stringify({ username_password: MARK, issuer_secret: MARK, scope_token: MARK, subject: { password: MARK }, token: { scope: 'read' } }),
  ],
  [
    'a list of names and values',
    `CLIENT_ID_SECRET=${MARK}\nNAME_PASSWORD=${MARK}\nSANDBOX_TOKEN=${MARK}\nURL_SIGNATURE=${MARK}\nACCOUNT_ID=acme`,
  ],
  [
    'a curl command',
    `curl https://a.example -u 'ann:${MARK}' -H 'x-sandbox-secret: ${MARK}' -d 'client_secret=${MARK}&username=ann&password=${MARK}'`,
  ],
  [
    'an AWS credentials file',
    `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${MARK}\naws_session_token = ${MARK}`,
  ],
];

for (const place of [PLACES.source, PLACES.create, PLACES.agent, PLACES.inventory]) {
  test(`no secret goes into a field that shows it: ${place.name}`, async ({ at, page }) => {
    const canary = await Canary.over(page);
    const paste = await at(place);
    for (const [kind, text] of SIDEWAYS) {
      await paste.paste(text);
      // Forms that have no place for what AWS gives out know the lines of its file only as such.
      const known = kind === 'an AWS credentials file' && place !== PLACES.create ? 'a list of names and values' : kind;
      await expect(paste.told).toContainText(known);
      const shown = await paste.form.locator('input, textarea').evaluateAll((all) =>
        all
          .map((one) => one as HTMLInputElement)
          .filter((one) => one.type !== 'password' && getComputedStyle(one).getPropertyValue('-webkit-text-security') !== 'disc')
          .map((one) => one.value),
      );
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.filter((value) => value.includes(MARK))).toEqual([]);
    }
    await canary.expectSilence();
  });
}
