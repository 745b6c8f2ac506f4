// Every row of the catalog: how its form is reached, what is refused there in which words, and what it sends.
import { expect, type Page } from '@playwright/test';
import { pageOf, signIn } from './agents';
import type { App } from './app';
import { answerOf, choose, documented, type Way } from './catalog';
import { openForm, pem } from './connect';
import { bearer, deviceRequests, rawToken } from './inventory';
import { REGISTRY_KEY, type Logged, type Sandbox } from './sandbox';
import { DESTINATIONS, INVENTORY } from './switches';

/** A character that nobody sees. */
const BELL = '\u0007';
const spaceAfter = (at: string): string => `There is a space after the ${at} character, as happens when copying from a PDF`;
const unseen = (noun: string): readonly [string, string] => [`a${BELL}`, `${noun} has a character that cannot be seen. Type it instead of pasting`];
const plainHttp = (noun: string): readonly [string, string] =>
  ['http://login.example/token', `Enter ${noun} with https:// in front; over http others could read along`];
const tooLong = (noun: string, most: number): readonly [string, string] =>
  ['x'.repeat(most + 1), `${noun} must be ${most} characters or fewer; it has ${most + 1}`];
const nothing = (noun: string): readonly [string, string] => ['', `Enter ${noun}`];
const notToken = (value: string, noun: string): readonly [string, string] =>
  [value, `Copy ${noun} again; it has a letter or sign that tokens do not have`];

// The storefront

const ACCOUNT = 'our account name or number at Premium CTV — Direct';
const storefront = (id: string, fixture: string, more: Partial<Way> = {}): Way => ({
  service: 'storefront', id, fixture: `storefront/${fixture}`, below: 'storefront', press: 'connect',
  open: async (app, page) => {
    await openForm(app);
    await choose(page, 'storefront', id);
  },
  ...more,
  missing: [`Enter y${ACCOUNT}`, ...(more.missing ?? [])],
  wrong: { accountIdentifier: tooLong(`Y${ACCOUNT}`, 255), ...more.wrong },
});

const STOREFRONT: Way[] = [
  storefront('api_key', 'register-api-key', { missing: ['Enter the key or token'], wrong: { token: ['abc def', spaceAfter('3rd')] } }),
  storefront('api_key', 'register-bearer', {
    way: 'bearer', missing: ['Enter the key or token'],
    wrong: {
      accountIdentifier: unseen(`Y${ACCOUNT}`),
      token: ['“abc”', 'There is a curly quotation mark at the start, as word processors put in, and one more like it further on'],
    },
  }),
  storefront('basic', 'register-basic', {
    missing: ['Enter the username', 'Enter the password'], fixed: ['type'],
    wrong: { username: ['ann:o', 'Enter the username without a colon; it cannot be sent with one'], password: nothing('the password') },
  }),
  storefront('jwt', 'register-jwt', {
    missing: ['private key', 'issuer', 'subject', 'key ID', 'scope', 'token endpoint URL', 'audience URL'].map((noun) => `Enter the ${noun}`),
    wrong: {
      privateKey: [pem('certificate'), 'This is a certificate. Paste the private key that belongs to it'],
      issuer: unseen('The issuer'),
      subject: nothing('the subject'),
      keyId: [' ', 'Enter the key ID'],
      scope: unseen('The scope'),
      tokenEndpointUrl: plainHttp('the token endpoint URL'),
      audienceUrl: ['nowhere', 'Enter the audience URL as a whole, such as https://api.example'],
      environment: unseen('The environment'),
    },
    fixed: ['type'],
    // Where the documents have dots, they leave it open.
    instead: { privateKey: pem('p256'), tokenEndpointUrl: 'https://id.example/token', audienceUrl: 'https://id.example' },
  }),
  storefront('oauth', 'register-oauth'),
  storefront('none', 'register-none', { wrong: { accountIdentifier: ['\t ', `Enter y${ACCOUNT}`] } }),
];

// The registry

const answered = (sandbox: Sandbox, path: string, name: string): Promise<void> => {
  const { status, body } = answerOf(`registry/${name}`);
  return sandbox.faults({ method: 'GET', path, fault: 'status', status, body, count: 100 });
};

/** Whoever signs in is the one that the documents speak of. */
async function asDocumented(sandbox: Sandbox): Promise<void> {
  await answered(sandbox, 'api/me', 'me');
  await answered(sandbox, 'api/me/agents', 'agents');
  await answered(sandbox, '*/auth-status', 'status-nothing');
}

