// Who asks Adobe: a client's secret, for which a token is given, or a token that is at hand; and how a refusal is told.
import { ALL, BY_SECRET, BY_TOKEN, TOKEN, WHERE, configured, documented, expect, expectOurs, test, type AccessValues, type Desk } from './support/destinations';
import { fingerprint, type Fault } from './support/sandbox';
import { DESTINATIONS } from './support/switches';
import { everything } from './support/registry';

const SECRET = 'clientSecret';

test('signs in with a client’s secret: a token first, then the list', async ({ desk, page, sandbox }) => {
  await desk.open();
  await expect(desk.form.getByLabel('Adobe Developer Console client secret (signs you in to Adobe)', { exact: true })).toHaveAttribute('type', 'password');
  await expect(desk.control(SECRET)).toHaveAttribute('autocomplete', 'current-password');
  await expect(desk.control(SECRET)).toHaveAttribute('data-sentry-mask', '');
  expect(await sandbox.serviceRequests()).toEqual([]);
  await desk.signIn(BY_SECRET);
  await expect(page.getByText('9 credentials')).toBeVisible();

  const [ask, list, ...others] = await sandbox.serviceRequests();
  const expected = documented('ims-token').request;
  expect(ask).toMatchObject({ method: 'POST', path: `/gateway/ims${expected.path}`, query: '' });
  expect(ask?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  for (const name of ['authorization', 'cookie', 'x-api-key', 'x-gw-ims-org-id', 'x-sandbox-name']) expect(ask?.headers).not.toHaveProperty(name);
  expect(ask?.raw).toBe((expected.body as unknown as string).replace(/client_id=\w+/, `client_id=${DESTINATIONS.clientId}`).replace('s3cret-client', '***'));
  expect(ask?.body).toEqual({
    grant_type: 'client_credentials',
    client_id: DESTINATIONS.clientId,
    client_secret: fingerprint(DESTINATIONS.clientSecret),
    scope: 'openid,session,AdobeID,read_organizations,additional_info.projectedProductContext',
  });
  expect(list).toMatchObject({ method: 'GET', path: `/gateway/${ALL}`, query: '', body: null });
  expectOurs(list!);
  for (const other of others) expect(other).toMatchObject({ method: 'GET', path: list!.path, headers: list!.headers });
  await expect(desk.standing).toContainText('23 hours 59 minutes left');
  expect(await everything(page)).not.toContain(DESTINATIONS.clientSecret);
});

test('signs in with a token that is at hand', async ({ desk, page, sandbox }) => {
  await desk.openIn();
  await expect(page.getByText('9 credentials')).toBeVisible();
  for (const request of await sandbox.serviceRequests()) expectOurs(request, DESTINATIONS.token);
  expect(await desk.requests('POST', TOKEN)).toEqual([]);
  await expect(desk.standing).toContainText('Given by you, kept in memory');
  expect(await everything(page)).not.toContain(DESTINATIONS.token);
});

test('organisation and sandbox stand on every page', async ({ desk, page }) => {
  await desk.openIn();
  const expectNamed = async (): Promise<void> => {
    await expect(desk.main.getByText(WHERE)).toBeVisible();
    await expect(desk.standing).toContainText(DESTINATIONS.organization);
    await expect(desk.standing).toContainText(DESTINATIONS.sandbox);
    await expect(desk.standing).toContainText(DESTINATIONS.clientId);
  };
  await expectNamed();
  await page.getByRole('link', { name: 'New credential' }).click();
  await expect(desk.heading('New credential')).toBeVisible();
  await expectNamed();
  await desk.main.getByRole('link', { name: 'Destinations' }).click();
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.heading('Northlight lookalikes')).toBeVisible();
  await expectNamed();
});

/** A refusal as the documents have it, in the place of the list. */
const refusal = (name: string): Fault => {
  const { status, body } = documented(name).response;
  return { method: 'GET', path: ALL, fault: 'status', status, body };
};
const ims = (name: string): Fault => ({ ...refusal(name), method: 'POST', path: TOKEN });

interface Refused {
  name: string;
  values?: AccessValues;
  plan?(desk: Desk): Promise<void>;
  /** Nothing when it is about no field. */
  field?: string;
  says: RegExp;
}

const NOT_THE_SECRET = /client secret|access token|API key/;
const fault = (...faults: Fault[]) => (desk: Desk) => desk.sandbox.faults(...faults);
const own = (switches: Parameters<Desk['sandbox']['destinations']>[0]) => (desk: Desk) => desk.sandbox.destinations(switches);
const BY_WRONG_SECRET = { ...BY_SECRET, clientSecret: 'p8e-wrong' };
const BY_WRONG_CLIENT = { ...BY_SECRET, apiKey: 'ffffffffffffffffffffffffffffffff' };
const KEY_UNKNOWN = /Adobe does not know this API key\. .*x-api-key.* must be the client ID that the token was made for/;
const ORGANISATION_STRANGE = /not for this organisation\. .*x-gw-ims-org-id/;

