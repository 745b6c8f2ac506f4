// What the form for a credential of a destination says about a value before it is sent: refused, doubted, or told.
import { KINDS, bodyOf, expect, fixtureOf, membersOf, test, type Kind } from './support/destinations';

const of = (fixture: string): Kind => KINDS.find((kind) => kind.fixture === fixture) as Kind;
const KEY = Buffer.alloc(64, 'acme').toString('base64');
const string = (...parts: string[]): string => parts.join(';');
const PROTOCOL = 'DefaultEndpointsProtocol=https';

/** By type and member: what was typed, and why it cannot be sent. */
const REFUSED: [string, string, string, RegExp][] = [
  ['basic', 'url', 'http://provider.example/login', /with https:\/\/ in front; over http others could read along/],
  ['basic', 'url', 'provider.example', /as a whole, with https:\/\/ in front/],
  ['azure', 'url', 'http://account.example', /over http others could read along/],
  ['oauth2-client', 'url', 'http://provider.example/token', /over http others could read along/],
  ['oauth2-client', 'url', '', /Enter the URL of the authorization server/],
  ['oauth2-access-token', 'url', 'http://provider.example/token', /over http others could read along/],
  ['s3', 'accessId', '', /Enter the access key ID/],
  ['azure-connection-string', 'connectionString', string(PROTOCOL, `AccountKey=${KEY}`), /no AccountName/],
  ['azure-connection-string', 'connectionString', string(PROTOCOL, 'AccountName=acme'), /no AccountKey and no SharedAccessSignature/],
  ['azure-connection-string', 'connectionString', string(PROTOCOL, 'AccountName=acme', 'AccountKey=#'), /cut or has a sign that it cannot have/],
  ['azure-connection-string', 'connectionString', 'https://acme.blob.core.windows.net/', /an address alone/],
  ['azure-connection-string', 'connectionString', 'acme', /no connection string/],
  ['ssh', 'sshKey', 'c3NoLWRlbW8=', /This is no SSH private key/],
  ['ssh', 'sshKey', fixtureOf('keys/public.pem'), /This is a public key/],
  ['ssh', 'sshKey', fixtureOf('keys/certificate.pem'), /This is a certificate/],
];

for (const fixture of new Set(REFUSED.map(([fixture]) => fixture))) {
  test(`refused before anything is sent: ${fixture}`, async ({ desk }) => {
    const kind = of(fixture);
    await desk.openNew(kind);
    const right = { ...membersOf(kind) };
    for (const name of Object.keys({ ...kind.secrets, ...kind.loose })) right[name] = (right[name] as string).replaceAll(/^(s3cret) /g, '$1-');
    await desk.fillBody(kind, { ...bodyOf(kind), [kind.key]: right });
    for (const [, name, value, says] of REFUSED.filter(([of]) => of === fixture)) {
      await desk.fill({ [name]: value });
      await desk.press('create');
      await desk.expectError(name, says);
      await expect(desk.errorSummary.getByRole('link')).toHaveCount(1);
      // Nothing of a secret is repeated.
      if (name in kind.secrets) await expect(desk.errorSummary).not.toContainText(/acme|c3NoLW|YWNtZ/);
      await desk.fill({ [name]: right[name] as string });
      await expect(desk.errorSummary).toBeHidden();
    }
    expect(await desk.requests('POST')).toEqual([]);
  });
}

test('an unusual access key ID is doubted and sent', async ({ desk }) => {
  await desk.openNew(of('s3'));
  for (const [value, says] of [
    ['ASIAIOSFODNN7EXAMPLE', 'This is a temporary access key.'], ['acme', 'This does not look like an AWS access key ID.'],
  ] as const) {
    await desk.fill({ accessId: value });
    await expect(desk.form.getByText(says)).toBeVisible();
  }
  await desk.fill({ name: 'acme', secretKey: 's3cret/secret+key' });
  await desk.press('create');
  await expect(desk.main.getByRole('heading', { name: 'Created', exact: true })).toBeVisible();
  expect((await desk.requests('POST'))[0]?.body.s3Authentication.accessId).toBe('acme');
});

test('an SSH key is recognised, and told by its fingerprint', async ({ desk }) => {
  await desk.openNew(of('ssh'));
  for (const [name, says] of [
    ['ed25519', /Ed25519/], ['rsa', /RSA/], ['ecdsa256', /P-256/], ['locked', /passphrase|encrypted|locked/i], ['dsa', /DSA/],
  ] as const) {
    await desk.fill({ sshKey: fixtureOf(`ssh/${name}`) });
    await expect(desk.control('sshKey')).toHaveAccessibleDescription(says);
    await expect(desk.control('sshKey')).toHaveAccessibleDescription(/SHA256:[A-Za-z0-9+/]{43}/);
  }
});

test('a shared access signature tells when it ends', async ({ desk }) => {
  await desk.openNew(of('azure-connection-string'));
  const signed = (end: string): string =>
    string('BlobEndpoint=https://acme.blob.core.windows.net/', `SharedAccessSignature=sv=2024-11-04&ss=b&srt=sco&sp=rwl&se=${end}&sig=c2lnbmF0dXJl`);
  const year = new Date().getUTCFullYear();
  await desk.fill({ connectionString: signed(`${year + 1}-01-31T12:00:00Z`) });
  await expect(desk.control('connectionString')).toHaveAccessibleDescription(new RegExp(`${year + 1}`));
  await desk.fill({ connectionString: signed('2020-01-31T12:00:00Z') });
  await expect(desk.control('connectionString')).toHaveAccessibleDescription(/2020/);
  await expect(desk.form).not.toContainText('c2lnbmF0dXJl');
});

test('an expiration has no unit of ours', async ({ desk }) => {
  await desk.openNew(of('oauth2-access-token'));
  await desk.fill({ expiration: '3600' });
  await expect(desk.control('expiration')).toHaveAccessibleDescription(/The documents name no unit; ask Adobe which one it takes/);
});
