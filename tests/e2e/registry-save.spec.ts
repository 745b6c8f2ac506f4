// Client credentials of an agent: what is checked before it is sent, what is sent, and what stays on the page.
import type { Page } from '@playwright/test';
import {
  ACME, AGENTS, CLIENT_SECRET, DEMO_SECRET, HARBOR, ME, MERIDIAN, QUARRY, SAVE, STREAMHAUS, TEST, agentPath, documented, expectOurs,
  fillClient, logged, moreOptions, openAgent, openAgentForm, pageOf, saveAndTest, sent, signIn, tokenEndpoint, told, type ClientValues,
} from './support/agents';
import type { App } from './support/app';
import { Count } from './support/connect';
import { fingerprint, type Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

test.use({ registry: true });

const WORKS = 'The credentials work';

/** Plans the documented answer for the next `count` requests. */
const answered = (sandbox: Sandbox, method: string, path: string, name: string, count = 1): Promise<void> => {
  const { status, body } = documented(name).response;
  return sandbox.faults({ method, path, fault: 'status', status, body, count });
};

/** The form of an agent that the documents speak of, for whom they speak of. */
async function openDocumented(app: App, page: Page, sandbox: Sandbox, status: string): Promise<void> {
  await answered(sandbox, 'GET', ME, 'me');
  await answered(sandbox, 'GET', AGENTS, 'agents');
  await answered(sandbox, 'GET', '*/auth-status', status, 100);
  await app.open(pageOf('https://sales.example/mcp'));
  await signIn(app, page);
  await expect(app.action('consent')).toBeVisible();
  if (!(await app.form.isVisible())) await app.action('replace').click();
}

for (const [name, status] of [['save', 'status'], ['save-least', 'status-nothing']] as const) {
  test(`as the documents have it: ${name}`, async ({ app, page, sandbox }) => {
    await openDocumented(app, page, sandbox, status);
    const { request, response } = documented(name);
    const { organization_id = 'org_01', auth_method, resource, ...values } = request.body!;
    await fillClient(app, { ...(values as ClientValues), resource: [resource].flat().join('  ') });
    if (auth_method === 'body') await app.choose('In the body');
    await answered(sandbox, 'PUT', '*', name);
    await answered(sandbox, 'POST', '*', 'test-ok');
    await saveAndTest(app, WORKS);
    await expect(told(page, 'in 312 ms')).toBeVisible();
    await expect(told(page, response.body['refresh'] ? 'with 12 tools in 340 ms' : 'did not look at the agent')).toBeVisible();

    const [save, ...others] = await sandbox.registryRequests('PUT');
    expect(others).toEqual([]);
    expectOurs(save!);
    expect(save).toMatchObject({ query: '', headers: request.headers, body: logged({ ...request.body, organization_id }) });
    // Nothing else is in it.
    expect(Object.keys(save!.body).sort()).toEqual(Object.keys({ ...request.body, organization_id }).sort());
    expect(`/${save!.path.slice(sandbox.registryGateway.length)}`).toBe(request.path);
    const tested = documented('test-ok').request;
    const [post] = await sandbox.registryRequests('POST', /\/test$/);
    expect(post).toMatchObject({ query: '', headers: tested.headers, body: tested.body });
    expect(`/${post!.path.slice(sandbox.registryGateway.length)}`).toBe(tested.path);
    // And what was only read, as well.
    for (const read of ['me', 'agents', 'status'].map((read) => documented(read).request)) {
      const fits = (one: { path: string; query: string }): boolean =>
        [`/${one.path.slice(sandbox.registryGateway.length)}`, one.query].filter((part) => part !== '').join('?') === read.path;
      expect((await sandbox.registryRequests(read.method)).some(fits), read.path).toBe(true);
    }
  });
}

test('the least that is needed, for an agent with nothing saved', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await expect(app.form).toHaveAttribute('data-service', 'registry');
  await expect(app.form).toHaveAttribute('data-auth', 'oauth_client_credentials');
  await expect(app.form).toContainText('A save replaces all of this kind');
  await expect(app.control('client_secret')).toHaveAttribute('type', 'password');
  await expect(app.control('client_secret')).toHaveAttribute('autocomplete', 'new-password');
  for (const name of ['client_id', 'client_secret']) {
    await expect(app.control(name)).toHaveAccessibleDescription(/names a variable of the registry’s own server, not of this computer/);
  }
  await expect(app.control('scope')).toBeHidden();
  const count = new Count(page, sandbox);
  await fillClient(app);
  await sandbox.clearRequests();
  await saveAndTest(app, WORKS);
  await expect(told(page, /^Saved/)).toContainText('The agent answered with 12 tools in 340 ms.');
  await expect(told(page, /gave out a token in \d+ ms/)).toBeVisible();
  const calls = (await sandbox.registryRequests()).map(({ method, path }) => `${method} ${path.split('/').pop()}`);
  expect(calls.slice(0, 2)).toEqual([`PUT ${SAVE}`, 'POST test']);
  const [save] = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
  const body = { token_endpoint: tokenEndpoint(sandbox), client_id: 'demo-client', client_secret: fingerprint(DEMO_SECRET), organization_id: ACME };
  expect(save!.body).toEqual(body);
  expect((await sent(sandbox, 'POST', STREAMHAUS, TEST)).map(({ body }) => body)).toEqual([{ organization_id: ACME }]);
  expect(count.unanswered()).toBe(0);

  // Saved · Replace: a state, and never a value.
  const part = page.getByRole('region', { name: 'What is saved' });
  await expect(part).toContainText(/Client credentials\s*Saved/);
  await expect(app.form).toHaveCount(0);
  await app.action('replace').click();
  for (const name of ['token_endpoint', 'client_id', 'client_secret']) await expect(app.control(name)).toHaveValue('');
  await app.action('cancel').click();
  await expect(app.form).toHaveCount(0);
  await app.action('test').click();
  await expect(told(page, WORKS)).toBeVisible();
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(1);
});

