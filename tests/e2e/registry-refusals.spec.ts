// What the registry refuses: every documented 400 at its field, and the ways on when an agent is not ours to change.
import {
  ACME, CLIENT_SECRET, CONNECT, NORTHLIGHT, NORTHWIND, SAVE, STREAMHAUS, access, agentPath, chooseToken, documented, fillClient, moreOptions,
  openAgent, openAgentForm, pageOf, saveAndTest, sent, signIn, told,
} from './support/agents';
import { REGISTRY_KEY } from './support/sandbox';
import { expect, test } from './support/test';

test.use({ registry: true });

test.beforeEach(({ guard }) => guard.allowStatus(400, 401, 403, 413));

/** registry.md, section 4: a code, its fields, and a sentence as the server has them. */
const CODES = [
  ['missing_field', ['token_endpoint', 'client_id', 'client_secret'], 'is required.'],
  ['invalid_url', ['token_endpoint'], 'is not a URL that can be reached.'],
  ['field_too_long', ['client_id', 'client_secret', 'scope', 'resource', 'audience'], 'exceeds 1024 characters.'],
  ['invalid_env_reference', ['client_id', 'client_secret'], 'must be a reference of the form $ENV:ADCP_OAUTH_<NAME>.'],
  ['invalid_field_type', ['scope', 'resource', 'audience'], 'must be a string.'],
  ['array_too_few', ['resource'], 'must have at least one entry.'],
  ['array_too_many', ['resource'], 'must have at most 8 entries.'],
  ['aggregate_too_long', ['resource'], 'must not exceed 8192 characters in all.'],
] as const;

test('every code about a field stands at its control', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app, { client_secret: CLIENT_SECRET });
  await moreOptions(app);
  const path = agentPath(STREAMHAUS, SAVE);
  let sends = 0;
  for (const [code, fields, words] of CODES) {
    for (const field of fields) {
      const error = `oauth_client_credentials.${field} ${words}`;
      await sandbox.faults({ method: 'PUT', path, fault: 'status', status: 400, body: { error, code, field } });
      await app.submit();
      const control = app.control(field);
      const said = new RegExp(error.replace(/[.$<>:]/g, '\\$&'));
      await expect(control, `${code} ${field}`).toHaveAccessibleDescription(said);
      await expect(control).toHaveAttribute('aria-invalid', 'true');
      await expect(control).toBeVisible();
      // At no other, and in the summary, which leads there.
      await expect(app.form.locator('[aria-invalid="true"]')).toHaveCount(1);
      await expect(app.errorSummary.getByRole('link')).toHaveText(said);
      await app.errorSummary.getByRole('link').click();
      await expect(control).toBeFocused();
      await expect(app.control('client_secret')).toHaveValue(CLIENT_SECRET);
      sends += 1;
      expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(sends);
    }
  }
  const missing = documented('error-missing-field').response.body;
  await sandbox.faults({ method: 'PUT', path, fault: 'status', status: 400, body: missing });
  await app.submit();
  await expect(app.control('client_id')).toHaveAccessibleDescription(/oauth_client_credentials\.client_id is required\./);
});

test('what is about a choice, or about no control, stands in the summary', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app, { client_secret: CLIENT_SECRET });
  await moreOptions(app);
  for (const body of [
    { error: 'oauth_client_credentials.auth_method must be basic or body.', code: 'invalid_auth_method_value', field: 'auth_method' },
    { error: 'oauth_client_credentials must be an object.', code: 'invalid_blob_shape', field: 'oauth_client_credentials' },
    documented('error-agent-url').response.body,
    { error: 'organization_id must be a non-empty organization ID' },
    { error: 'Malformed request body', type: 'entity.parse.failed' },
    { error: "Failed to decode param '%E0%A4%A'" },
    { error: 'A sentence of a later version', code: 'newer', field: 'later_field' },
  ]) {
    await sandbox.faults({ method: 'PUT', path: agentPath(STREAMHAUS, SAVE), fault: 'status', status: 400, body });
    await app.submit();
    await expect(app.errorSummary).toContainText(String(body['error']));
    await expect(app.form.locator('[aria-invalid="true"]')).toHaveCount(0);
    await expect(app.control('client_secret')).toHaveValue(CLIENT_SECRET);
  }
});