/** The form for the agent that the documents speak of. */
const agent = (id: string) => async (app: App, page: Page): Promise<void> => {
  await asDocumented(app.sandbox);
  await app.open(pageOf('https://sales.example/mcp'));
  await signIn(app, page);
  await expect(app.action('consent')).toBeVisible();
  await choose(page, 'registry', id);
};
const registry = (id: string, fixture: string, more: Pick<Way, 'missing' | 'wrong' | 'press'> & Partial<Way>): Way => ({
  service: 'registry', id, fixture: `registry/${fixture}`, below: 'registry', open: agent(id), fixed: ['organization_id'],
  also: { organization_id: 'org_01' }, ...more,
});
const CLIENT_MISSING = ['Enter the token endpoint', 'Enter the client ID', 'Enter the client secret'];
const REFERENCE = 'A reference must look like $ENV:ADCP_OAUTH_NAME, in capital letters, digits and underscores, for a variable on the registry’s own server';

const REGISTRY: Way[] = [
  registry('oauth_client_credentials', 'save', {
    press: 'save-and-test',
    missing: CLIENT_MISSING,
    wrong: {
      token_endpoint: ['https://10.0.0.1/token', 'Enter the token endpoint on the open internet; the registry reaches no private network'],
      client_id: ['$ENV:HOME', REFERENCE],
      client_secret: ['a b', spaceAfter('1st')],
      scope: tooLong('The scope', 1024),
      resource: ['a b c d e f g h i', 'Enter 8 or fewer; there are 9'],
      audience: tooLong('The audience', 2048),
    },
  }),
  registry('oauth_client_credentials', 'save-least', {
    way: 'least', press: 'save-and-test', missing: CLIENT_MISSING,
    wrong: {
      token_endpoint: ['https://auth.example/#here', 'Enter the token endpoint without the part behind the #'],
      client_id: unseen('The client ID'),
      client_secret: ['$ENV:HOME', REFERENCE],
    },
  }),
  registry('static', 'connect-bearer', {
    press: 'save', missing: ['Enter the token'],
    wrong: { auth_token: ['a\u00adb', 'There is an invisible hyphen after the 1st character, as happens when copying from a PDF'] },
  }),
  registry('static', 'connect-basic', {
    way: 'basic', press: 'save', missing: ['Enter the token'],
    wrong: { auth_type: ['basic', ''], auth_token: ['ann', 'Enter a username, a colon and the password, or the base64 of that'] },
  }),
  {
    service: 'registry', id: 'access', fixture: 'registry/me', below: 'registry', press: 'use-key',
    open: async (app, page) => {
      await app.open('agents');
      await page.getByText('Use an organisation key instead').click();
    },
    missing: ['Enter your registry organisation key'],
    wrong: { accessToken: notToken('sk_ä', 'your registry organisation key') },
    instead: { accessToken: REGISTRY_KEY },
    elsewhere: ({ headers }, { accessToken = '' }) => expect(headers['authorization']).toEqual(bearer(accessToken)),
  },
  {
    service: 'registry', id: 'agent', fixture: 'registry/status', below: 'registry', press: 'open-agent',
    open: async (app, page) => {
      await asDocumented(app.sandbox);
      // The list is another one, so that nothing is known about this agent yet.
      await app.open('agents');
      await signIn(app, page);
    },
    missing: ['Enter the agent URL'],
    wrong: { agent_url: ['https://10.0.0.1/mcp', 'Enter the agent URL on the open internet; the registry reaches no private network'] },
    instead: { agent_url: 'https://sales.example/mcp' },
  },
];

// Destinations

/** Our own access to Adobe, as it goes along with every call. */
const WHOSE = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, sandboxName: DESTINATIONS.sandbox };
const HEADERS = { 'x-gw-ims-org-id': WHOSE.imsOrgId, 'x-sandbox-name': WHOSE.sandboxName, 'x-api-key': WHOSE.apiKey };
const ORGANISATION = ['acme', 'The organisation ID ends in @AdobeOrg, with letters and digits in front. Copy it from the Developer Console'] as const;
const API_KEY = ['a b', 'Copy it again; it has a space or another sign that it cannot have'] as const;
const SANDBOX = ['Prod', 'The sandbox name has small letters, digits and hyphens only, and begins with a letter, such as prod'] as const;

