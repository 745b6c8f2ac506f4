// Adobe's credentials of destinations as a person meets them: signing in, the ten types, and what goes over the wire.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { pem } from './connect';
import { fingerprint, type Logged, type Sandbox } from './sandbox';
import { DESTINATIONS } from './switches';
import { test as base } from './test';

/** Paths below the prefix of all services. */
export const ALL = 'destinations/credentials';
export const TOKEN = 'ims/ims/token/v3';
export const one = (id: string): string => `${ALL}/${encodeURIComponent(id)}`;
export const WHERE = `Organisation ${DESTINATIONS.organization} · Sandbox ${DESTINATIONS.sandbox}`;

/** Some of the nine seeded credentials. */
export const BASIC = 'n55affa0-3747-4030-895d-1d1236bb3680';
export const S3 = 'n55affa0-3747-4030-895d-1d1236bb3681';
export const USER = 'nb63a9f2-0d74-4b8c-a5e1-94d8372cf016';
export const CLIENT = 'nd17e5b0-6f82-4c39-b90a-2e6c84f5a713';
/** Its id has to be encoded in a path. */
export const ODD = 'n9/b4 e0%2F7d';

/** One of the ten types: its words in the chooser, and the fixture that has its body. */
export interface Kind {
  title: string;
  fixture: string;
  /** What the API may write as `type`; the documents give none for the two of Azure. */
  type: string | undefined;
  key: string;
  /** Secrets that must be there, each with its noun, and those that may be left out. */
  secrets: Record<string, string>;
  loose: Record<string, string>;
}

const CLIENT_SECRET = { clientSecret: 'the client secret of your platform' };
const PASSWORD = { password: 'the password at your platform' };
const HEADER = { header: 'the authorization header' };
const kind = (
  title: string, fixture: string, type: string | undefined, key: string, secrets: Kind['secrets'], loose: Kind['loose'] = {},
): Kind => ({ title, fixture, type, key, secrets, loose });

export const KINDS: Kind[] = [
  kind('Username and password', 'basic', 'BASIC', 'basicAuthentication', PASSWORD),
  kind('Amazon S3 access key', 's3', 'S3', 's3Authentication', { secretKey: 'the secret access key' }),
  kind('SFTP with an SSH key', 'ssh', 'SSH', 'sshAuthentication', { sshKey: 'the SSH private key' }),
  kind('Azure service principal', 'azure', undefined, 'azureAuthentication', { servicePrincipalKey: 'the service principal key' }),
  kind('Azure connection string', 'azure-connection-string', undefined, 'azureConnectionStringAuthentication', {
    connectionString: 'the connection string',
  }),
  kind('OAuth 1', 'oauth1', 'OAUTH1', 'oauth1Authentication', {
    apiKey: 'the API key of your platform', apiSecret: 'the API secret of your platform', accessToken: 'the access token',
    tokenSecret: 'the token secret',
  }),
  kind('OAuth 2 with a username and password', 'oauth2-user', 'OAUTH2_USER_CREDENTIAL', 'oauth2UserAuthentication',
    { ...CLIENT_SECRET, ...PASSWORD }, HEADER),
  kind('OAuth 2 client credentials', 'oauth2-client', 'OAUTH2_CLIENT_CREDENTIAL', 'oauth2ClientAuthentication', CLIENT_SECRET,
    { developerToken: 'the developer token', ...HEADER }),
  kind('OAuth 2 access token', 'oauth2-access-token', 'OAUTH2_ACCESS_TOKEN', 'oauth2AccessTokenAuthentication',
    { accessToken: 'the access token' }, HEADER),
  kind('OAuth 2 refresh token', 'oauth2-refresh-token', 'OAUTH2_REFRESH_TOKEN', 'oauth2RefreshTokenAuthentication',
    { ...CLIENT_SECRET, refreshToken: 'the refresh token' }, HEADER),
];

export type Body = Record<string, unknown>;

export interface Documented {
  request: { method: string; path: string; headers: Record<string, string>; body: Body };
  response: { status: number; body: Body };
}