test('all that can be said, for an agent with something saved', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page, MERIDIAN);
  await fillClient(app, { scope: 'signals.read', resource: 'https://signals.meridian.example/mcp', audience: 'meridian' });
  await app.choose('In the body');
  await saveAndTest(app, WORKS);
  const [save] = await sent(sandbox, 'PUT', MERIDIAN, SAVE);
  expect(save!.body).toEqual({
    token_endpoint: tokenEndpoint(sandbox), client_id: 'demo-client', client_secret: fingerprint(DEMO_SECRET), scope: 'signals.read',
    resource: 'https://signals.meridian.example/mcp', audience: 'meridian', auth_method: 'body', organization_id: ACME,
  });
  // A second save says nothing of what the first said: it replaces everything.
  await app.action('replace').click();
  await fillClient(app, { resource: 'urn:a  urn:b urn:c' });
  await saveAndTest(app, WORKS);
  expect((await sent(sandbox, 'PUT', MERIDIAN, SAVE))[1]!.body).toEqual({
    token_endpoint: tokenEndpoint(sandbox), client_id: 'demo-client', client_secret: fingerprint(DEMO_SECRET),
    resource: ['urn:a', 'urn:b', 'urn:c'], organization_id: ACME,
  });
});

for (const url of [QUARRY, HARBOR]) {
  test(`the path is encoded twice: ${url}`, async ({ app, page, sandbox }) => {
    await openAgentForm(app, page, url);
    await fillClient(app);
    await saveAndTest(app, WORKS);
    for (const [method, rest] of [['PUT', SAVE], ['POST', TEST]] as const) expect(await sent(sandbox, method, url, rest)).toHaveLength(1);
    await expect(page.getByRole('region', { name: 'What is saved' })).toContainText(/Client credentials\s*Saved/);
  });
}

/** Two UTF-16 units each. */
const wide = (units: number): string => '😀'.repeat(units / 2);