const openAccess = (id: string) => async (app: App, page: Page): Promise<void> => {
  await app.open('destinations');
  await choose(page, 'destinations', id);
};
const openNew = (id: string) => async (app: App, page: Page): Promise<void> => {
  await app.open('destinations/new');
  await choose(page, 'destinations', 'adobe_token');
  for (const [name, value] of Object.entries({ ...WHOSE, accessToken: DESTINATIONS.token })) await page.locator(`[name="${name}"]`).fill(value);
  await app.action('use-access').click();
  await choose(page, 'destinations', id);
};
const destination = (id: string, fixture: string, nouns: string[], more: Partial<Way>): Way => ({
  service: 'destinations', id, fixture: `destinations/create-${fixture}`, below: 'destinations', press: 'create', open: openNew(id), fixed: ['type'],
  headers: HEADERS,
  ...more,
  missing: ['a name for the credential', ...nouns].map((noun) => `Enter ${noun}`),
  wrong: { name: unseen('A name for the credential'), ...more.wrong },
});

const PLATFORM_SECRET = 'the client secret of your platform';
const USER = 'the username at your platform';
const PASSWORD = 'the password at your platform';
const SERVER = 'the URL of the authorization server';
const HEADER = { header: unseen('The authorization header') };
const CLIENT = { url: plainHttp(SERVER), clientId: unseen('The client ID'), clientSecret: ['a b', spaceAfter('1st')] as const };

const DESTINATION: Way[] = [
  destination('basic', 'basic', [USER, PASSWORD], {
    wrong: { username: unseen('The username at your platform'), password: nothing(PASSWORD), url: plainHttp('the URL') },
  }),
  destination('s3', 's3', ['the access key ID', 'the secret access key'], {
    wrong: { accessId: unseen('The access key ID'), secretKey: ['a b', spaceAfter('1st')] },
  }),
  destination('ssh', 'ssh', ['the SSH username', 'the SSH private key'], {
    wrong: { username: unseen('The SSH username'), sshKey: [pem('public'), 'This is a public key. Paste the private key that belongs to it; its file has the same name without .pub'] },
    // The documents only say where it stands.
    instead: { sshKey: pem('openssh') },
  }),
  destination('azure_service_principal', 'azure', ['the storage URL', 'the tenant', 'the service principal ID', 'the service principal key'], {
    wrong: {
      url: plainHttp('the storage URL'), tenant: unseen('The tenant'), servicePrincipalId: nothing('the service principal ID'),
      servicePrincipalKey: ['ab c', spaceAfter('2nd')],
    },
  }),
  destination('azure_connection_string', 'azure-connection-string', ['the connection string'], {
    wrong: {
      connectionString: [
        'AccountName=acme;EndpointSuffix=storage.azure.example',
        'The connection string has no AccountKey and no SharedAccessSignature. Copy it whole from “Access keys”',
      ],
    },
    // The documents have no key that is one.
    instead: { connectionString: `AccountName=acme;AccountKey=${Buffer.alloc(64, 7).toString('base64')};EndpointSuffix=storage.azure.example` },
  }),
  destination('oauth1', 'oauth1', ['the API key of your platform', 'the API secret of your platform', 'the access token', 'the token secret'], {
    wrong: {
      apiKey: ['a b', spaceAfter('1st')], apiSecret: ['ab c', spaceAfter('2nd')], accessToken: ['abc d', spaceAfter('3rd')],
      tokenSecret: nothing('the token secret'),
    },
    instead: { apiSecret: 's3cret-api', accessToken: 's3cret-access', tokenSecret: 's3cret-token' },
  }),
  destination('oauth2_user_credential', 'oauth2-user', [SERVER, 'the client ID', PLATFORM_SECRET, USER, PASSWORD], {
    wrong: { ...CLIENT, username: unseen('The username at your platform'), password: nothing(PASSWORD), ...HEADER },
    instead: { clientSecret: 's3cret-client' },
  }),
  destination('oauth2_client_credential', 'oauth2-client', [SERVER, 'the client ID', PLATFORM_SECRET], {
    wrong: { ...CLIENT, developerToken: ['ab c', spaceAfter('2nd')], ...HEADER },
    instead: { clientSecret: 's3cret-client', developerToken: 's3cret-developer' },
  }),
  destination('oauth2_access_token', 'oauth2-access-token', ['the access token'], {
    wrong: {
      accessToken: ['a b', spaceAfter('1st')], expiration: unseen('The expiration'), username: unseen('The username at your platform'),
      userId: unseen('The user ID at your platform'), url: plainHttp(SERVER), ...HEADER,
    },
    instead: { accessToken: 's3cret-access' },
  }),
  destination('oauth2_refresh_token', 'oauth2-refresh-token', [SERVER, 'the client ID', PLATFORM_SECRET, 'the refresh token'], {
    wrong: { ...CLIENT, refreshToken: ['ab c', spaceAfter('2nd')], expiration: unseen('The expiration'), ...HEADER },
    instead: { clientSecret: 's3cret-client', refreshToken: 's3cret-refresh' },
  }),
];