test('every sentence about a static token stands at its control', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await chooseToken(app);
  await app.control('auth_token').fill(CLIENT_SECRET);
  for (const [error, field] of [
    ['auth_token must be a string', 'auth_token'],
    ['auth_token exceeds maximum length', 'auth_token'],
    ['Auth token contains invalid characters (NUL, CR, or LF). Paste the token again without line breaks.', 'auth_token'],
    ['Basic auth_token must be "username:password" or the base64 encoding of it', 'auth_token'],
    ['Invalid auth_type. Valid types: bearer, basic', undefined],
    ['organization_id must be a non-empty organization ID', undefined],
    ['Invalid agent URL', undefined],
  ] as const) {
    await sandbox.faults({ method: 'PUT', path: agentPath(STREAMHAUS, CONNECT), fault: 'status', status: 400, body: { error } });
    await app.submit();
    await expect(app.errorSummary).toContainText(error);
    const said = new RegExp(error.slice(0, 20));
    if (field === undefined) await expect(app.form.locator('[aria-invalid="true"]')).toHaveCount(0);
    else await expect(app.control(field)).toHaveAccessibleDescription(said);
    await expect(app.control('auth_token')).toHaveValue(CLIENT_SECRET);
  }
});

test('an agent that is not ours: three ways on, in order, and the first works', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page, NORTHLIGHT);
  await fillClient(app);
  await saveAndTest(app, 'The registry does not let you change this agent');
  const words = await told(page, 'does not let you change').innerText();
  expect(words).toContain('It says: You do not have permission to modify this agent');
  const ways = ['choose another organisation', 'register the agent', 'sign in if you use a key'].map((way) => words.indexOf(way));
  expect(ways).not.toContain(-1);
  expect([...ways].sort((a, b) => a - b)).toEqual(ways);
  const link = told(page, 'does not let you change').getByRole('link', { name: /How to register an agent/ });
  await expect(link).toHaveAttribute('href', 'https://docs.adcontextprotocol.org/docs/registry/registering-an-agent');
  await expect(link).toHaveAttribute('target', '_blank');
  await access(page).getByLabel('Organisation').selectOption(NORTHWIND);
  await expect(page.getByText('AgenticAdvertising.org (Sandbox) · Northwind Agency')).toBeVisible();
  await expect(app.control('client_id')).toHaveValue('demo-client');
  await saveAndTest(app, 'The credentials work');
  const saves = await sent(sandbox, 'PUT', NORTHLIGHT, SAVE);
  expect(saves.map(({ body }) => body.organization_id)).toEqual([ACME, NORTHWIND]);
});

test('with a key the third way is a button beside the form, and what was typed stays', async ({ app, page, sandbox }) => {
  await sandbox.registry({ me_for_keys: true });
  await app.open(pageOf(STREAMHAUS));
  await page.getByText('Use an organisation key instead').click();
  await app.giveToken(REGISTRY_KEY);
  await expect(app.form).toBeVisible();
  await fillClient(app);
  await saveAndTest(app, 'The registry does not let you change this agent');
  await expect(told(page, 'sign in if you use a key')).toBeVisible();
  // No organisation was told to this key; none is made up.
  expect((await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).map(({ body }) => 'organization_id' in body)).toEqual([false]);
  await expect(access(page).getByRole('button', { name: 'Sign in instead' })).toBeVisible();
});

test('a suspended account, and a body that is too large, are told in the server’s words', async ({ app, page, sandbox }) => {
  await openAgent(app, page, STREAMHAUS);
  await fillClient(app);
  for (const [name, says] of [['error-suspended', 'Account suspended'], ['error-too-large', 'Request body too large']] as const) {
    const { status, body } = documented(name).response;
    await sandbox.faults({ method: 'PUT', path: agentPath(STREAMHAUS, SAVE), fault: 'status', status, body });
    await saveAndTest(app, says);
    await expect(app.control('client_id')).toHaveValue('demo-client');
  }
});

test('a sign-in that ended in the middle of a save: what was typed is still there afterwards', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401, 500);
  await openAgentForm(app, page);
  await fillClient(app, { client_secret: 'demo-secret' });
  await sandbox.registry({ forget: ['access_tokens', 'refresh_tokens'] });
  await app.action('save-and-test').click();
  await expect(page.getByText('Your sign-in has ended')).toBeVisible();
  await expect(page.getByText('What you typed is still here')).toBeVisible();
  await signIn(app, page);
  await expect(app.control('client_secret')).toHaveValue('demo-secret');
  await saveAndTest(app, 'The credentials work');
  // The first was refused, and only the person sent it again.
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(2);
});
