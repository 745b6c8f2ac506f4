// What a person has at hand for a credential of a destination, pasted, and what Adobe is sent of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pem } from './support/connect';
import { CLIENT, PLACES, Paste, expect, openDestinations, test } from './support/paste';
import { fingerprint, type Sandbox } from './support/sandbox';
import type { App } from './support/app';

const FIXTURES = join(__dirname, '../fixtures');
const ssh = (name: string): string => readFileSync(join(FIXTURES, 'ssh', name), 'utf8');

/** What the log keeps of these members is not their value. */
const SECRETS = [
  'password', 'secretKey', 'sshKey', 'servicePrincipalKey', 'connectionString', 'apiKey', 'apiSecret', 'accessToken', 'tokenSecret',
  'clientSecret', 'refreshToken', 'developerToken', 'header',
];
const ONE_WORD = SECRETS.filter((name) => !['password', 'header'].includes(name));
const ACCOUNT_KEY = Buffer.alloc(64, 'acme').toString('base64');
const CONNECTION = `DefaultEndpointsProtocol=https;AccountName=acmeexports;AccountKey=${ACCOUNT_KEY};EndpointSuffix=core.windows.net`;
/** Where the documents only say what stands there, and the form looks at it. */
const REAL: Record<string, string> = { sshKey: ssh('ed25519'), connectionString: CONNECTION };

type Members = Record<string, string>;
type Body = { name: string; type?: string } & Record<string, Members | string>;

/** A documented body whose keys can be read; a space in a token would be asked about first. */
function documented(name: string): Body {
  const file = join(FIXTURES, 'destinations', `create-${name}.json`);
  const { body } = (JSON.parse(readFileSync(file, 'utf8')) as { request: { body: Body } }).request;
  return mapped(body, (name, value) => REAL[name] ?? (ONE_WORD.includes(name) ? value.replaceAll(' ', '-') : value)) as Body;
}

/** The same body with other values in its one object. */
function mapped(body: Body, change: (name: string, value: string) => unknown): unknown {
  const inside = (members: Members): unknown => Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(name, value)]));
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : inside(value)]));
}

const logged = (body: Body): unknown => mapped(body, (name, value) => (SECRETS.includes(name) ? fingerprint(value) : value));

/** The command of the documents, with a body of our own. */
const command = (body: unknown, method = 'POST'): string => `curl -X ${method} https://platform.adobe.io/data/core/activation/authoring/credentials \\
 -H 'Authorization: Bearer {ACCESS_TOKEN}' \\
 -H 'Content-Type: application/json' \\
 -H 'x-gw-ims-org-id: {IMS_ORG}' \\
 -H 'x-api-key: {API_KEY}' \\
 -H 'x-sandbox-name: {SANDBOX_NAME}' \\
 -d '${JSON.stringify(body, null, 3).replaceAll("'", "'\\''")}'
`;
const HEADERS = ['Authorization', 'x-gw-ims-org-id', 'x-api-key', 'x-sandbox-name'];

async function create(app: App): Promise<void> {
  await app.action('create').click();
  await expect(app.page.getByRole('heading', { name: 'Created', exact: true })).toBeVisible();
}

async function expectCreated(sandbox: Sandbox, body: unknown): Promise<void> {
  const posts = await sandbox.serviceRequests('POST', 'destinations/credentials');
  expect(posts.map((post) => post.body)).toEqual([body]);
}

for (const [name, title] of [
  ['basic', 'Username and password'],
  ['s3', 'Amazon S3 access key'],
  ['ssh', 'SFTP with an SSH key'],
  ['azure', 'Azure service principal'],
  ['azure-connection-string', 'Azure connection string'],
  ['oauth1', 'OAuth 1'],
  ['oauth2-user', 'OAuth 2 with a username and password'],
  ['oauth2-client', 'OAuth 2 client credentials'],
  ['oauth2-access-token', 'OAuth 2 access token'],
  ['oauth2-refresh-token', 'OAuth 2 refresh token'],
] as const) {
  test(`the documented command for ${title}`, async ({ app, at, sandbox }) => {
    const paste = await at(PLACES.create);
    const body = documented(name);
    await paste.paste(command(body));
    await expect(paste.told).toContainText('Filled in from a curl command: Name, ');
    await expect(paste.told).toContainText(`Not used: ${HEADERS.join(', ')}.`);
    await expect(paste.form.getByRole('radio', { name: title, exact: true })).toBeChecked();
    await create(app);
    await expectCreated(sandbox, logged(body));
  });
}