/** What Adobe wants of whoever asks; the last of the nouns is that of the way's own secret. */
const WHOSE_MISSING = ['Enter the organisation ID', 'Enter the API key'];

const ADOBE: Way[] = [
  {
    service: 'destinations', id: 'adobe_client', fixture: 'destinations/ims-token', below: 'ims', press: 'use-access', open: openAccess('adobe_client'),
    missing: [...WHOSE_MISSING, 'Enter the Adobe Developer Console client secret', 'Enter the sandbox name'],
    wrong: { imsOrgId: ORGANISATION, apiKey: API_KEY, clientSecret: ['a b', spaceAfter('1st')], sandboxName: SANDBOX },
    instead: { ...WHOSE, clientSecret: DESTINATIONS.clientSecret },
    raw: ({ apiKey = '' }) => {
      const body = String(documented('destinations/ims-token').body);
      return body.replace(/client_id=\w+/, `client_id=${apiKey}`).replace('s3cret-client', '***');
    },
    elsewhere: async (_sent, _typed, sandbox) => {
      const lists = (): Promise<Logged[]> => sandbox.serviceRequests('GET', 'destinations/credentials');
      await expect.poll(async () => (await lists()).length).toBeGreaterThan(0);
      for (const list of await lists()) expect(list.headers).toMatchObject(HEADERS);
    },
  },
  {
    service: 'destinations', id: 'adobe_token', fixture: 'destinations/list', below: 'destinations', press: 'use-access', open: openAccess('adobe_token'),
    missing: [...WHOSE_MISSING, 'Enter your Adobe access token', 'Enter the sandbox name'],
    wrong: { imsOrgId: ORGANISATION, apiKey: API_KEY, accessToken: notToken('abcé', 'your Adobe access token'), sandboxName: SANDBOX },
    instead: { ...WHOSE, accessToken: DESTINATIONS.token },
    headers: HEADERS,
    elsewhere: (sent) => {
      expect(sent.headers['authorization']).toEqual(bearer(DESTINATIONS.token));
    },
  },
  {
    service: 'destinations', id: 'adobe_headers', fixture: 'destinations/list', below: 'destinations', press: 'use-access',
    config: { destinations: { access: 'gateway', label: 'Portal' } },
    open: async (app, page) => {
      await app.sandbox.session(page.context(), 'scope3_demo_buyer');
      await app.open('destinations');
    },
    missing: ['Enter the organisation ID', 'Enter the sandbox name'],
    wrong: { imsOrgId: ORGANISATION, sandboxName: SANDBOX, apiKey: API_KEY },
    instead: WHOSE,
    headers: HEADERS,
    elsewhere: (sent) => {
      expect(sent.headers['x-credenza']).toBe('1');
      expect(sent.headers).not.toHaveProperty('authorization');
    },
  },
];

const OTHERS: Way[] = [
  {
    service: 'inventory', id: 'client_credentials', fixture: 'inventory/token', below: 'inventory-auth', press: 'connect',
    open: (app) => app.open('inventory'),
    missing: ['Enter the client ID', 'Enter the client secret', 'Enter the project ID'],
    wrong: { client_id: unseen('The client ID'), client_secret: ['a b', spaceAfter('1st')], project_id: API_KEY },
    instead: { client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project },
    raw: ({ client_id = '' }) => rawToken(client_id),
    elsewhere: async (_sent, { project_id }, sandbox) => {
      await expect.poll(async () => (await deviceRequests(sandbox)).length).toBe(1);
      const [list] = await deviceRequests(sandbox);
      expect(list?.body).toEqual(documented('inventory/devices').body);
      expect(list?.headers['x-verve-namespace']).toBe(`project:${project_id}`);
    },
  },
  {
    service: 'storefront', id: 'access', fixture: 'storefront/account-admin', below: 'storefront', press: 'use-token',
    open: (app) => app.open('storefronts/49'),
    missing: ['Enter your Interchange access token'],
    wrong: { accessToken: notToken('scope3_ä', 'your Interchange access token') },
    instead: { accessToken: 'scope3_demo_admin' },
    elsewhere: ({ headers }, { accessToken = '' }) => expect(headers['authorization']).toEqual(bearer(accessToken)),
  },
];

export const WAYS: Way[] = [...STOREFRONT, ...REGISTRY, ...DESTINATION, ...ADOBE, ...OTHERS];
