// What a person has at hand, pasted with the keys of the clipboard, and what is sent of it where it belongs.
import { generateKeyPairSync } from 'node:crypto';
import type { Page } from '@playwright/test';
import { DEMO_SECRET, SAVE, STREAMHAUS, openAgentForm, sent, tokenEndpoint, told } from './support/agents';
import type { App } from './support/app';
import { IDENTIFIER, KEY, PASSWORD, expectConnected, fixture, logged, openForm, pem } from './support/connect';
import { PLACES, Paste, expect, test } from './support/paste';
import { REGISTRY_KEY, fingerprint } from './support/sandbox';
import { DESTINATIONS, INVENTORY } from './support/switches';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const DIRECT = 'Your account name or number at Premium CTV — Direct';

/** The form of a source, and its control. */
async function openSource(app: App, page: Page, storefront = 42, source = 'src_main'): Promise<Paste> {
  await openForm(app, { storefront, source });
  return new Paste(page, app.form);
}

const BEARER = { type: 'bearer', token: KEY };
for (const [what, text, fields] of [
  ['in the API’s own writing', { accountIdentifier: IDENTIFIER, auth: BEARER }, [DIRECT, 'Key or token', 'Send it as']],
  ['with underscores', { account_identifier: IDENTIFIER, auth: BEARER }, [DIRECT, 'Key or token', 'Send it as']],
  ['without its object', { accountIdentifier: IDENTIFIER, ...BEARER }, [DIRECT, 'Key or token', 'Send it as']],
] as const) {
  test(`a body of a key, ${what}`, async ({ app, page, sandbox }) => {
    const paste = await openSource(app, page);
    await paste.paste(JSON.stringify(text, null, 2));
    await paste.expectFilled('the data of a request', [...fields]);
    await app.submit();
    await expectConnected(app);
    const posts = await sandbox.requests('POST');
    expect(posts.map(({ body }) => body)).toEqual([logged(fixture('register-bearer').body, IDENTIFIER, { token: KEY })]);
  });
}

test('the `type` of a body chooses the row', async ({ app, page, sandbox }) => {
  const paste = await openSource(app, page, 42, 'src_partner');
  await expect(app.form).toHaveAttribute('data-auth', 'api_key');
  await paste.paste(JSON.stringify({ account_identifier: IDENTIFIER, auth: { type: 'basic', username: 'ann', password: PASSWORD } }));
  await expect(app.form.getByRole('radio', { name: 'Username and password' })).toBeChecked();
  await paste.expectValues({ accountIdentifier: IDENTIFIER, username: 'ann', password: PASSWORD });
  await app.submit();
  await expectConnected(app);
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ body }) => body)).toEqual([logged(fixture('register-basic').body, IDENTIFIER, { username: 'ann', password: PASSWORD })]);
});

test('a command that calls the source, with a username and a password', async ({ app, page, sandbox }) => {
  const paste = await openSource(app, page, 42, 'src_partner');
  await paste.paste("$ curl -s 'https://ads.example/v1/orders' \\\n  -u 'ann:pa:ss' \\\n  -H 'Accept: application/json' | jq .\n");
  await paste.expectFilled('a curl command', ['Username at Premium CTV — Partner feed', 'Password at Premium CTV — Partner feed']);
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body.auth).toEqual({ type: 'basic', username: 'ann', password: fingerprint('pa:ss') });
});

const GOOGLE = {
  type: 'service_account',
  project_id: 'acme-1',
  private_key_id: '0123456789abcdef0123456789abcdef01234567',
  private_key: rsa,
  client_email: 'robot@acme-1.iam.gserviceaccount.com',
  client_id: '104857600000000000000',
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  universe_domain: 'googleapis.com',
};