test('the documents’ own command has no value in it, and only chooses the row', async ({ app, at, sandbox }) => {
  const paste = await at(PLACES.create);
  const members = { url: 'string', clientId: 'string', clientSecret: 'string', header: 'string', developerToken: 'string' };
  await paste.paste(command({ oauth2ClientAuthentication: members }));
  await expect(paste.form.getByRole('radio', { name: 'OAuth 2 client credentials' })).toBeChecked();
  await paste.expectValues({ name: '', url: '', clientId: '', clientSecret: '' });
  await app.action('create').click();
  await expect(app.page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeVisible();
  expect(await sandbox.serviceRequests('POST', 'destinations/credentials')).toEqual([]);
});

const AWS = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: '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' };
const S3 = ['Access key ID', 'Secret access key'];
const PRINCIPAL = {
  tenant: '72f988bf-86f1-41af-91ab-2d7cd011db47',
  servicePrincipalId: '4c9d7e21-f0b8-4a63-958e-1c2da7f3b605',
  servicePrincipalKey: 'p8e~Xq4vT2mLw9',
};

interface Source {
  what: string;
  text: string;
  from: string;
  fields: string[];
  unused?: string[];
  typed?: Members;
  body: Body;
}

const s3: Body = { type: 'S3', name: 'Acme', s3Authentication: AWS };
const SOURCES: Source[] = [
  {
    what: 'an AWS credentials file: the profile named default, whichever stands first',
    text:
      '[work]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = other\n\n' +
      `[default]\r\naws_access_key_id = ${AWS.accessId}\r\naws_secret_access_key = ${AWS.secretKey}\r\n`,
    from: 'an AWS credentials file', fields: S3, unused: ['[work]'], body: s3,
  },
  {
    what: 'the table of the AWS console',
    text: `\ufeffAccess key ID,Secret access key\r\n${AWS.accessId},${AWS.secretKey}\r\n`,
    from: 'an access key file of the AWS console', fields: S3, body: s3,
  },
  {
    what: 'variables for AWS',
    text: `export AWS_ACCESS_KEY_ID=${AWS.accessId}\nexport AWS_SECRET_ACCESS_KEY="${AWS.secretKey}"\nexport AWS_REGION=eu-central-1`,
    from: 'a list of names and values', fields: S3, unused: ['AWS_REGION'], body: s3,
  },
  {
    what: 'what the AWS command writes about a key',
    text: JSON.stringify({ AccessKey: { UserName: 'acme', AccessKeyId: AWS.accessId, Status: 'Active', SecretAccessKey: AWS.secretKey } }),
    from: 'the data of a request', fields: S3, unused: ['AccessKey.UserName', 'AccessKey.Status'], body: s3,
  },
  {
    what: 'an Azure connection string in two lines',
    text: CONNECTION.replace(';AccountKey', ';\n  AccountKey'),
    from: 'an Azure connection string', fields: ['Connection string'],
    body: { name: 'Acme', azureConnectionStringAuthentication: { connectionString: CONNECTION } },
  },
  {
    what: 'a variable with an Azure connection string',
    text: `AZURE_STORAGE_CONNECTION_STRING='${CONNECTION}'`,
    from: 'a list of names and values', fields: ['Connection string'],
    body: { name: 'Acme', azureConnectionStringAuthentication: { connectionString: CONNECTION } },
  },
  {
    what: 'what the Azure command writes about a service principal',
    text: JSON.stringify({ appId: PRINCIPAL.servicePrincipalId, displayName: 'acme', password: PRINCIPAL.servicePrincipalKey, tenant: PRINCIPAL.tenant }),
    from: 'the data of a request', fields: ['Tenant', 'Service principal ID', 'Service principal key'], unused: ['displayName'],
    typed: { url: 'https://acmeexports.blob.core.windows.net' },
    body: { name: 'Acme', azureAuthentication: { url: 'https://acmeexports.blob.core.windows.net', ...PRINCIPAL } },
  },
  {
    what: 'a key file of OpenSSH',
    text: ssh('ed25519').replaceAll('\n', '\r\n'),
    from: 'an SSH key', fields: ['SSH private key'], typed: { username: 'acme-export' },
    body: { type: 'SSH', name: 'Acme', sshAuthentication: { username: 'acme-export', sshKey: ssh('ed25519') } },
  },
  {
    what: 'a private key in PEM form, for SFTP',
    text: ssh('rsa-pem'),
    from: 'a private key', fields: ['SSH private key'], typed: { username: 'acme-export' },
    body: { type: 'SSH', name: 'Acme', sshAuthentication: { username: 'acme-export', sshKey: ssh('rsa-pem') } },
  },
  {
    what: 'variables for SFTP',
    text: 'SFTP_HOST=sftp.acme.example\nSFTP_USER=acme-export\nSFTP_PASSWORD=p-1',
    from: 'a list of names and values', fields: ['Username at your platform', 'Password at your platform'], unused: ['SFTP_HOST'],
    body: { type: 'BASIC', name: 'Acme', basicAuthentication: { username: 'acme-export', password: 'p-1' } },
  },
  {
    what: 'a call for a token',
    text: 'curl https://auth.acme.example/token -d grant_type=client_credentials -d client_id=c%40acme -d client_secret=s%2B1',
    from: 'a curl command', fields: ['URL of the authorization server', 'Client ID at your platform', 'Client secret of your platform (Adobe will use it)'],
    body: {
      type: 'OAUTH2_CLIENT_CREDENTIAL', name: 'Acme',
      oauth2ClientAuthentication: { url: 'https://auth.acme.example/token', clientId: 'c@acme', clientSecret: 's+1' },
    },
  },
];

