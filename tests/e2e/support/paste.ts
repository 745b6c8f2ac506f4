// "Fill this form from what you have": the control that stands in every form, and the forms in which it stands.
import { expect, type Locator, type Page } from '@playwright/test';
import { STREAMHAUS, openAgentForm, openAgents } from './agents';
import type { App } from './app';
import { openForm } from './connect';
import type { Sandbox } from './sandbox';
import { DESTINATIONS } from './switches';
import { test as base } from './test';

export const TITLE = 'Fill this form from what you have';
export const LABEL = 'Paste or drop it here';

/** The heading above whatever could not be read. */
export const NOT_FILLED = 'The form was not filled';

/** A credential of the seeded ones, of the type basic, and one whose secrets are two. */
export const BASIC = 'n55affa0-3747-4030-895d-1d1236bb3680';
export const CLIENT = 'nd17e5b0-6f82-4c39-b90a-2e6c84f5a713';

/** The control of one form. */
export class Paste {
  /** All of it, folded or not. */
  readonly box: Locator;
  /** The line that opens it. */
  readonly line: Locator;
  readonly text: Locator;
  readonly fill: Locator;
  readonly undo: Locator;
  /** What came of it, as it is announced. */
  readonly told: Locator;

  constructor(
    readonly page: Page,
    readonly form: Locator,
  ) {
    this.line = form.getByText(TITLE, { exact: true });
    this.box = form.getByRole('group').filter({ has: page.getByText(TITLE, { exact: true }) });
    this.text = form.getByLabel(LABEL);
    this.fill = form.getByRole('button', { name: 'Fill the form' });
    this.undo = form.getByRole('button', { name: 'Undo' });
    this.told = this.box.getByRole('status');
  }

  /** A control of the form by its name on the wire. */
  control(name: string): Locator {
    return this.form.locator(`[name="${name}"]`);
  }

  async open(): Promise<void> {
    if (!(await this.text.isVisible())) await this.line.click();
    await expect(this.text).toBeVisible();
  }

  /** Pastes with the keys of the clipboard, as a person does. */
  async paste(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.open();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.text.focus();
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** Types it, or what stands for typing, and presses the button. */
  async type(text: string): Promise<void> {
    await this.open();
    await this.text.fill(text);
    await this.fill.click();
  }

  /** Chooses a file. */
  async choose(name: string, content: string | Buffer): Promise<void> {
    await this.open();
    await this.box.getByLabel('Fill from a file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  }

  /** Drops a file as the browser does it: what nobody prevents opens the file. */
  async drop(file: string, on = this.text): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    await on.scrollIntoViewIfNeeded();
    const { x = 0, y = 0 } = (await on.boundingBox()) ?? {};
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, x: x + 10, y: y + 10, data });
    }
  }

  /** It was filled: from what, into which fields, and which names were left over. */
  async expectFilled(from: string, fields: string[], unused: string[] = []): Promise<void> {
    await expect(this.told).toContainText(`Filled in from ${from}: ${fields.join(', ')}.`);
    if (unused.length > 0) await expect(this.told).toContainText(`Not used: ${unused.join(', ')}.`);
    else await expect(this.told).not.toContainText('Not used');
    await expect(this.text).toHaveValue('');
  }

  /** It was not, for this reason. */
  async expectUnread(words: string): Promise<void> {
    await expect(this.told).toContainText(NOT_FILLED);
    await expect(this.told).toContainText(words);
    await expect(this.undo).toHaveCount(0);
    await expect(this.text).toHaveValue('');
  }

  /** What stands in the fields, by name. */
  async expectValues(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await expect(this.control(name), name).toHaveValue(value);
  }
}

/** What a form is known by in the tables of the specs. */
export interface Place {
  name: string;
  /** Goes there with a fresh browser, and gives the form. */
  go(page: Page, app: App, sandbox: Sandbox): Promise<Locator>;
  /** A text that fills something there, from what, and what it fills, by name and by label. */
  text: string;
  from: string;
  values: Record<string, string>;
  labels: string[];
}

const destinationsForm = (page: Page): Locator => page.locator('form[data-service="destinations"]');

/** Signs in at Adobe by a token that is at hand. */
export async function signInToAdobe(page: Page): Promise<void> {
  const form = destinationsForm(page);
  await form.getByText('An access token', { exact: true }).and(form.locator('label')).click();
  const { organization, clientId, token, sandbox } = DESTINATIONS;
  for (const [name, value] of Object.entries({ imsOrgId: organization, apiKey: clientId, accessToken: token, sandboxName: sandbox })) {
    await form.locator(`[name="${name}"]`).fill(value);
  }
  await page.locator('[data-action="use-access"]').click();
  await expect(page.getByRole('complementary', { name: 'Your access' }).getByText(organization)).toBeVisible();
}