test('the key file of a Google service account; what it lacks is asked for as always', async ({ app, page, sandbox }) => {
  const paste = await openSource(app, page, 48, 'src_jwt');
  await expect(app.form).toHaveAttribute('data-auth', 'api_key');
  await paste.paste(JSON.stringify(GOOGLE, null, 2));
  await paste.expectFilled(
    'a key file of a Google service account',
    ['Private key', 'Issuer', 'Subject', 'Key ID', 'Token endpoint URL', 'Audience URL', 'Algorithm'],
    ['type', 'project_id', 'client_id', 'auth_uri', 'universe_domain'],
  );
  await expect(app.form.getByRole('radio', { name: 'A private key (JWT)' })).toBeChecked();
  await expect(app.form.getByText('Algorithm: RS256, for an RSA key')).toBeVisible();
  await expect(app.control('privateKey')).toHaveAccessibleDescription(/This is an RSA key of 2048 bits\./);
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveText(['Enter your account name or number at Atelier Premium', 'Enter the scope']);
  expect(await sandbox.requests('POST')).toEqual([]);
  await app.control('accountIdentifier').fill(IDENTIFIER);
  await app.control('scope').fill('ads.read');
  await app.submit();
  await expectConnected(app);
  const [post] = await sandbox.requests('POST');
  expect(post?.body).toEqual({
    accountIdentifier: IDENTIFIER,
    auth: {
      type: 'jwt',
      privateKey: fingerprint(rsa),
      issuer: GOOGLE.client_email,
      subject: GOOGLE.client_email,
      keyId: GOOGLE.private_key_id,
      scope: 'ads.read',
      tokenEndpointUrl: GOOGLE.token_uri,
      audienceUrl: GOOGLE.token_uri,
      algorithm: 'RS256',
    },
  });
});

test('a private key in PEM form, to which the rest is typed', async ({ app, page, sandbox }) => {
  const paste = await openSource(app, page, 48, 'src_jwt');
  await paste.paste(pem('p256').replaceAll('\n', '\r\n'));
  await paste.expectFilled('a private key', ['Private key']);
  await expect(app.form.getByText('Algorithm: ES256, for an EC P-256 key')).toBeVisible();
  const rest = { issuer: 'i', subject: 's', keyId: 'k', scope: 'r', tokenEndpointUrl: 'https://a.example/t', audienceUrl: 'urn:a' };
  for (const [name, value] of Object.entries({ accountIdentifier: IDENTIFIER, ...rest })) await app.control(name).fill(value);
  await app.submit();
  await expectConnected(app);
  const auth = { type: 'jwt', privateKey: fingerprint(pem('p256')), ...rest, algorithm: 'ES256' };
  expect((await sandbox.requests('POST'))[0]?.body).toEqual({ accountIdentifier: IDENTIFIER, auth });
});

test('a call to Interchange signs in with the token that it carries', async ({ app, at, page, sandbox }) => {
  const paste = await at(PLACES.interchange);
  await paste.paste("curl https://api.interchange.io/api/v2/buyer/storefronts \\\n  -H 'Authorization: Bearer scope3_demo_buyer'");
  await paste.expectFilled('a curl command', ['Interchange access token']);
  expect(await sandbox.requests('GET', /./)).toEqual([]);
  await app.tokenForm.locator('button[type="submit"]').click();
  await expect(page.getByText('8 storefronts')).toBeVisible();
  for (const { headers } of await sandbox.requests('GET', /./)) {
    expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint('scope3_demo_buyer') });
  }
});

/** The first step as the documents have it, for the demo's own client. */
const CLIENT = `grant_type=client_credentials&client_id=${INVENTORY.clientId.replace('@', '%40')}&client_secret=${INVENTORY.clientSecret}&scope=openid`;
const STEP_ONE = `curl -X POST https://auth.dev.retailmedia.verve.com/oauth/v2/token \\
  -H 'Content-Type: application/x-www-form-urlencoded' \\
  -H 'Accept: application/json' \\
  -d '${CLIENT}'`;
const STEP_TWO = `curl -X POST https://api.dev.retailmedia.verve.com/v1alpha/inventory/devices \\
  -H 'Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6' \\
  -H 'X-Verve-Namespace: project:${INVENTORY.project}' \\
  -H 'Content-Type: application/json' \\
  -d '{}'`;
/** As they stand there: not as commands. */
const AS_HTTP = `POST /oauth/v2/token HTTP/1.1
Host: auth.dev.retailmedia.verve.com
Content-Type: application/x-www-form-urlencoded
Accept: application/json

${CLIENT}`;
const STEP_TWO_AS_HTTP = `POST /v1alpha/inventory/devices HTTP/1.1
Host: api.dev.retailmedia.verve.com
Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6
X-Verve-Namespace: project:${INVENTORY.project}
Content-Type: application/json

{}`;
const FIRST = ['Client ID', 'Client secret'];

