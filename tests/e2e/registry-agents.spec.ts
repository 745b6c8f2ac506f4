// The registry's agents: the list, what is saved for each, the organisation that is worked for, and any other agent.
import type { Page } from '@playwright/test';
import {
  ACME, AGENTS, ATELIER, COMMONS, HARBOR, ME, MERIDIAN, NORTHLIGHT, NORTHWIND, QUARRY, STATUS, STREAMHAUS, TIDEWATER,
  access, agentPath, expectOurs, openAgent, openAgents, pageOf, sent, signIn,
} from './support/agents';
import { Count } from './support/connect';
import { REGISTRY_KEY, fingerprint } from './support/sandbox';
import { expect, test } from './support/test';

test.use({ registry: true });

const row = (page: Page, name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });

/** What is said of an agent, as pairs. */
async function facts(page: Page): Promise<Record<string, string>> {
  const part = page.getByRole('region', { name: 'What is saved' });
  await expect(part.getByRole('term').first()).toBeVisible();
  const [terms, values] = await Promise.all([part.getByRole('term').allInnerTexts(), part.getByRole('definition').allInnerTexts()]);
  return Object.fromEntries(terms.map((term, at) => [term.trim(), (values[at] ?? '').trim()]));
}

test('the list says in words what is saved, and asks for one organisation', async ({ app, page, sandbox }) => {
  await openAgents(app, page);
  for (const [name, says] of [
    ['Streamhaus Sales', 'Nothing saved, or not yours'],
    ['Meridian Signals', 'Client credentials'],
    ['Tidewater Buying', 'Token before client credentials'],
    ['Atelier Creative', 'Sign-in at the agent'],
    ['Lakeside Portal', 'Nothing saved, or not yours'],
    ['Quarry Agent', 'Nothing saved, or not yours'],
  ] as const) {
    await expect(row(page, name)).toContainText(says);
  }
  await expect(row(page, 'Meridian Signals')).toContainText(MERIDIAN);
  await expect(row(page, 'Meridian Signals')).toContainText('signals · seen by you alone');
  await expect(row(page, 'Harbor Agent')).toContainText('sales · seen by members');
  await expect(page.getByText('AgenticAdvertising.org (Sandbox) · Acme Brand')).toBeVisible();

  const [me, ...moreOfMe] = await sandbox.registryRequests('GET', ME);
  expect(moreOfMe).toEqual([]);
  expectOurs(me!);
  expect(me).toMatchObject({ query: '', body: null });
  const lists = await sandbox.registryRequests('GET', AGENTS);
  expect(lists.map(({ query }) => query)).toEqual([`org=${ACME}`]);
  const statuses = await sandbox.registryRequests('GET', /\/auth-status$/);
  expect(statuses.map(({ query }) => query)).toEqual(Array(8).fill(`org=${ACME}`));
  statuses.forEach(expectOurs);
  const paths = statuses.map(({ path }) => path.slice(sandbox.registryGateway.length));
  for (const url of [STREAMHAUS, MERIDIAN, HARBOR, QUARRY, COMMONS]) expect(paths).toContain(agentPath(url, STATUS));
});

test('another organisation is chosen: its agents, its name, and every request is for it', async ({ app, page, sandbox }) => {
  await openAgents(app, page);
  const choice = access(page).getByLabel('Organisation');
  await expect(choice).toHaveAttribute('name', 'organization_id');
  await expect(choice).toHaveValue(ACME);
  await sandbox.clearRequests();
  await choice.selectOption({ label: 'Northwind Agency' });
  await expect(page.getByText('2 agents')).toBeVisible();
  await expect(page.getByText('AgenticAdvertising.org (Sandbox) · Northwind Agency')).toBeVisible();
  await expect(row(page, 'Northlight Measurement')).toContainText('Nothing saved');
  await expect(row(page, 'Streamhaus Sales')).toHaveCount(0);
  await app.follow('Northlight Measurement');
  await expect(page.getByRole('heading', { level: 1, name: 'Northlight Measurement' })).toBeFocused();
  await expect(page.getByText(`${NORTHLIGHT} · AgenticAdvertising.org (Sandbox) · Northwind Agency`)).toBeVisible();
  await expect(page.getByText('Nothing saved, or not yours')).toBeVisible();
  const requests = await sandbox.registryRequests();
  expect(requests.length).toBeGreaterThan(3);
  expect(new Set(requests.map(({ query }) => query))).toEqual(new Set([`org=${NORTHWIND}`]));
});

