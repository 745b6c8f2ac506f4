// The rows of the catalog as `src/credential/catalog.rs` has them, and how a test goes through the form of one: filled
// wrongly, refused, corrected, sent, and matched to what the documents have.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app';
import { fingerprint, type Logged, type Sandbox } from './sandbox';

export type Service = 'storefront' | 'destinations' | 'inventory' | 'registry';
export type Body = Record<string, unknown>;

/** The part of a fixture that is compared. */
export interface Request {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Body | string;
}

/** One way through a row. */
export interface Way {
  service: Service;
  /** The row's id. */
  id: string;
  /** What sets it apart from another way through the same row. */
  way?: string;
  /** What the request is compared with, below `tests/fixtures` and without its ending. */
  fixture: string;
  /** What stands in front of the documented path, below the prefix of all gateways. */
  below: string;
  /** Another credenza.json than the sandbox's own. */
  config?: unknown;
  /** Brings the page to the row's form. */
  open(app: App, page: Page): Promise<void>;
  /** What is said when nothing is filled in, in order. */
  missing: string[];
  /** What is filled in wrongly, and what is said about each, in order. */
  wrong: Record<string, readonly [string, string]>;
  /** Documented members that no person types. */
  fixed?: string[];
  /** What is typed at last in place of what the documents have, or beside it. */
  instead?: Record<string, string>;
  /** The `data-action` of the button that sends. */
  press: string;
  /** Members of the body that the documents leave out. */
  also?: Body;
  /** Header values in place of the documented ones. */
  headers?: Record<string, string>;
  /** A form as it goes over the wire, with `***` for each secret. */
  raw?(typed: Record<string, string>): string;
  /** Where values end up outside the body. */
  elsewhere?(sent: Logged, typed: Record<string, string>, sandbox: Sandbox): Promise<void> | void;
}

/** Every row of the source, as `service id`. */
export function rowsOfSource(): string[] {
  const root = join(__dirname, '../../../src/credential');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const rows = [...source.matchAll(/(?:static|const) \w+: FormSpec = FormSpec \{\s*service: Service::(\w+),\s*id: "(\w+)",/g)];
  const all = source.match(/\bFormSpec = FormSpec \{/g) ?? [];
  if (rows.length !== all.length) throw new Error(`${all.length} rows stand in the source, and ${rows.length} could be read`);
  return rows.map(([, service, id]) => `${(service as string).toLowerCase()} ${id}`);
}

/** The request of a fixture. */
export function documented(fixture: string): Request {
  const file = join(__dirname, '../../fixtures', `${fixture}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { request: Request }).request;
}

/** The answer of a fixture. */
export function answerOf(fixture: string): { status: number; body: unknown } {
  const file = join(__dirname, '../../fixtures', `${fixture}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { response: { status: number; body: unknown } }).response;
}

/** The names of members that the log has as fingerprints. */
const SECRETS = [
  'token', 'password', 'privateKey', 'client_secret', 'auth_token', 'secretKey', 'sshKey', 'servicePrincipalKey', 'connectionString', 'apiKey', 'apiSecret',
  'accessToken', 'tokenSecret', 'clientSecret', 'refreshToken', 'developerToken', 'header',
];

/** What is typed at last: what the documents have, and what stands in its place. */
export function typedBy({ fixture, fixed = [], instead = {} }: Way): Record<string, string> {
  const { body } = documented(fixture);
  const leaves = (value: unknown, name: string): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.join(' ')]];
    if (value === null || typeof value !== 'object') return [[name, String(value)]];
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, key));
  };
  const told = typeof body === 'object' ? leaves(body, '') : [];
  return { ...Object.fromEntries(told.filter(([name]) => !fixed.includes(name))), ...instead };
}

/** A documented body as the log shows it when these values were typed in place of its own. */
function logged(value: unknown, instead: Record<string, string>, name = ''): unknown {
  if (Array.isArray(value)) return value;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, logged(inner, instead, key)]));
  }
  const now = instead[name] ?? value;
  return SECRETS.includes(name) ? fingerprint(String(now)) : now;
}

/** It is what the documents have, to the last member. */
export async function expectDocumented(sent: Logged, way: Way, sandbox: Sandbox): Promise<void> {
  const { body, headers = {} } = documented(way.fixture);
  const typed = typedBy(way);
  expect(sent.headers).toMatchObject({ ...headers, ...way.headers });
  if (way.raw !== undefined) expect(sent.raw).toBe(way.raw(typed));
  else if (body === undefined) expect(sent.body).toBeNull();
  else expect(sent.body).toEqual({ ...way.also, ...(logged(body, way.instead ?? {}) as Body) });
  await way.elsewhere?.(sent, typed, sandbox);
}

/** The form of a way, and nothing else on the page. */
export const formOf = (page: Page, { service, id }: Way): Locator => page.locator(`form[data-service="${service}"][data-auth="${id}"]`);

/** Chooses a way to authenticate by its id, where there is more than one. */
export async function choose(page: Page, service: Service, id: string): Promise<void> {
  const radio = page.locator(`form[data-service="${service}"] .cz-choices input[value="${id}"]`);
  await page.locator(`label[for="${await radio.getAttribute('id')}"]`).click();
  await expect(radio).toBeChecked();
}

/** Fills in fields by their names; one of a few values is chosen. */
export async function fill(form: Locator, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const control = form.locator(`[name="${name}"]`);
    const details = form.locator(`details:has([name="${name}"])`);
    if ((await details.count()) > 0 && !(await control.first().isVisible())) await details.locator('summary').click();
    if ((await control.first().getAttribute('type')) !== 'radio') {
      await control.fill(value);
      continue;
    }
    const one = form.locator(`[name="${name}"][value="${value}"]`);
    await form.locator(`label[for="${await one.getAttribute('id')}"]`).click();
    await expect(one).toBeChecked();
  }
}

/** These lines and no others are said, each leads to its field, and the fields say them too. */
export async function expectRefused(page: Page, form: Locator, lines: string[], names?: string[]): Promise<void> {
  const links = form.getByRole('alert').getByRole('link');
  await expect(links).toHaveText(lines);
  await expect(page.locator(':focus')).toContainText('There is a problem');
  for (const [at, name] of (names ?? []).entries()) {
    const control = form.locator(`[name="${name}"]`);
    await expect(control).toHaveAttribute('aria-invalid', 'true');
    expect((await control.evaluate(described)).replace('Error:', '').trim()).toContain(lines[at]);
    await links.nth(at).click();
    await expect(control).toBeFocused();
  }
}

/** Everything that describes a control, as one text. */
function described(control: Element): string {
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

/** The requests that went where the documents have it. */
export async function sentBy(sandbox: Sandbox, { fixture, below }: Way): Promise<Logged[]> {
  const { method, path } = documented(fixture);
  const gateway = new URL('gateway/', sandbox.console).pathname;
  const all = await sandbox.serviceRequests(method);
  return all.filter((one) => [one.path, one.query].filter((part) => part !== '').join('?') === `${gateway}${below}${path}`);
}
