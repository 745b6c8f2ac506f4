// What most tests begin with: the form of one source, filled, and a count of what the page sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, type Request } from '@playwright/test';
import type { App } from './app';
import { fingerprint, type Sandbox, type Token } from './sandbox';

const FIXTURES = join(__dirname, '../../fixtures');

/** Secrets with a mark, so that they can be searched for. They hold no word that a page has of its own. */
export const MARK = 'c4n4ry';
export const KEY = `sk_${MARK}_7f3A9c51-b6/e0+d2=`;
export const PASSWORD = `  ${MARK} pa:ss “wörd” `;
export const FOREIGN_TOKEN = `scope3_${MARK}_not_known`;
export const IDENTIFIER = 'acme-brand-account';

/** A key of `tests/fixtures/keys`. */
export const pem = (name: string): string => readFileSync(join(FIXTURES, 'keys', `${name}.pem`), 'utf8');
/** A part of that key which stands nowhere else: where its secret number begins. */
export const pemMark = (name: string): string => (pem(name).split('\n')[1] as string).slice(-16);

/** Paths below the gateway. */
export const LIST = 'buyer/storefronts';
export const CREDENTIALS = 'buyer/storefronts/credentials';
export const ACCOUNT = 'accounts/current';
export const detail = (id: number): string => `buyer/storefronts/${id}`;
export const capabilities = (id: number): string => `buyer/storefronts/${id}/capabilities`;
export const connection = (id: number): string => `buyer/storefronts/${id}/connection`;
export const registration = (id = 42, source = 'src_main'): string => `buyer/storefronts/${id}/sources/${source}/credentials`;

export interface Where {
  storefront?: number;
  source?: string;
  token?: Token;
  type?: string;
  /** The source has accounts already, so that its form is asked for. */
  another?: boolean;
}

/** Opens the form of a source and answers the question for our own token. */
export async function openForm(app: App, where: Where = {}): Promise<void> {
  const { storefront = 42, source = 'src_main', token = 'scope3_demo_buyer', type, another = false } = where;
  await app.openSource(storefront, source, type);
  await app.giveToken(token);
  if (another) await app.action('add-account').click();
  await expect(app.form).toBeVisible();
}

/** Fills in the way that is chosen at first. */
export async function fillKey(app: App, identifier = IDENTIFIER, token = KEY): Promise<void> {
  await app.control('accountIdentifier').fill(identifier);
  await app.control('token').fill(token);
}

export async function fillBasic(app: App, identifier = IDENTIFIER, password = PASSWORD): Promise<void> {
  await app.control('accountIdentifier').fill(identifier);
  await app.control('username').fill('ann');
  await app.control('password').fill(password);
}

export const JWT = {
  issuer: 'acme-issuer',
  subject: 'acme-subject',
  keyId: 'acme-key-1',
  scope: 'inventory.read mediabuy.write',
  tokenEndpointUrl: 'https://id.atelier.example/oauth2/token',
  audienceUrl: 'https://id.atelier.example',
};

export async function fillJwt(app: App, identifier = IDENTIFIER, key = pem('p256')): Promise<void> {
  await app.control('accountIdentifier').fill(identifier);
  await app.control('privateKey').fill(key);
  for (const [name, value] of Object.entries(JWT)) await app.control(name).fill(value);
}

/** Nothing of what was typed is lost. */
export async function expectDraft(app: App, identifier = IDENTIFIER, token = KEY): Promise<void> {
  await expect(app.control('accountIdentifier')).toHaveValue(identifier);
  await expect(app.control('token')).toHaveValue(token);
}

export async function expectConnected(app: App): Promise<void> {
  await app.expectPhase('connected');
  await expect(app.page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
}

/** Counts the requests that the page makes, by method, from now on. */
export class Count {
  private readonly seen: { method: string; path: string }[] = [];
  private readonly open = new Set<Request>();

  constructor(
    page: Page,
    private readonly sandbox: Sandbox,
    private readonly gateway = sandbox.gateway,
  ) {
    page.on('request', (request) => {
      this.seen.push({ method: request.method(), path: new URL(request.url()).pathname });
      this.open.add(request);
    });
    page.on('requestfinished', (request) => this.open.delete(request));
    page.on('requestfailed', (request) => this.open.delete(request));
  }

  /** How many requests have no answer yet. */
  unanswered(): number {
    return this.open.size;
  }

  /** How often the page fetched this path below the gateway; `*` at its end stands for anything. */
  fetched(method: string, path: string): number {
    const wanted = this.gateway + path;
    const fits = (path: string): boolean => (wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted);
    return this.seen.filter((one) => one.method === method && fits(one.path)).length;
  }

  /** The page has posted just so often, on any path, and as much has arrived. */
  async expectPosts(times: number, path = registration()): Promise<void> {
    expect(this.seen.filter((one) => one.method === 'POST').length, 'POSTs by the page').toBe(times);
    expect(this.fetched('POST', path), `POSTs by the page to ${path}`).toBe(times);
    expect((await this.sandbox.requests('POST')).length, 'POSTs that arrived').toBe(times);
  }
}

interface Fixture {
  request: { method: string; path: string; headers: Record<string, string>; body: Record<string, unknown> };
}

/** A request as the documents have it. */
export function fixture(name: string): Fixture['request'] {
  const file = join(FIXTURES, 'storefront', `${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as Fixture).request;
}

/** A documented body as the log shows it when these values were typed in place of its own. */
export function logged(body: Record<string, unknown>, identifier: string, secrets: Record<string, string>): unknown {
  const auth = { ...(body['auth'] as Record<string, unknown>) };
  for (const [name, value] of Object.entries(secrets)) {
    if (!(name in auth)) throw new Error(`the documented body has no ${name}`);
    auth[name] = name === 'username' ? value : fingerprint(value);
  }
  return { ...body, accountIdentifier: identifier, auth };
}
