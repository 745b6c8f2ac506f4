// The form itself: what is checked before anything is sent, and what the server says about a field.
import { IDENTIFIER, KEY, PASSWORD, Count, expectConnected, expectDraft, fillBasic, fillKey, openForm, registration } from './support/connect';
import { fingerprint } from './support/sandbox';
import { expect, test } from './support/test';
import type { App } from './support/app';

const NAME = 'your account name or number at Premium CTV — Direct';

/** What a control says about itself, for everybody. */
async function expectError(app: App, name: string, words: string): Promise<void> {
  await expect(app.control(name)).toHaveAttribute('aria-invalid', 'true');
  await expect(app.control(name)).toHaveAccessibleDescription(new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
}

test('all errors at once, in a summary that takes the focus and leads to the fields', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app, { type: 'basic' });
  await app.control('username').fill('ann:o');
  await expect(app.action('connect')).toBeEnabled();
  await app.submit();

  await expect(app.errorSummary).toBeVisible();
  await expect(page.locator(':focus')).toContainText('There is a problem');
  const lines = [`Enter ${NAME}`, 'Enter the username without a colon; it cannot be sent with one', 'Enter the password'];
  await expect(app.errorSummary.getByRole('link')).toHaveText(lines);
  for (const [at, name] of ['accountIdentifier', 'username', 'password'].entries()) {
    await expectError(app, name, lines[at] as string);
    await app.errorSummary.getByRole('link').nth(at).click();
    await expect(app.control(name)).toBeFocused();
  }
  await expect(app.control('username')).toHaveValue('ann:o');
  await expect(app.form).toHaveAttribute('data-phase', 'editing');
  await count.expectPosts(0);
});

test('an error goes when it is mended, and not before', async ({ app }) => {
  await openForm(app);
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveCount(2);
  await app.control('token').fill('k');
  await expect(app.errorSummary.getByRole('link')).toHaveText([`Enter ${NAME}`]);
  await expect(app.control('token')).not.toHaveAttribute('aria-invalid');
  await app.control('accountIdentifier').fill('a');
  await expect(app.errorSummary).toBeHidden();
  // While it is typed, nothing new is complained about.
  await app.control('accountIdentifier').fill('');
  await expect(app.control('accountIdentifier')).not.toHaveAttribute('aria-invalid');
  await app.submit();
  await expectError(app, 'accountIdentifier', `Enter ${NAME}`);
});

test('an identifier may have 255 characters and not one more', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app, 'a'.repeat(256));
  await app.submit();
  await expectError(app, 'accountIdentifier', 'must be 255 characters or fewer; it has 256');
  await count.expectPosts(0);
  await app.control('accountIdentifier').fill('a'.repeat(255));
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body.accountIdentifier).toBe('a'.repeat(255));
});

test('space and invisible characters around a value go, with a quiet note', async ({ app, page, sandbox }) => {
  await openForm(app);
  await fillKey(app, `  ${IDENTIFIER}\t`, `\u200b\ufeff${KEY}\u200b `);
  await app.control('accountIdentifier').focus();
  await expect(app.control('token')).toHaveValue(KEY);
  await expect(app.control('token')).toHaveAccessibleDescription(/We removed a character that cannot be seen/);
  await app.control('token').focus();
  await expect(app.control('accountIdentifier')).toHaveValue(IDENTIFIER);
  await expect(app.control('accountIdentifier')).toHaveAccessibleDescription(/We removed space around it/);
  // A note is no error.
  await expect(app.errorSummary).toBeHidden();
  await page.keyboard.press('Enter');
  await expectConnected(app);
  const [post] = await sandbox.requests('POST');
  expect(post?.body).toEqual({ accountIdentifier: IDENTIFIER, auth: { type: 'api_key', token: fingerprint(KEY) } });
});

test('a pasted "Bearer " goes, also when Enter is pressed at once', async ({ app, page, sandbox }) => {
  await openForm(app);
  await fillKey(app, IDENTIFIER, `Bearer ${KEY}`);
  await page.keyboard.press('Enter');
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body.auth.token).toEqual(fingerprint(KEY));
});

for (const [what, typed, words, removed] of [
  ['a space', `${'a'.repeat(32)} ${'b'.repeat(8)}`, 'There is a space after the 32nd character, as happens when copying from a PDF', 'a'.repeat(32) + 'b'.repeat(8)],
  ['a soft hyphen', 'abcdefghijk\u00adlm', 'There is an invisible hyphen after the 11th character', 'abcdefghijklm'],
  ['curly quotes', '\u201cabc\u201d', 'There is a curly quotation mark at the start', 'abc'],
  ['another character', 'abcdé', 'There is the unusual character “é” after the 4th character', 'abcd'],
] as const) {
  test(`${what} inside a token is named by position and removed on request`, async ({ app, page, sandbox }) => {
    const count = new Count(page, sandbox);
    await openForm(app);
    await fillKey(app, IDENTIFIER, typed);
    await app.submit();
    await expectError(app, 'token', words);
    await expect(app.errorSummary.getByRole('link')).toHaveText([new RegExp(words)]);
    await count.expectPosts(0);
    await app.form.getByRole('button', { name: 'Remove' }).click();
    await expect(app.errorSummary).toBeHidden();
    await expect(app.control('token')).toHaveValue(removed);
    await expect(app.control('token')).toBeFocused();
    await app.submit();
    await expectConnected(app);
    expect((await sandbox.requests('POST'))[0]?.body.auth.token).toEqual(fingerprint(removed));
  });
}

