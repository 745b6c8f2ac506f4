// The registry's pages: a quick sign-in, the seeded agents, and what goes over the wire for one of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app';
import { MARK } from './connect';
import { fingerprint, type Logged, type RegistrySwitches, type Sandbox } from './sandbox';

/** Agents of Acme Brand: what is saved for each stands beside it. */
export const STREAMHAUS = 'https://sales.streamhaus.example'; // nothing
export const MERIDIAN = 'https://signals.meridian.example/mcp'; // client credentials
export const TIDEWATER = 'https://buying.tidewater.example'; // client credentials below a bearer token
export const ATELIER = 'https://creative.atelier.example/mcp'; // consent
export const LAKESIDE = 'https://portal.lakeside.example'; // nothing, and people can consent
export const COMMONS = 'https://ads.commons.example/mcp'; // nothing; Northwind Agency has it too
export const HARBOR = 'https://agent.harbor.example:8443/AdCP/v2';
export const QUARRY = 'https://agent.quarry.example/a%2Fb';
/** One that Northwind Agency alone has. */
export const NORTHLIGHT = 'https://measure.northlight.example';
export const ACME = 'org_acme';
export const NORTHWIND = 'org_northwind';

/** A secret to be searched for, and the one that the demo's token endpoint takes. */
export const CLIENT_SECRET = `cs_${MARK}_7f3A9c51`;
export const DEMO_SECRET = 'demo-secret';

/** Paths below the registry's gateway. */
export const ME = 'api/me';
export const AGENTS = 'api/me/agents';
export const twice = (url: string): string => encodeURIComponent(encodeURIComponent(url));
export const agentPath = (url: string, rest: string): string => `api/registry/agents/${twice(url)}/${rest}`;
export const SAVE = 'oauth-client-credentials';
export const TEST = 'oauth-client-credentials/test';
export const CONNECT = 'connect';
export const STATUS = 'auth-status';

/** The token endpoint that stands for the agents' own; it answers by the client's name. */
export const tokenEndpoint = (sandbox: Sandbox): string => `${sandbox.auth}demo/token`;

/** The page of an agent, below the base. */
export const pageOf = (url: string): string => `agents/${encodeURIComponent(url)}`;

export const access = (page: Page): Locator => page.getByRole('complementary', { name: 'Your access' });

/** Presses the button for signing in and goes on without waiting; its tab is somebody else's. */
export async function pressSignIn(app: App, page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await app.action('sign-in').click();
  return opened;
}

/** Closes all other tabs: a page behind another one is drawn seldom. */
export async function alone(page: Page): Promise<void> {
  for (const other of page.context().pages()) if (other !== page) await other.close();
  await page.bringToFront();
}

/** Signs in on the page that is open, at a server that asks nobody. */
export async function signIn(app: App, page: Page, switches: RegistrySwitches = {}): Promise<void> {
  await app.sandbox.registry({ consent: 'approve', ...switches });
  await pressSignIn(app, page);
  await expect(app.action('sign-out')).toBeVisible();
  await alone(page);
  await expect(access(page).getByText('Signed in as')).toBeVisible();
}

/** Opens the list, signed in, and waits until it is read. */
export async function openAgents(app: App, page: Page): Promise<void> {
  await app.open('agents');
  await signIn(app, page);
  await expect(page.getByText('8 agents')).toBeVisible();
}

/** Opens the page of an agent, signed in, and waits until it is known what is saved. */
export async function openAgent(app: App, page: Page, url: string): Promise<void> {
  await app.open(pageOf(url));
  await signIn(app, page);
  await expect(app.action('consent')).toBeVisible();
}

/** The same with the form in view. */
export async function openAgentForm(app: App, page: Page, url = STREAMHAUS): Promise<void> {
  await openAgent(app, page, url);
  if (!(await app.form.isVisible())) await app.action('replace').click();
  await expect(app.form).toBeVisible();
}

/** What a form for client credentials may hold. */
export interface ClientValues {
  token_endpoint?: string;
  client_id?: string;
  client_secret?: string;
  scope?: string;
  resource?: string;
  audience?: string;
}

/** Fills it in, with a client that gets a token unless told otherwise. */
export async function fillClient(app: App, values: ClientValues = {}): Promise<void> {
  const all = { token_endpoint: tokenEndpoint(app.sandbox), client_id: 'demo-client', client_secret: DEMO_SECRET, ...values };
  const aside = ['scope', 'resource', 'audience'].some((name) => name in values);
  if (aside) await moreOptions(app);
  for (const [name, value] of Object.entries(all)) await app.control(name).fill(value);
}

/** Opens what most people leave as it is. */
export async function moreOptions(app: App): Promise<void> {
  const summary = app.form.getByText('More options');
  await expect(summary).toBeVisible();
  if (!(await app.control('scope').isVisible())) await summary.click();
}

/** Chooses the form for one text that stays the same. */
export async function chooseToken(app: App): Promise<void> {
  await app.choose('A token, or a username and password');
}

/** What came of the last try: one line for each step. */
export function told(page: Page, words: string | RegExp): Locator {
  return page.getByRole('main').getByRole('status').filter({ hasText: words });
}

/** Saves and tests, and waits for the words. */
export async function saveAndTest(app: App, words: string | RegExp): Promise<void> {
  await app.action('save-and-test').click();
  await expect(told(app.page, words)).toBeVisible();
}

/** The requests about one agent, by method and what follows its address. */
export async function sent(sandbox: Sandbox, method: string, url: string, rest: string): Promise<Logged[]> {
  return sandbox.registryRequests(method, agentPath(url, rest));
}

/** What every request about an agent has in common. */
export function expectOurs(request: Logged): void {
  expect(request.headers['authorization']).toMatchObject({ scheme: 'Bearer' });
  expect(request.headers['accept']).toBe('application/json');
  expect(request.headers).not.toHaveProperty('cookie');
  expect(request.headers).not.toHaveProperty('x-credenza');
}

export interface Documented {
  request: { method: string; path: string; headers: Record<string, string>; body?: Record<string, unknown> };
  response: { status: number; body: Record<string, unknown> };
}

/** A request and its answer as the documents have them. */
export function documented(name: string): Documented {
  const file = join(__dirname, '../../fixtures/registry', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Documented;
}

/** A documented body as the log shows it. */
export function logged(body: Record<string, unknown> | undefined): Record<string, unknown> | null {
  if (body === undefined) return null;
  const secret = (name: string): boolean => ['client_secret', 'auth_token'].includes(name);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, secret(name) ? fingerprint(String(value)) : value]));
}