/** A file of the fixtures, as text. */
export const fixtureOf = (path: string): string => readFileSync(join(__dirname, '../../fixtures', path), 'utf8');

/** A request and its answer as the documents have them. */
export const documented = (name: string): Documented => JSON.parse(fixtureOf(`destinations/${name}.json`)) as Documented;

/** Keys that can be read; the documents only say where they stand. */
const REAL = { sshKey: pem('openssh'), connectionString: Buffer.alloc(64, 'acme').toString('base64') };

/** The body that the documents have for a type. */
export function bodyOf(kind: Kind): Body {
  const { body } = documented(`create-${kind.fixture}`).request;
  const members = { ...(body[kind.key] as Record<string, string>) };
  if (members['sshKey']) members['sshKey'] = REAL.sshKey;
  if (members['connectionString']) members['connectionString'] = members['connectionString'].replace('s3cret==', REAL.connectionString);
  return { ...body, [kind.key]: members };
}

/** The members of its one object. */
export const membersOf = (kind: Kind, body = bodyOf(kind)): Record<string, string> => body[kind.key] as Record<string, string>;

/** The names of all secrets of a type. */
export const secretsOf = (kind: Kind): string[] => [...Object.keys(kind.secrets), ...Object.keys(kind.loose)];

/** A body as the log shows it. */
export function logged(kind: Kind, body: Body): Body {
  const members = Object.entries(membersOf(kind, body)).map(([name, value]) => [
    name,
    secretsOf(kind).includes(name) ? fingerprint(value) : value,
  ]);
  return { ...body, [kind.key]: Object.fromEntries(members) };
}

/** What is typed to sign in; other values than the demo's may be given. */
export interface AccessValues {
  imsOrgId?: string;
  apiKey?: string;
  clientSecret?: string;
  accessToken?: string;
  sandboxName?: string;
}

const GOOD = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, sandboxName: DESTINATIONS.sandbox };
export const BY_SECRET = { ...GOOD, clientSecret: DESTINATIONS.clientSecret };
export const BY_TOKEN = { ...GOOD, accessToken: DESTINATIONS.token };