for (const [what, from, one, over] of [
  ['commands', 'a curl command', STEP_ONE, ['scope', 'token_endpoint']],
  ['a body and a command', 'the data of a request', CLIENT, ['scope']],
] as const) {
  test(`both steps of the inventory’s documents, as ${what}`, async ({ app, at, sandbox }) => {
    const paste = await at(PLACES.inventory);
    await paste.paste(one);
    await paste.expectFilled(from, FIRST, [...over]);
    await paste.expectValues({ client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret });
    await paste.paste(STEP_TWO);
    await paste.expectFilled('a curl command', ['Project ID'], ['Authorization']);
    // The second text leaves what the first one filled.
    await paste.expectValues({ client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project });
    await app.submit();
    await expect(app.page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
    const [token] = await sandbox.serviceRequests('POST', 'inventory-auth/oauth/v2/token');
    expect(token?.raw).toBe(CLIENT.replace(INVENTORY.clientSecret, '***'));
    const [devices] = await sandbox.serviceRequests('POST', 'inventory/v1alpha/inventory/devices');
    expect(devices?.headers['x-verve-namespace']).toBe(`project:${INVENTORY.project}`);
    expect(devices?.body).toEqual({});
  });
}

test('both steps of the inventory’s documents, as they stand there', async ({ at }) => {
  const paste = await at(PLACES.inventory);
  await paste.paste(AS_HTTP);
  await paste.expectFilled('a request', FIRST, ['scope', 'token_endpoint']);
  await paste.expectValues({ client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret });
  await paste.paste(STEP_TWO_AS_HTTP);
  await paste.expectFilled('a request', ['Project ID'], ['Authorization']);
  await paste.expectValues({ client_id: INVENTORY.clientId, project_id: INVENTORY.project });
});

for (const [what, text] of [
  ['a curl command', `curl https://api.interchange.io/api/v2/buyer -H 'Authorization: Bearer scope3_${KEY}' -d '{"accountIdentifier": "acme"}'`],
  ['a request', `POST /api/v2/buyer HTTP/1.1\nHost: api.interchange.io\nAuthorization: Bearer scope3_${KEY}\n\n{"accountIdentifier": "acme"}`],
] as const) {
  test(`what signs the call itself is no credential of the source: ${what}`, async ({ app, page }) => {
    const paste = await openSource(app, page);
    await paste.paste(text);
    await paste.expectFilled(what, [DIRECT], ['Authorization']);
    await paste.expectValues({ accountIdentifier: 'acme', token: '' });
  });
}

/** What an agent's client is saved with, whichever text it came from. */
const saved = (endpoint: string, more: Record<string, unknown> = {}): unknown => ({
  token_endpoint: endpoint,
  client_id: 'demo-client',
  client_secret: fingerprint(DEMO_SECRET),
  organization_id: 'org_acme',
  ...more,
});

for (const [what, from, text, fields, over, more] of [
  [
    'variables', 'a list of names and values',
    (endpoint: string) =>
      `# Acme\nexport ACME_TOKEN_URL=${endpoint}\nACME_CLIENT_ID='demo-client'\nACME_CLIENT_SECRET="${DEMO_SECRET}" # ours\n` +
      'ACME_SCOPE="ads.read ads.write"\nDATABASE_URL=postgres://u@h/d\n',
    ['Token endpoint', 'Client ID', 'Client secret', 'Scope'], ['DATABASE_URL'], { scope: 'ads.read ads.write' },
  ],
  [
    'a command for a token', 'a curl command',
    (endpoint: string) =>
      `curl --request POST --url ${endpoint} --user demo-client:${DEMO_SECRET} \\\n` +
      "  --data grant_type=client_credentials --data-urlencode 'scope=ads.read'",
    ['Token endpoint', 'Client ID', 'Client secret', 'Scope'], [], { scope: 'ads.read' },
  ],
  [
    'the registry’s own body', 'the data of a request',
    (endpoint: string) => {
      const client = { token_endpoint: endpoint, client_id: 'demo-client', client_secret: DEMO_SECRET, auth_method: 'body' };
      return JSON.stringify({ ...client, resource: ['urn:a', 'urn:b'], audience: 'sales' });
    },
    ['Token endpoint', 'Client ID', 'Client secret', 'Resource', 'Audience', 'Client authentication'], [],
    { auth_method: 'body', resource: ['urn:a', 'urn:b'], audience: 'sales' },
  ],
] as const) {
  test(`a client of an agent, from ${what}`, async ({ app, page, sandbox }) => {
    await openAgentForm(app, page);
    const paste = new Paste(page, app.form);
    await paste.paste(text(tokenEndpoint(sandbox)));
    await paste.expectFilled(from, [...fields], [...over]);
    await app.action('save-and-test').click();
    await expect(told(page, 'The credentials work').or(told(page, 'Saved')).first()).toBeVisible();
    const puts = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
    expect(puts.map(({ body }) => body)).toEqual([saved(tokenEndpoint(sandbox), more)]);
  });
}

test('a call to an agent chooses the row of its token, and how it is sent', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  const paste = new Paste(page, app.form);
  for (const [text, type, token] of [
    [`curl ${STREAMHAUS}/mcp -H 'Authorization: Bearer ${KEY}'`, 'Bearer token', KEY],
    [`curl ${STREAMHAUS}/mcp -u ann:p-1`, 'Username and password (basic)', 'ann:p-1'],
  ] as const) {
    await paste.paste(text);
    await paste.expectFilled('a curl command', ['Token', 'Send it as']);
    await expect(app.form.getByRole('radio', { name: type })).toBeChecked();
    await paste.expectValues({ auth_token: token });
  }
  await app.action('save').click();
  await expect.poll(async () => (await sent(sandbox, 'PUT', STREAMHAUS, 'connect')).map(({ body }) => body)).toEqual([
    { auth_token: fingerprint('ann:p-1'), auth_type: 'basic', organization_id: 'org_acme' },
  ]);
});