for (const { what, text, from, fields, unused, typed = {}, body } of SOURCES) {
  test(what, async ({ app, at, sandbox }) => {
    const paste = await at(PLACES.create);
    await paste.paste(text);
    await paste.expectFilled(from, fields, unused);
    for (const [name, value] of Object.entries({ name: 'Acme', ...typed })) await paste.control(name).fill(value);
    await create(app);
    await expectCreated(sandbox, logged(body));
  });
}

test('of an answer with several, the first is filled in', async ({ app, at, sandbox }) => {
  const paste = await at(PLACES.create);
  const one = { instanceId: 'n1', createdDate: '2021-06-07T06:41:48.641943Z', ...documented('basic') };
  await paste.paste(JSON.stringify({ items: [one, { instanceId: 'n2' }] }));
  await paste.expectFilled(
    'the data of a request',
    ['Name', 'Username at your platform', 'Password at your platform', 'URL'],
    ['items.instanceId', 'items.createdDate', 'items[1]'],
  );
  await create(app);
  await expectCreated(sandbox, logged(documented('basic')));
});

test('what stands in for a saved secret is not taken for one', async ({ at }) => {
  const paste = await at(PLACES.create);
  await paste.paste(JSON.stringify({ name: 'Acme', basicAuthentication: { username: 'ann', password: '********' } }));
  await paste.expectFilled('the data of a request', ['Name', 'Username at your platform'], ['basicAuthentication.password']);
  await paste.expectValues({ name: 'Acme', username: 'ann', password: '' });
});

test('a saved secret is entered again by pasting it; what was not pasted is still asked for', async ({ app, page, sandbox }) => {
  const form = await openDestinations(page, app, `destinations/${CLIENT}`, 'save');
  const paste = new Paste(page, form);
  await expect(form.getByRole('radio')).toHaveCount(0);
  await paste.paste(command({ oauth2ClientAuthentication: { clientSecret: 'n3w' } }, 'PUT'));
  await paste.expectFilled('a curl command', ['Client secret of your platform (Adobe will use it)'], HEADERS);
  await app.action('save').click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary.getByRole('link')).toHaveText([/^Enter the developer token again, or choose Remove/]);
  await paste.paste('DEVELOPER_TOKEN=d3v');
  await paste.expectFilled('a list of names and values', ['Developer token']);
  await expect(summary).toBeHidden();
  expect(await sandbox.serviceRequests('PUT')).toEqual([]);
  await app.action('save').click();
  await expect(page.getByRole('main').getByText(/Changed .*, before that /)).toBeVisible();
  const puts = await sandbox.serviceRequests('PUT');
  expect(puts).toHaveLength(1);
  expect(puts[0]?.body.oauth2ClientAuthentication).toMatchObject({ clientSecret: fingerprint('n3w'), developerToken: fingerprint('d3v') });
  expect(puts[0]?.path).toBe(`/gateway/destinations/credentials/${CLIENT}`);
});

test('a text for another type changes nothing of a saved credential', async ({ app, page, sandbox }) => {
  const form = await openDestinations(page, app, `destinations/${CLIENT}`, 'save');
  const paste = new Paste(page, form);
  const values = (): Promise<string[]> => form.locator('[name]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  const before = await values();
  expect(before).toContain('Northlight lookalikes (test)');
  for (const text of [command({ s3Authentication: AWS }), pem('p256'), CONNECTION]) {
    await paste.paste(text);
    await expect(paste.told).toContainText('for another form');
    await expect(paste.told).toContainText('Nothing in this fits here. Check where it comes from, or fill in the fields one by one');
    await expect(paste.text).toHaveValue('');
    expect(await values()).toEqual(before);
  }
  await expect(form).toHaveAttribute('data-auth', 'oauth2_client_credential');
  expect(await sandbox.serviceRequests('PUT')).toEqual([]);
});