test('every limit is checked before anything is sent', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app);
  await moreOptions(app);
  const count = new Count(page, sandbox);
  const right: ClientValues = { token_endpoint: tokenEndpoint(sandbox), client_id: 'demo-client', client_secret: DEMO_SECRET };
  for (const [name, value, says] of [
    ['token_endpoint', '', /Enter the token endpoint/],
    ['token_endpoint', `https://a.example/${'x'.repeat(2031)}`, /2048 characters or fewer; it has 2049/],
    ['token_endpoint', 'auth.example/token', /with https:\/\/ in front/],
    ['token_endpoint', 'http://auth.example/token', /over http others could read along/],
    ['token_endpoint', 'https://ann:pw@auth.example/token', /as a whole/],
    ['token_endpoint', 'https://auth.example/token#x', /without the part behind the #/],
    ['token_endpoint', 'https://10.1.2.3/token', /reaches no private network/],
    ['token_endpoint', 'https://[::ffff:192.168.0.1]/token', /reaches no private network/],
    ['client_id', '', /Enter the client ID/],
    ['client_id', wide(2050), /2048 characters or fewer; it has 2050/],
    ['client_id', '$ENV:HOME', /\$ENV:ADCP_OAUTH_NAME/],
    ['client_id', 'a\u0001b', /cannot be seen/],
    ['client_secret', '', /Enter the client secret/],
    ['client_secret', 'x'.repeat(8193), /8192 characters or fewer; it has 8193/],
    ['client_secret', '$ENV:ADCP_OAUTH_lower', /\$ENV:ADCP_OAUTH_NAME/],
    ['client_secret', 'a\u0007b', /cannot be seen/],
    ['scope', wide(1026), /1024 characters or fewer; it has 1026/],
    ['scope', 'a\u0002b', /cannot be seen/],
    ['resource', wide(2050), /2048 characters or fewer; it has 2050/],
    ['resource', 'a b c d e f g h i', /Enter 8 or fewer; there are 9/],
    ['resource', Array(5).fill('r'.repeat(2048)).join(' '), /8192 characters or fewer; it has 10240/],
    ['resource', 'urn:a\u0003', /cannot be seen/],
    ['audience', wide(2050), /2048 characters or fewer; it has 2050/],
    ['audience', 'a\u0004b', /cannot be seen/],
  ] as const) {
    await app.control(name).fill(value);
    await app.submit();
    await expect(app.control(name), `${name} ${value.slice(0, 30)}`).toHaveAccessibleDescription(says);
    await expect(app.control(name)).toHaveAttribute('aria-invalid', 'true');
    await expect(app.errorSummary.getByRole('link')).toHaveText(says);
    await app.control(name).fill((right as Record<string, string>)[name] ?? '');
  }
  expect(count.unanswered()).toBe(0);
  expect(await sandbox.registryRequests('PUT')).toEqual([]);
  // All of them at once, each at its longest.
  const most: ClientValues = { client_id: wide(2048), client_secret: 's'.repeat(8192), scope: wide(1024), audience: wide(2048) };
  await fillClient(app, { ...most, resource: Array(8).fill('r'.repeat(1024)).join(' ') });
  await app.submit();
  await expect(told(page, 'The token endpoint does not know this client')).toBeVisible();
  const [save] = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
  expect(save!.body).toMatchObject({ client_id: most.client_id, client_secret: fingerprint(most.client_secret!), scope: most.scope });
  expect(save!.body.resource).toHaveLength(8);
});

test('references are sent as they are, and explained when the registry does not know them', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(500);
  await openAgentForm(app, page);
  const references = { client_id: '$ENV:ADCP_OAUTH_DEMO_ID', client_secret: '$ENV:ADCP_OAUTH_DEMO_SECRET' };
  await fillClient(app, references);
  await saveAndTest(app, WORKS);
  const [save] = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
  expect(save!.body).toMatchObject({ client_id: references.client_id, client_secret: fingerprint(references.client_secret) });
  await app.action('replace').click();
  await fillClient(app, { client_secret: '$ENV:ADCP_OAUTH_NOT_SET' });
  await saveAndTest(app, 'The test could not be made');
  await expect(told(page, 'begins with $ENV:')).toContainText('If that variable is not set on the registry’s server, it answers like this');
  // The rest of this visit, too.
  await app.action('test').click();
  await expect(told(page, 'begins with $ENV:')).toBeVisible();
  // What only looks like one is a value.
  await fillClient(app, { client_secret: '$OTHER' });
  await saveAndTest(app, 'The token endpoint does not know this client');
});