/** One tab of the console at its pages about destinations. */
export class Desk {
  /** A person's own access. */
  readonly standing: Locator;
  readonly main: Locator;
  /** Whichever form is open. */
  readonly form: Locator;
  readonly errorSummary: Locator;

  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
  ) {
    this.standing = page.getByRole('complementary', { name: 'Your access' });
    this.main = page.getByRole('main');
    this.form = page.locator('form[data-service="destinations"]');
    this.errorSummary = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: 'There is a problem' }) });
  }

  control(name: string): Locator {
    return this.form.locator(`[name="${name}"]`);
  }

  action(name: string): Locator {
    return this.page.locator(`[data-action="${name}"]`);
  }

  /** Presses a button once it can be pressed. */
  async press(name: string): Promise<void> {
    await expect(this.action(name)).not.toHaveAttribute('aria-disabled', 'true');
    await this.action(name).click();
  }

  /** What is said about something that was tried. */
  told(words: string | RegExp): Locator {
    return this.main.getByRole('alert').or(this.main.getByRole('status')).filter({ hasText: words }).first();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  async choose(title: string): Promise<void> {
    const radio = this.form.getByRole('radio', { name: title, exact: true });
    // The label lies over its radio button, as it does under a finger.
    await this.form.getByText(title, { exact: true }).and(this.form.locator('label')).click();
    await expect(radio).toBeChecked();
  }

  /** Loads a page. Whoever was signed in is so no more. */
  async open(path = 'destinations'): Promise<void> {
    await this.page.goto(this.sandbox.url(path));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  openOne(id: string): Promise<void> {
    return this.open(`destinations/${encodeURIComponent(id)}`);
  }

  /** Fills the form that asks who we are, by what there is. */
  async fillAccess(values: AccessValues): Promise<void> {
    await this.choose(values.accessToken === undefined ? 'Client ID and client secret' : 'An access token');
    for (const [name, value] of Object.entries(values)) await this.control(name).fill(value as string);
  }

  /** Signs in on the page that is open: by a token that is at hand, unless told otherwise. */
  async signIn(values: AccessValues = BY_TOKEN): Promise<void> {
    await this.fillAccess(values);
    await this.press('use-access');
    await expect(this.standing.getByText(values.imsOrgId as string)).toBeVisible();
  }

  async openIn(path = 'destinations', values: AccessValues = BY_TOKEN): Promise<void> {
    await this.open(path);
    await this.signIn(values);
  }

  /** Opens the page of one with its form in view. */
  async openForm(id: string): Promise<void> {
    await this.openIn(`destinations/${encodeURIComponent(id)}`);
    await expect(this.action('save')).toBeVisible();
  }

  /** Opens the form for a new one of a type. */
  async openNew(kind: Kind = KINDS[0] as Kind): Promise<void> {
    await this.openIn('destinations/new');
    await this.choose(kind.title);
  }

  /** Fills the members that `values` has, and opens what most people leave as it is where one stands there. */
  async fill(values: Record<string, string>): Promise<void> {
    const details = this.form.getByText('More options');
    for (const [name, value] of Object.entries(values)) {
      const control = this.control(name);
      if (!(await control.isVisible()) && (await details.isVisible())) await details.click();
      await control.fill(value);
    }
  }

  /** Fills a whole body. */
  fillBody(kind: Kind, body = bodyOf(kind)): Promise<void> {
    return this.fill({ name: body['name'] as string, ...membersOf(kind, body) });
  }

  row(name: string | RegExp): Locator {
    return this.main.getByRole('listitem').filter({ has: this.page.getByRole('link', { name, exact: typeof name === 'string' }) });
  }

  /** What it says about a field, for everybody. */
  async expectError(name: string, says: string | RegExp): Promise<void> {
    const words = typeof says === 'string' ? new RegExp(says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : says;
    await expect(this.control(name)).toHaveAttribute('aria-invalid', 'true');
    await expect(this.control(name)).toHaveAccessibleDescription(words);
    await expect(this.errorSummary.getByRole('link', { name: words })).toBeVisible();
  }

  requests(method: string, path: string | RegExp = /^destinations\/credentials/): Promise<Logged[]> {
    return this.sandbox.serviceRequests(method, path);
  }

  /** Saves one as somebody else would, and gives its id; nothing of that is left in the log. */
  async seed(body: Body): Promise<string> {
    const answer = await fetch(this.sandbox.url(`gateway/${ALL}`), {
      method: 'POST',
      headers: {
        'authorization': `Bearer ${DESTINATIONS.token}`,
        'content-type': 'application/json',
        'x-api-key': DESTINATIONS.clientId,
        'x-gw-ims-org-id': DESTINATIONS.organization,
        'x-sandbox-name': DESTINATIONS.sandbox,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await this.sandbox.clearRequests();
    return ((await answer.json()) as { instanceId: string }).instanceId;
  }
}

/** What every call to Adobe has in common. */
export function expectOurs({ headers }: Logged, token?: string): void {
  const expected = token === undefined ? { scheme: 'Bearer' } : { scheme: 'Bearer', ...fingerprint(token) };
  expect(headers['authorization']).toMatchObject(expected);
  expect(headers['x-api-key']).toBe(DESTINATIONS.clientId);
  expect(headers['x-gw-ims-org-id']).toBe(DESTINATIONS.organization);
  expect(headers['x-sandbox-name']).toBe(DESTINATIONS.sandbox);
  expect(headers['accept']).toBe('application/json');
  expect(headers).not.toHaveProperty('cookie');
  expect(headers).not.toHaveProperty('x-credenza');
}

/** A configuration of the console for these alone. */
export const configured = (members: Body): unknown => ({ destinations: { label: 'Sandbox', ...members } });

/** `test` with a console that speaks of destinations, and a desk there. */
export const test = base.extend<{ desk: Desk }>({
  destinations: true,
  desk: async ({ page, sandbox }, use) => use(new Desk(page, sandbox)),
});

export { expect };