test('an organisation’s key and the address of an agent', async ({ app, at, page, sandbox }) => {
  await sandbox.registry({ me_for_keys: true });
  const paste = await at(PLACES.key);
  await paste.paste(`curl https://registry.example/api/me -H "Authorization: Bearer ${REGISTRY_KEY}"`);
  await paste.expectFilled('a curl command', ['Registry organisation key']);
  await app.action('use-key').click();
  const form = page.locator('form').filter({ has: page.locator('[name="agent_url"]') });
  await expect(form).toBeVisible();
  expect((await sandbox.registryRequests('GET', 'api/me'))[0]?.headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint(REGISTRY_KEY) });
  const address = new Paste(page, form);
  await address.paste(JSON.stringify({ agent_url: STREAMHAUS }));
  await address.expectFilled('the data of a request', ['Agent URL']);
  await form.locator('button[type="submit"]').click();
  await expect(page).toHaveURL(sandbox.url(`agents/${encodeURIComponent(STREAMHAUS)}`));
});

test('a look at Adobe’s list signs in with what it carries', async ({ app, at, page, sandbox }) => {
  const paste = await at(PLACES.adobe);
  await expect(paste.form.getByRole('radio', { name: 'Client ID and client secret' })).toBeChecked();
  await paste.paste(`curl -X GET https://platform.adobe.io/data/core/activation/authoring/credentials \\
 -H 'Authorization: Bearer ${DESTINATIONS.token}' \\
 -H 'x-gw-ims-org-id: ${DESTINATIONS.organization}' \\
 -H 'x-api-key: ${DESTINATIONS.clientId}' \\
 -H 'x-sandbox-name: ${DESTINATIONS.sandbox}' \\
`);
  await paste.expectFilled('a curl command', ['Organisation ID', 'API key (client ID)', 'Adobe access token', 'Sandbox name']);
  await expect(paste.form.getByRole('radio', { name: 'An access token' })).toBeChecked();
  expect(await sandbox.serviceRequests()).toEqual([]);
  await app.action('use-access').click();
  await expect(page.getByText('9 credentials')).toBeVisible();
  const [list] = await sandbox.serviceRequests('GET', /^destinations\/credentials/);
  expect(list?.headers).toMatchObject({
    'authorization': { scheme: 'Bearer', ...fingerprint(DESTINATIONS.token) },
    'x-gw-ims-org-id': DESTINATIONS.organization,
    'x-api-key': DESTINATIONS.clientId,
    'x-sandbox-name': DESTINATIONS.sandbox,
  });
});