test('what was typed stays until it was found to work', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app, { client_secret: CLIENT_SECRET });
  await saveAndTest(app, 'The token endpoint does not know this client');
  await expect(told(page, /^Saved/)).toBeVisible();
  await expect(app.control('client_id')).toHaveValue('demo-client');
  await expect(app.control('client_secret')).toHaveValue(CLIENT_SECRET);
  await expect(app.control('client_secret')).toHaveAttribute('type', 'password');
  // A second try costs one correction.
  await app.control('client_secret').fill(DEMO_SECRET);
  await saveAndTest(app, WORKS);
  await expect(told(page, 'does not know this client')).toHaveCount(0);
  await expect(app.form).toHaveCount(0);
  const saves = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
  expect(saves.map(({ body }) => body.client_secret)).toEqual([fingerprint(CLIENT_SECRET), fingerprint(DEMO_SECRET)]);
  await app.action('replace').click();
  await expect(app.control('client_secret')).toHaveValue('');
});

test('who leaves the agent leaves nothing typed behind', async ({ app, page }) => {
  await openAgentForm(app, page);
  await fillClient(app, { client_secret: CLIENT_SECRET });
  await saveAndTest(app, 'The token endpoint does not know this client');
  await app.follow('Agents');
  await expect(page.getByText('8 agents')).toBeVisible();
  await app.follow('Streamhaus Sales');
  await expect(app.action('replace')).toBeVisible();
  await expect(app.form).toHaveCount(0);
  await expect(told(page, 'does not know this client')).toHaveCount(0);
  await app.action('replace').click();
  for (const name of ['token_endpoint', 'client_id', 'client_secret']) await expect(app.control(name)).toHaveValue('');
});

test('saved, and how the agent was found', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  for (const [refresh, says] of [
    ['online', 'The agent answered with 12 tools in 340 ms.'],
    ['offline', 'could not reach the agent; what you saved stays saved. It says: The agent did not answer in time'],
    ['absent', 'The registry did not look at the agent.'],
  ] as const) {
    await sandbox.registry({ refresh });
    await fillClient(app);
    await saveAndTest(app, says);
    await expect(told(page, WORKS)).toBeVisible();
    await app.action('replace').click();
  }
});

test('while it is saved and tested that is said, and nothing is sent twice', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app);
  const { body } = documented('save-offline').response;
  const path = agentPath(STREAMHAUS, SAVE);
  const asked = { ...body, refresh: { online: true, oauth_required: true } };
  await sandbox.faults({ method: 'PUT', path, fault: 'delay', delay_ms: 700 }, { method: 'POST', path: '*/test', fault: 'delay', delay_ms: 700 });
  await app.action('save-and-test').dblclick();
  await expect(app.form.getByRole('button', { name: 'Saving…' })).toHaveAttribute('aria-disabled', 'true');
  await expect(app.form).toHaveAttribute('aria-busy', 'true');
  await expect(app.form.getByRole('status').filter({ hasText: 'that may take 40 seconds' })).toBeVisible();
  await expect(app.form.getByRole('button', { name: 'Testing…' })).toBeVisible();
  await expect(app.form.getByRole('status').filter({ hasText: 'asks the token endpoint for a token and throws it away' })).toBeVisible();
  await expect(told(page, WORKS)).toBeVisible();
  expect(await sandbox.registryRequests('PUT')).toHaveLength(1);
  expect(await sandbox.registryRequests('POST', /test$/)).toHaveLength(1);
  // An agent that wants more than what was saved says so.
  await app.action('replace').click();
  await fillClient(app);
  await sandbox.faults({ method: 'PUT', path, fault: 'status', status: 200, body: asked });
  await saveAndTest(app, WORKS);
  await expect(told(page, 'The agent asks for a sign-in of its own')).toBeVisible();
});

test('both kinds of what can be saved keep what was typed in them', async ({ app, page }) => {
  await openAgent(app, page, STREAMHAUS);
  await fillClient(app, { client_secret: CLIENT_SECRET });
  await app.choose('A token, or a username and password');
  await expect(app.action('save')).toHaveText('Save');
  await expect(app.control('client_secret')).toHaveCount(0);
  await app.choose('A client ID and a client secret');
  await expect(app.control('client_secret')).toHaveValue(CLIENT_SECRET);
  await expect(app.action('save-and-test')).toHaveText('Save and test');
});