const REFUSED: Refused[] = [
  {
    name: 'a token that is not known (401013)', values: { ...BY_TOKEN, accessToken: 'foreign' }, field: 'accessToken',
    says: /did not accept this access token\. Get a new one/,
  },
  { name: 'a key of another client (403003)', values: { ...BY_TOKEN, apiKey: 'other' }, field: 'apiKey', says: KEY_UNKNOWN },
  { name: '403003 as a number', values: { ...BY_TOKEN, apiKey: 'other' }, plan: own({ error_code: 'integer' }), field: 'apiKey', says: KEY_UNKNOWN },
  {
    name: 'another organisation (403025)', values: { ...BY_TOKEN, imsOrgId: '0A1C428F5DE324E90A49402B@AdobeOrg' }, field: 'imsOrgId',
    says: ORGANISATION_STRANGE,
  },
  { name: '403000', plan: fault(refusal('error-key-missing')), field: 'apiKey', says: /got no API key\. .*x-api-key was missing/ },
  { name: '403010', plan: fault(refusal('error-token-missing')), field: 'accessToken', says: /access token/ },
  { name: '400003', plan: fault(refusal('error-organization-missing')), field: 'imsOrgId', says: /got no organisation ID\. .*x-gw-ims-org-id was missing/ },
  { name: '403025 in the documents’ words', plan: fault(refusal('error-profile')), field: 'imsOrgId', says: ORGANISATION_STRANGE },
  { name: '403027', plan: fault(refusal('error-region')), field: 'imsOrgId', says: /does not know this organisation for your client\. .*product profile/ },
  { name: 'no permission', plan: own({ permission: false }), says: /does not let you do this.*“Destination Authoring”/ },
  {
    name: 'an unknown sandbox', values: { ...BY_TOKEN, sandboxName: 'nowhere' },
    says: /does not let you do this.*no sandbox of the name.*access to the sandbox/,
  },
  { name: 'a wrong secret, by 401', values: BY_WRONG_SECRET, field: SECRET, says: /did not accept this client secret/ },
  { name: 'a wrong secret, by 400', values: BY_WRONG_SECRET, plan: own({ token_refusal: 400 }), field: SECRET, says: /did not accept this client secret/ },
  { name: 'a wrong client ID, by 401', values: BY_WRONG_CLIENT, field: 'apiKey', says: /does not know this client ID/ },
  { name: 'a wrong client ID, by 400', values: BY_WRONG_CLIENT, plan: own({ token_refusal: 400 }), field: 'apiKey', says: /does not know this client ID/ },
  {
    name: 'a scope that is refused', values: BY_SECRET, plan: fault(ims('ims-error-scope')),
    says: /gives this client no token for Experience Platform\. Add the Experience Platform API/,
  },
  {
    name: 'too many tokens', values: BY_SECRET, plan: fault({ method: 'POST', path: TOKEN, fault: 'status', status: 429, retry_after: 7 }),
    says: /asks us to slow down.*7 seconds/,
  },
  { name: 'too many calls', plan: fault(refusal('error-throttled')), says: /asks us to slow down/ },
];

for (const { name, values = BY_TOKEN, plan, field, says } of REFUSED) {
  test(`refused: ${name}`, async ({ desk, page, guard }) => {
    guard.allowStatus(400, 401, 403, 429);
    await desk.open();
    await plan?.(desk);
    await desk.fillAccess(values);
    await desk.press('use-access');
    if (field === undefined) {
      await expect(desk.errorSummary).toContainText(says);
      await expect(desk.form.locator('[aria-invalid]')).toHaveCount(0);
    } else {
      await desk.expectError(field, says);
      await expect(desk.errorSummary.getByRole('listitem')).toHaveCount(1);
    }
    await expect(page.locator(':focus')).toContainText('There is a problem');
    await expect(desk.errorSummary).not.toContainText(/error_code|[{}]|\.\./);
    // Nothing of what was typed is lost, and the same button tries again.
    for (const [name, value] of Object.entries(values)) await expect(desk.control(name)).toHaveValue(value);
    await desk.sandbox.destinations({ permission: true });
    await desk.signIn(values.accessToken === undefined ? BY_SECRET : BY_TOKEN);
    await expect(page.getByText('9 credentials')).toBeVisible();
  });
}

for (const [name, values, path, method] of [
  ['the token', BY_SECRET, TOKEN, 'POST'],
  ['the list, after a token', BY_SECRET, ALL, 'GET'],
  ['the list', BY_TOKEN, ALL, 'GET'],
] as const) {
  test(`a network that fails is no wrong secret: ${name}`, async ({ desk, guard }) => {
    guard.allowNetworkErrors();
    await desk.open();
    await desk.sandbox.faults({ method, path, fault: 'drop-before' });
    await desk.fillAccess(values);
    await desk.press('use-access');
    await expect(desk.errorSummary).toContainText('Adobe could not be reached');
    await expect(desk.errorSummary).not.toContainText(NOT_THE_SECRET);
    await expect(desk.form.locator('[aria-invalid]')).toHaveCount(0);
    await desk.press('use-access');
    await expect(desk.standing).toContainText(DESTINATIONS.sandbox);
  });
}