/** Opens a page of the destinations, signed in, and gives its form. */
export async function openDestinations(page: Page, app: App, path: string, action: string): Promise<Locator> {
  await app.open(path);
  await signInToAdobe(page);
  await expect(app.action(action)).toBeVisible();
  return destinationsForm(page);
}

/** Every kind of form. */
export const PLACES = {
  source: {
    name: 'the form of a source',
    go: async (_page, app) => {
      await openForm(app);
      return app.form;
    },
    text: '{"accountIdentifier": "acme", "auth": {"type": "api_key", "token": "k-1"}}',
    from: 'the data of a request',
    values: { accountIdentifier: 'acme', token: 'k-1' },
    labels: ['Your account name or number at Premium CTV — Direct', 'Key or token', 'Send it as'],
  },
  interchange: {
    name: 'the form for the Interchange token',
    go: async (_page, app) => {
      await app.open('storefronts');
      return app.tokenForm;
    },
    text: "curl https://api.interchange.io/api/buyer/storefronts -H 'Authorization: Bearer scope3_k1'",
    from: 'a curl command',
    values: { accessToken: 'scope3_k1' },
    labels: ['Interchange access token'],
  },
  adobe: {
    name: 'the form for signing in at Adobe',
    go: async (page, app) => {
      await app.open('destinations');
      return destinationsForm(page);
    },
    text: '{"imsOrgId": "A1@AdobeOrg", "apiKey": "a-1", "accessToken": "t-1", "sandboxName": "dev"}',
    from: 'the data of a request',
    values: { imsOrgId: 'A1@AdobeOrg', apiKey: 'a-1', accessToken: 't-1', sandboxName: 'dev' },
    labels: ['Organisation ID', 'API key (client ID)', 'Adobe access token', 'Sandbox name'],
  },
  create: {
    name: 'the form for a new credential',
    go: (page, app) => openDestinations(page, app, 'destinations/new', 'create'),
    text: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s-1\n',
    from: 'an AWS credentials file',
    values: { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 's-1' },
    labels: ['Access key ID', 'Secret access key'],
  },
  update: {
    name: 'the form for a changed credential',
    go: (page, app) => openDestinations(page, app, `destinations/${BASIC}`, 'save'),
    text: 'USERNAME=ann\nPASSWORD=p-1',
    from: 'a list of names and values',
    values: { username: 'ann', password: 'p-1' },
    labels: ['Username at your platform', 'Password at your platform'],
  },
  inventory: {
    name: 'the form of the inventory',
    go: async (_page, app) => {
      await app.open('inventory');
      return app.form;
    },
    text: 'VERVE_CLIENT_ID=a@b\nVERVE_CLIENT_SECRET=s-1\nVERVE_PROJECT_ID=01ABCDEFGHIJKLMNOPQRSTUVWX',
    from: 'a list of names and values',
    values: { client_id: 'a@b', client_secret: 's-1', project_id: '01ABCDEFGHIJKLMNOPQRSTUVWX' },
    labels: ['Client ID', 'Client secret', 'Project ID'],
  },
  agent: {
    name: 'the form of an agent',
    go: async (page, app) => {
      await openAgentForm(app, page, STREAMHAUS);
      return app.form;
    },
    text: 'TOKEN_URL=https://auth.example/token\nCLIENT_ID=c-1\nCLIENT_SECRET=s-1',
    from: 'a list of names and values',
    values: { token_endpoint: 'https://auth.example/token', client_id: 'c-1', client_secret: 's-1' },
    labels: ['Token endpoint', 'Client ID', 'Client secret'],
  },
  key: {
    name: 'the form for an organisation’s key',
    go: async (page, app) => {
      await app.open('agents');
      await page.getByText('Use an organisation key instead').click();
      const form = app.tokenForm;
      await expect(form.locator('[name="accessToken"]')).toBeVisible();
      return form;
    },
    text: 'REGISTRY_TOKEN=sk_1',
    from: 'a list of names and values',
    values: { accessToken: 'sk_1' },
    labels: ['Registry organisation key'],
  },
  address: {
    name: 'the form for an agent’s address',
    go: async (page, app) => {
      await openAgents(app, page);
      return page.locator('form').filter({ has: page.locator('[name="agent_url"]') });
    },
    text: 'AGENT_URL=https://agent.example/mcp',
    from: 'a list of names and values',
    values: { agent_url: 'https://agent.example/mcp' },
    labels: ['Agent URL'],
  },
} satisfies Record<string, Place>;

/** `test` with a console that speaks of all four services. */
export const test = base.extend<{ at: (place: Place) => Promise<Paste> }>({
  registry: true,
  destinations: true,
  inventory: true,
  at: async ({ app, page, sandbox }, use) => use(async (place) => new Paste(page, await place.go(page, app, sandbox))),
});

export { expect };
