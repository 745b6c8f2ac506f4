// The inventory's page: what is typed there, the steps of a check, and what goes over the wire for it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app';
import { fingerprint, type Logged, type Sandbox } from './sandbox';
import { INVENTORY } from './switches';

/** Paths below the prefix of all services. */
export const TOKEN = 'inventory-auth/oauth/v2/token';
export const DEVICES = 'inventory/v1alpha/inventory/devices';
/** The two steps, as a person reads them. */
export const STEP_TOKEN = 'Get an access token';
export const STEP_DEVICES = 'List the devices of the project';
/** How every token of the sandbox begins. */
export const TOKEN_BEGINS = 'eyJhbGciOi';

/** What the form may hold. */
export interface ClientValues {
  client_id?: string;
  client_secret?: string;
  project_id?: string;
}

/** Fills in the form with an account that is let in, unless told otherwise. */
export async function fillInventory(app: App, values: ClientValues = {}): Promise<void> {
  const known = { client_id: INVENTORY.clientId, client_secret: INVENTORY.clientSecret, project_id: INVENTORY.project };
  for (const [name, value] of Object.entries({ ...known, ...values })) await app.control(name).fill(value);
}

/** Opens the page and fills in its form. */
export async function openInventory(app: App, values: ClientValues = {}): Promise<void> {
  await app.open('inventory');
  await fillInventory(app, values);
}

/** And connects. */
export async function connect(app: App, values: ClientValues = {}): Promise<void> {
  await openInventory(app, values);
  await app.submit();
  await expectConnected(app);
}

export async function expectConnected(app: App): Promise<void> {
  await expect(app.page.getByRole('heading', { name: 'Connected', exact: true })).toBeVisible();
}

/** One step with its outcome. */
export function step(page: Page, name: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: name });
}

/** How both steps stand, in the order in which they run. */
export async function expectSteps(page: Page, token: string | RegExp, devices: string | RegExp): Promise<void> {
  await expect(step(page, STEP_TOKEN)).toContainText(token);
  await expect(step(page, STEP_DEVICES)).toContainText(devices);
}

/** A row of what is connected, by its label. */
export function fact(page: Page, label: string): Locator {
  // The label and its value stand side by side in a list of terms.
  return page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::*[1]');
}

/** What a person reads of the token's life. */
export const life = (page: Page): Locator => fact(page, 'Token');

/** The notice about a token that could not be had again. */
export function notRenewed(page: Page): Locator {
  return page.getByRole('main').getByRole('status').filter({ hasText: 'The token could not be renewed' });
}

/** When it is tried again: beside that notice, so that nobody is told so every second. */
export const retrying = (page: Page): Locator => page.getByRole('main').getByText(/^Trying again/);

export const tokenRequests = (sandbox: Sandbox): Promise<Logged[]> => sandbox.serviceRequests('POST', TOKEN);
export const deviceRequests = (sandbox: Sandbox): Promise<Logged[]> => sandbox.serviceRequests('POST', DEVICES);

/** As many tokens and lists were asked for, once everything has arrived. */
export async function expectAsked(sandbox: Sandbox, tokens: number, devices: number): Promise<void> {
  const asked = async (): Promise<number[]> => [(await tokenRequests(sandbox)).length, (await deviceRequests(sandbox)).length];
  await expect.poll(asked, 'requests for tokens and for devices').toEqual([tokens, devices]);
}

export interface Documented {
  request: { method: string; path: string; headers: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body?: Record<string, unknown>; text?: string };
}

/** A request and its answer as the documents have them. */
export function documented(name: string): Documented {
  const file = join(__dirname, '../../fixtures/inventory', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Documented;
}

/** The documented body of a token request with these values in place of its own, with `***` for the secret. */
export function rawToken(clientId: string): string {
  const body = String(documented('token').request.body);
  return body.replace('your-user%40your-org', encodeURIComponent(clientId)).replace('your-client-secret', '***');
}

/** The authorization header of whoever has this token, as the log shows it. */
export function bearer(token: string): Record<string, unknown> {
  return { scheme: 'Bearer', ...fingerprint(token) };
}