test('every field is checked before anything is sent', async ({ desk, sandbox }) => {
  await desk.open();
  await desk.press('use-access');
  await expect(desk.errorSummary.getByRole('link')).toHaveText([
    'Enter the organisation ID', 'Enter the API key', 'Enter the Adobe Developer Console client secret', 'Enter the sandbox name',
  ]);
  const ORGANISATION = /The organisation ID ends in @AdobeOrg, with letters and digits in front/;
  const SANDBOX = /small letters, digits and hyphens only, and begins with a letter/;
  await desk.fillAccess(BY_SECRET);
  for (const [name, value, says] of [
    ['imsOrgId', '7A1C428F5DE324E90A49402B', ORGANISATION],
    ['imsOrgId', '@AdobeOrg', ORGANISATION],
    ['imsOrgId', '7A1C428F5DE324E90A49402B@adobeorg', ORGANISATION],
    ['apiKey', 'two words', /Copy it again; it has a space/],
    ['sandboxName', 'Prod', SANDBOX],
    ['sandboxName', '2prod', SANDBOX],
    ['sandboxName', 'acme_dev', SANDBOX],
    ['sandboxName', `a${'b'.repeat(256)}`, SANDBOX],
  ] as const) {
    await desk.control(name).fill(value);
    await desk.press('use-access');
    await desk.expectError(name, says);
    await desk.control(name).fill(BY_SECRET[name]);
    await expect(desk.errorSummary).toBeHidden();
  }
  expect(await sandbox.serviceRequests()).toEqual([]);
});

test('an unusual organisation is doubted and not refused', async ({ desk, guard }) => {
  guard.allowStatus(403);
  await desk.open();
  const doubt = desk.form.getByText('This is an unusual organisation ID.');
  await desk.fillAccess({ ...BY_TOKEN, imsOrgId: 'acme@AdobeOrg' });
  await expect(doubt).toBeVisible();
  await expect(desk.control('imsOrgId')).toHaveAccessibleDescription(/Most have 24 characters from 0 to 9 and A to F/);
  await desk.press('use-access');
  await desk.expectError('imsOrgId', ORGANISATION_STRANGE);
  await desk.control('imsOrgId').fill(DESTINATIONS.organization);
  await expect(doubt).toHaveCount(0);
});

test('signing out forgets everything', async ({ desk, page, sandbox }) => {
  await desk.openIn('destinations/new', BY_SECRET);
  await desk.fill({ name: 'c4n4ry', username: 'ann', password: 'c4n4ry' });
  await sandbox.clearRequests();
  await desk.press('sign-out');
  for (const name of ['imsOrgId', 'apiKey', SECRET, 'sandboxName']) await expect(desk.control(name)).toHaveValue('');
  await expect(desk.standing).toHaveCount(0);
  await expect(desk.main.getByText(WHERE)).toHaveCount(0);
  const left = await everything(page);
  for (const forgotten of [DESTINATIONS.clientSecret, DESTINATIONS.organization, 'c4n4ry']) expect(left).not.toContain(forgotten);
  await desk.signIn();
  await expect(desk.control('password')).toHaveValue('');
  expect(await desk.requests('POST', TOKEN)).toEqual([]);
});

test.describe('preset by the configuration', () => {
  const { imsOrgId, apiKey, sandboxName } = BY_SECRET;
  test.use({ config: configured({ preset: { imsOrgId, apiKey, sandboxName } }) });

  test('the secret is all that is asked for, and the rest may be changed', async ({ desk, page, sandbox }) => {
    await desk.open();
    for (const [name, value] of Object.entries({ imsOrgId, apiKey, sandboxName })) await expect(desk.control(name)).toHaveValue(value);
    await desk.control('sandboxName').fill(DESTINATIONS.emptySandbox);
    await desk.control(SECRET).fill(DESTINATIONS.clientSecret);
    await desk.press('use-access');
    await expect(page.getByText('No credentials yet')).toBeVisible();
    for (const { headers } of await desk.requests('GET')) expect(headers['x-sandbox-name']).toBe(DESTINATIONS.emptySandbox);
    await desk.press('sign-out');
    await expect(desk.control('sandboxName')).toHaveValue(sandboxName);
    await desk.choose('An access token');
    await expect(desk.control('imsOrgId')).toHaveValue(imsOrgId);
    await desk.control('accessToken').fill(DESTINATIONS.token);
    await sandbox.clearRequests();
    await desk.press('use-access');
    await expect(page.getByText('9 credentials')).toBeVisible();
    for (const request of await desk.requests('GET')) expectOurs(request, DESTINATIONS.token);
  });
});