for (const [name, url, expected] of [
  [
    'client credentials',
    MERIDIAN,
    { 'Used now': 'Client credentials', 'Static token': 'Not saved', 'Client credentials': 'Saved', 'Sign-in at the agent': 'Not done' },
  ],
  [
    'a token before client credentials',
    TIDEWATER,
    { 'Used now': 'Static token', 'Static token': 'Saved', 'Client credentials': 'Saved', 'Sign-in at the agent': 'Not done' },
  ],
  [
    'consent',
    ATELIER,
    {
      'Used now': 'Sign-in at the agent', 'Static token': 'Not saved', 'Client credentials': 'Not saved',
      'Sign-in at the agent': 'Done, and valid', 'Valid until': expect.stringMatching(/\d/),
    },
  ],
] as const) {
  test(`all that is told of an agent with ${name}`, async ({ app, page }) => {
    await openAgent(app, page, url);
    const id = { 'Agent context ID': expect.stringMatching(/^[0-9a-f-]{36}$/) };
    expect(await facts(page)).toEqual({ ...expected, ...id });
    const shadowed = page.getByText('The static token is used, not the client credentials');
    await expect(shadowed).toHaveCount(url === TIDEWATER ? 1 : 0);
    await expect(page.getByText('Saved does not mean that it works')).toHaveCount(url === TIDEWATER ? 0 : 1);
    // Something is saved: no form until it is asked for, and no value of what is saved.
    await expect(app.form).toHaveCount(0);
    await app.action('replace').click();
    await expect(app.form).toBeVisible();
    for (const input of await app.form.locator('input:not([type="radio"]), textarea').all()) await expect(input).toHaveValue('');
  });
}

/** Everything that can be told, in shapes that the seed has not. */
const NOTHING = {
  has_auth: false, agent_context_id: null, auth_type: null, has_oauth_token: false, has_valid_oauth: false, oauth_token_expires_at: null,
  has_oauth_client_credentials: false,
};

test('what else can be told: no words are made up for it', async ({ app, page, sandbox }) => {
  await openAgents(app, page);
  const path = agentPath(STREAMHAUS, STATUS);
  for (const [body, expected] of [
    [
      { agent_context_id: 'c-1', has_oauth_token: true, oauth_token_expires_at: '2026-01-02T03:04:05.000Z' },
      {
        'Used now': 'Nothing', 'Sign-in at the agent': 'Done, and no longer valid', 'Valid until': expect.stringContaining('2026'),
        'Agent context ID': 'c-1',
      },
    ],
    [{ has_auth: true, auth_type: 'basic' }, { 'Used now': 'Username and password', 'Static token': 'Saved' }],
    [{ has_auth: true, auth_type: 'something_new' }, { 'Used now': 'something_new' }],
    [{ agent_context_id: 'c-1' }, { 'Used now': 'Nothing', 'Agent context ID': 'c-1' }],
  ] as const) {
    await sandbox.faults({ path, fault: 'status', status: 200, body: { ...NOTHING, ...body }, count: 100 });
    await app.follow('Streamhaus Sales');
    const rest = { 'Static token': 'Not saved', 'Client credentials': 'Not saved', 'Sign-in at the agent': 'Not done' };
    await expect.poll(() => facts(page)).toEqual({ ...rest, ...expected });
    await sandbox.clearFaults();
    await app.follow('Agents');
    await expect(row(page, 'Streamhaus Sales')).toContainText('Nothing saved');
  }
});

test('a link to an agent asks for the organisation from the start, and once', async ({ app, page, sandbox }) => {
  // Both organisations have it: without one of them, nothing is told of it.
  await openAgent(app, page, COMMONS);
  await expect(page.getByText(`${COMMONS} · AgenticAdvertising.org (Sandbox) · Acme Brand`)).toBeVisible();
  await expect(access(page).getByText('Signed in as')).toBeVisible();
  const statuses = await sandbox.registryRequests('GET', /\/auth-status$/);
  expect(new Set(statuses.map(({ query }) => query))).toEqual(new Set([`org=${ACME}`]));
  expect(await sent(sandbox, 'GET', COMMONS, STATUS)).toHaveLength(1);
});

test('nothing saved, or not yours: one state, whoever has the agent', async ({ app, page, sandbox }) => {
  await openAgents(app, page);
  for (const url of [STREAMHAUS, NORTHLIGHT, 'https://nobody.example/mcp']) {
    await page.getByLabel('Agent URL').fill(url);
    await app.action('open-agent').click();
    await expect(page.getByText('Nothing saved, or not yours')).toBeVisible();
    await expect(page.getByText('the same for an agent that has nothing saved and for one that your organisation has not registered')).toBeVisible();
    // The form is open at once; there is nothing to test or to take back.
    await expect(app.action('save-and-test')).toBeVisible();
    for (const action of ['test', 'replace', 'disconnect']) await expect(app.action(action)).toHaveCount(0);
    expect(page.url()).toBe(sandbox.url(pageOf(url)));
    expect((await sent(sandbox, 'GET', url, STATUS)).at(-1)).toMatchObject({ query: `org=${ACME}` });
    await app.follow('Agents');
  }
});