test('an unusual character that belongs there stops the submit once', async ({ app, sandbox }) => {
  await openForm(app);
  await fillKey(app, IDENTIFIER, 'abc def');
  await app.submit();
  await app.form.getByRole('button', { name: 'It belongs there' }).click();
  await expect(app.errorSummary).toBeHidden();
  await expect(app.control('token')).toHaveValue('abc def');
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body.auth.token).toEqual(fingerprint('abc def'));
});

test('a password is never touched', async ({ app, page, sandbox }) => {
  await openForm(app, { source: 'src_partner', type: 'basic' });
  const odd = `\u00a0Bearer ${PASSWORD}\u200b“\u00ad”`;
  await fillBasic(app, IDENTIFIER, odd);
  await app.control('username').focus();
  await expect(app.control('password')).toHaveValue(odd);
  await page.keyboard.press('Enter');
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body.auth).toEqual({ type: 'basic', username: 'ann', password: fingerprint(odd) });
});

const ISSUES = [
  { path: 'accountIdentifier', message: 'Use the number from your contract' },
  { path: 'auth.token', message: 'Expected 40 characters' },
];

for (const [how, details] of [
  ['strings', ISSUES],
  ['arrays', ISSUES.map(({ path, message }) => ({ path: path.split('.'), message }))],
] as const) {
  test(`problems that the server found stand at their fields, with paths as ${how}`, async ({ app, page, sandbox, guard }) => {
    const count = new Count(page, sandbox);
    guard.allowStatus(400);
    const error = { code: 'VALIDATION_ERROR', message: 'The body did not pass', field: 'accountIdentifier', details: { issues: details } };
    await openForm(app);
    await fillKey(app);
    await sandbox.faults({ method: 'POST', path: registration(), fault: 'status', status: 400, error });
    await app.submit();
    await expectError(app, 'accountIdentifier', 'Use the number from your contract');
    await expectError(app, 'token', 'Expected 40 characters');
    await expect(app.errorSummary.getByRole('listitem')).toHaveText(['Use the number from your contract', 'Expected 40 characters']);
    await expect(page.locator(':focus')).toContainText('There is a problem');
    await expectDraft(app);
    await count.expectPosts(1);
    await app.control('token').fill('k');
    await expect(app.errorSummary.getByRole('link')).toHaveText(['Use the number from your contract']);
    await app.control('accountIdentifier').fill('1234');
    await app.submit();
    await expectConnected(app);
    await count.expectPosts(2);
  });
}

test('the sandbox’s own check speaks of the type: its words stand in the summary', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(400);
  await sandbox.reset('demo', { issue_paths: 'array' });
  await openForm(app, { type: 'basic' });
  await fillBasic(app);
  await app.submit();
  await expect(app.errorSummary).toContainText('The agent behind this source takes an API key or token');
  await expect(page.locator(':focus')).toContainText('There is a problem');
  await expect(app.control('password')).toHaveValue(PASSWORD);
});

test('a field alone, without issues, is enough', async ({ app, sandbox, guard }) => {
  guard.allowStatus(400);
  await openForm(app);
  await fillKey(app);
  const error = { code: 'BAD_REQUEST', message: 'This token is for another region', field: 'auth.token' };
  await sandbox.faults({ method: 'POST', path: registration(), fault: 'status', status: 400, error });
  await app.submit();
  await expectError(app, 'token', 'This token is for another region');
  await expectDraft(app);
});

test('every secret is marked for session recorders', async ({ app }) => {
  await openForm(app);
  for (const [way, name] of [
    ['A key or token', 'token'],
    ['Username and password', 'password'],
    ['A private key (JWT)', 'privateKey'],
  ] as const) {
    await app.choose(way);
    const secret = app.control(name);
    // A control of several lines has no type; it is masked by its style.
    if (name === 'privateKey') await expect(secret).toHaveCSS('-webkit-text-security', 'disc');
    else await expect(secret).toHaveAttribute('type', 'password');
    await expect(secret).toHaveAttribute('data-dd-privacy', 'mask');
    await expect(secret).toHaveAttribute('data-sentry-mask', '');
    await expect(secret).toHaveClass(/ph-no-capture/);
    await expect(secret).toHaveClass(/fs-exclude/);
  }
  await expect(app.control('issuer')).not.toHaveAttribute('data-sentry-mask');
  await app.choose('Username and password');
  await expect(app.control('username')).not.toHaveAttribute('data-sentry-mask');
});