test('an address is checked before anything is asked', async ({ app, page, sandbox }) => {
  await openAgents(app, page);
  const count = new Count(page, sandbox);
  const input = page.getByLabel('Agent URL');
  await expect(input).toHaveAttribute('name', 'agent_url');
  for (const [value, says] of [
    ['', 'Enter the agent URL'],
    ['sales.streamhaus.example', 'with https:// in front'],
    ['ftp://sales.streamhaus.example', 'with https:// in front'],
    ['http://sales.streamhaus.example', 'over http others could read along'],
    ['https://ann:pw@sales.streamhaus.example', 'Enter the agent URL as a whole'],
    ['https://sales.streamhaus.example/#top', 'without the part behind the #'],
    ['https://10.0.0.7/mcp', 'the registry reaches no private network'],
    ['https://192.168.1.1', 'the registry reaches no private network'],
    ['https://169.254.169.254/latest', 'the registry reaches no private network'],
    ['https://[fd00::1]/mcp', 'the registry reaches no private network'],
    ['https://printer.local', 'the registry reaches no private network'],
    ['https://metadata.google.internal', 'the registry reaches no private network'],
    [`https://a.example/${'x'.repeat(2031)}`, 'must be 2048 characters or fewer; it has 2049'],
  ] as const) {
    await input.fill(value);
    await app.action('open-agent').click();
    await expect(input, value).toHaveAccessibleDescription(new RegExp(says.replace(/[/.]/g, '\\$&')));
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(app.errorSummary).toContainText(says);
  }
  expect(page.url()).toBe(sandbox.url('agents'));
  expect(count.unanswered()).toBe(0);
  await input.fill(`  ${MERIDIAN} `);
  await app.action('open-agent').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Meridian Signals' })).toBeVisible();
  expect(page.url()).toBe(sandbox.url(pageOf(MERIDIAN)));
});

for (const [url, name] of [[QUARRY, 'Quarry Agent'], [HARBOR, 'Harbor Agent']] as const) {
  test(`the address of an agent reaches the server as it is: ${url}`, async ({ app, page, sandbox }) => {
    await openAgents(app, page);
    await app.follow(name);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByText('Nothing saved, or not yours')).toBeVisible();
    expect(page.url()).toBe(sandbox.url(pageOf(url)));
    const [status] = (await sent(sandbox, 'GET', url, STATUS)).slice(-1);
    // The server decodes it twice.
    const segment = status!.path.split('/').at(-2)!;
    expect(decodeURIComponent(decodeURIComponent(segment))).toBe(url);
    // A link to it works, too.
    await page.reload();
    await signIn(app, page);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });
}

test('no agents, and no organisation', async ({ app, page, sandbox }) => {
  await sandbox.reset('empty');
  await app.open('agents');
  await signIn(app, page);
  await expect(page.getByRole('heading', { name: 'No agents yet' })).toBeVisible();
  await expect(page.getByRole('link', { name: /How to register an agent/ })).toHaveAttribute('href', /^https:\/\/docs\.adcontextprotocol\.org\//);
  await sandbox.faults({ path: ME, fault: 'status', status: 200, body: { user: { id: 'u', email: 'buyer@acmebrand.example' }, organizations: [] } });
  await app.action('sign-out').click();
  await signIn(app, page);
  await expect(page.getByText('You belong to no organisation of the registry yet')).toBeVisible();
});

test('one organisation is named and not chosen', async ({ app, page, sandbox }) => {
  const organizations = [{ id: ACME, name: 'Acme Brand', role: 'admin', status: 'active', is_personal: false }];
  await sandbox.faults({ path: ME, fault: 'status', status: 200, body: { user: { id: 'u', email: 'buyer@acmebrand.example' }, organizations } });
  await openAgents(app, page);
  await expect(access(page).getByRole('definition').filter({ hasText: 'Acme Brand' })).toBeVisible();
  await expect(page.locator('[name="organization_id"]')).toHaveCount(0);
  expect((await sandbox.registryRequests('GET', AGENTS))[0]).toMatchObject({ query: `org=${ACME}` });
});

test('an organisation’s key is tried, kept, and its caution stands where it matters', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(400, 401);
  await sandbox.registry({ me_for_keys: true });
  await app.open('agents');
  await page.getByText('Use an organisation key instead').click();
  const caution = 'The registry may refuse to save or test with it';
  await expect(app.tokenForm).toContainText(caution);
  await app.tokenForm.locator('[name="accessToken"]').fill('sk_nobody');
  await app.action('use-key').click();
  await expect(app.tokenForm.locator('[name="accessToken"]')).toHaveAccessibleDescription(/does not know this key/);
  await app.giveToken(REGISTRY_KEY);
  await expect(access(page)).toContainText('Organisation key, kept in memory only');
  await expect(access(page)).toContainText(caution);
  const requests = await sandbox.registryRequests('GET', ME);
  expect(requests.map(({ headers }) => headers['authorization'])).toEqual(
    ['sk_nobody', REGISTRY_KEY, REGISTRY_KEY].map((key) => ({ scheme: 'Bearer', ...fingerprint(key) })),
  );
  await sandbox.registry({ consent: 'approve' });
  await access(page).getByRole('button', { name: 'Sign in instead' }).click();
  await expect(access(page).getByText('buyer@acmebrand.example')).toBeVisible();
  await expect(page.getByText('8 agents')).toBeVisible();
});
