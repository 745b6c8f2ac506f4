// The one list of pages and states: axe, the canary and the pictures go through all of them.
import { expect } from '@playwright/test';
import { CREDENTIALS, FOREIGN_TOKEN, KEY, LIST, capabilities, detail, fillBasic, fillKey, openForm, registration } from './support/connect';
import { BUYER, GATEWAY, NEVER, read, refusedBy, sent, type State } from './support/state';

const LISTS = '/storefronts';
const STOREFRONT = '/storefronts/:id';
const SOURCE = '/storefronts/:id/sources/:sourceId';
const CONNECTED = 'Interchange stored the credential';

export const states: State[] = [
  { name: 'overview', route: '/', go: async (_page, app) => app.open() },
  {
    name: 'overview-known',
    route: '/',
    go: async (page, app) => {
      await app.openAs(BUYER, 'storefronts');
      await app.follow('Overview');
      await expect(page.getByText('Token of Acme Brand')).toBeVisible();
    },
  },

  { name: 'access-first', route: LISTS, phase: 'editing', go: async (_page, app) => app.open('storefronts') },
  {
    name: 'access-warning',
    route: LISTS,
    phase: 'editing',
    go: async (page, app) => {
      await app.open('storefronts');
      await app.tokenForm.getByLabel('Interchange access token').first().fill(KEY);
      await expect(page.getByText('Interchange tokens start with scope3_')).toBeVisible();
    },
  },
  {
    name: 'access-refused',
    route: LISTS,
    phase: 'editing',
    go: async (_page, app, _sandbox, guard) => {
      await app.open('storefronts');
      guard.allowStatus(401);
      await app.tokenForm.locator('[name="accessToken"]').fill(FOREIGN_TOKEN);
      await app.tokenForm.locator('button[type="submit"]').click();
      await expect(app.errorSummary).toBeVisible();
    },
  },
  {
    name: 'access-ended',
    route: LISTS,
    config: GATEWAY,
    go: async (page, app, _sandbox, guard) => {
      guard.allowStatus(401);
      await app.open('storefronts');
      await expect(page.getByText('Your session has ended')).toBeVisible();
    },
  },

  { name: 'list', route: LISTS, go: read('storefronts', '8 storefronts') },
  {
    name: 'list-loading',
    route: LISTS,
    go: read('storefronts', 'Reading storefronts…', { path: LIST, fault: 'delay', delay_ms: NEVER, count: 2 }),
  },
  {
    name: 'list-empty',
    route: LISTS,
    go: async (page, app, sandbox) => {
      await sandbox.reset('empty');
      await app.openAs(BUYER, 'storefronts');
      await expect(page.getByText('No storefronts yet')).toBeVisible();
    },
  },
  { name: 'list-no-match', route: LISTS, go: read('storefronts?name=zzz', 'No storefront has “zzz” in its name') },
  {
    name: 'list-more',
    route: LISTS,
    go: async (_page, app, sandbox) => {
      await sandbox.reset('large');
      await app.openAs(BUYER, 'storefronts');
      await expect(app.action('more')).toBeVisible();
    },
  },
  {
    name: 'list-error',
    route: LISTS,
    go: read('storefronts', 'Storefronts could not be read', { path: LIST, fault: 'status', status: 503, count: 2 }),
  },
  {
    name: 'list-partly',
    route: LISTS,
    go: read('storefronts', 'Interchange has a problem', { path: LIST, fault: 'status', status: 500 }),
  },

  { name: 'storefront', route: STOREFRONT, go: read('storefronts/42', /2 need credentials/) },
  { name: 'storefront-pending', route: STOREFRONT, go: read('storefronts/43', 'Waiting for consent') },
  { name: 'storefront-unknown', route: STOREFRONT, go: read('storefronts/44', /1 unknown/) },
  { name: 'storefront-several', route: STOREFRONT, go: read('storefronts/46', /^3 of 3 /) },
  { name: 'storefront-adapter', route: STOREFRONT, go: read('storefronts/47', 'Snap is connected in another way') },
  { name: 'storefront-bare', route: STOREFRONT, go: read('storefronts/49', 'This storefront has no sources yet') },
  { name: 'storefront-gone', route: STOREFRONT, go: read('storefronts/999', 'This storefront no longer exists or is not visible to you') },
  {
    name: 'storefront-loading',
    route: STOREFRONT,
    go: async (page, app, sandbox) => {
      await app.open('storefronts/42');
      await sandbox.faults({ path: detail(42), fault: 'delay', delay_ms: NEVER });
      await app.giveToken(BUYER);
      await expect(page.getByRole('heading', { name: 'Storefront 42' })).toBeVisible();
    },
  },
  {
    name: 'storefront-error',
    route: STOREFRONT,
    go: read('storefronts/42', 'Interchange has a problem', { path: detail(42), fault: 'status', status: 500 }),
  },
  {
    name: 'storefront-partly',
    route: STOREFRONT,
    go: read(
      'storefronts/42',
      'What the sources need could not be read',
      { path: capabilities(42), fault: 'status', status: 500 },
    ),
  },

  { name: 'source', route: SOURCE, phase: 'editing', go: async (_page, app) => openForm(app) },
  {
    name: 'source-loading',
    route: SOURCE,
    go: async (page, app, sandbox) => {
      await app.openSource(42, 'src_main');
      await sandbox.faults({ path: detail(42), fault: 'delay', delay_ms: NEVER });
      await app.giveToken(BUYER);
      await expect(page.getByRole('heading', { level: 1, name: 'Connect src_main' })).toBeVisible();
    },
  },
  {
    name: 'source-load-error',
    route: SOURCE,
    go: read('storefronts/42/sources/src_main', 'Interchange has a problem', { path: detail(42), fault: 'status', status: 500 }),
  },
  { name: 'source-gone', route: SOURCE, go: read('storefronts/42/sources/src_none', 'This source no longer exists or is not visible to you') },
  { name: 'source-none-needed', route: SOURCE, go: read('storefronts/42/sources/src_open', 'This source needs no credentials') },
  { name: 'source-adapter', route: SOURCE, go: read('storefronts/47/sources/src_x', 'Snap is connected in another way') },
  {
    name: 'source-errors',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, { type: 'basic' });
      await app.control('username').fill('ann:o');
      await app.submit();
      await expect(app.errorSummary).toBeVisible();
    },
  },
  {
    name: 'source-suspicious',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app);
      await fillKey(app, 'acme', `${KEY} ${KEY}`);
      await app.submit();
      await expect(app.form.getByRole('button', { name: 'It belongs there' })).toBeVisible();
    },
  },
  {
    name: 'source-notes',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app, ' acme\u200b ', `  Bearer ${FOREIGN_TOKEN} `);
      await app.control('accountIdentifier').focus();
      await expect(page.getByText('We removed the word “Bearer”')).toBeVisible();
      await expect(page.getByText('This looks like an Interchange access token')).toBeVisible();
    },
  },
  {
    name: 'source-basic',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, { type: 'basic' });
      await fillBasic(app);
    },
  },
  {
    name: 'source-options',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app);
      await page.getByText('More options').click();
      await app.action('reveal').click();
      await expect(app.control('token')).toHaveAttribute('type', 'text');
    },
  },
  {
    name: 'source-sending',
    route: SOURCE,
    phase: 'submitting',
    go: sent('Sending it to Interchange', {}, { method: 'POST', path: registration(), fault: 'delay', delay_ms: NEVER }),
  },
  {
    name: 'source-checking',
    route: SOURCE,
    phase: 'submitting',
    go: sent(
      'The answer was lost, so we read your list', {},
      { method: 'POST', path: registration(), fault: 'empty' },
      { method: 'GET', path: CREDENTIALS, fault: 'delay', delay_ms: NEVER },
    ),
  },
  { name: 'failed-server', route: SOURCE, phase: 'failed', go: sent('most likely not saved', {}, refusedBy(500)) },
  {
    name: 'failed-unchecked',
    route: SOURCE,
    phase: 'failed',
    go: sent('We could not tell whether it was saved', {}, refusedBy(500), { method: 'GET', path: CREDENTIALS, fault: 'status', status: 500 }),
  },
  { name: 'failed-waits', route: SOURCE, phase: 'failed', go: sent('Interchange asks us to slow down', {}, refusedBy(429, { retry_after: 55 })) },
  { name: 'failed-terms', route: SOURCE, phase: 'failed', go: sent('has not accepted the terms', { token: 'scope3_demo_noterms' }) },
  { name: 'failed-scope', route: SOURCE, phase: 'failed', go: sent('can act for several companies', { token: 'scope3_demo_scope' }) },
  { name: 'failed-gone', route: SOURCE, phase: 'failed', go: sent('This source no longer exists', {}, refusedBy(404)) },
  { name: 'failed-refused', route: SOURCE, phase: 'editing', go: sent('There is a problem', {}, refusedBy(400)) },
  { name: 'failed-token', route: SOURCE, phase: 'failed', go: sent('Interchange no longer accepts the token', {}, refusedBy(401)) },
  {
    name: 'failed-other-company',
    route: SOURCE,
    phase: 'failed',
    go: async (page, app, sandbox, guard) => {
      await sent('Interchange no longer accepts the token', {}, refusedBy(401))(page, app, sandbox, guard);
      await app.giveToken('scope3_demo_other');
      await expect(page.getByText('This token belongs to Other Company')).toBeVisible();
    },
  },
  {
    name: 'failed-session',
    route: SOURCE,
    phase: 'failed',
    config: GATEWAY,
    go: async (page, app, sandbox, guard) => {
      await sandbox.session(page.context(), BUYER);
      await app.openSource(42, 'src_main');
      await fillKey(app);
      await sandbox.endSessions();
      guard.allowStatus(401);
      await app.submit();
      await expect(page.getByText('Your session has ended')).toBeVisible();
    },
  },
  {
    name: 'failed-offline',
    route: SOURCE,
    phase: 'failed',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app);
      await page.context().setOffline(true);
      await app.submit();
      await app.expectPhase('failed');
    },
  },
  { name: 'awaiting', route: SOURCE, phase: 'awaiting-consent', go: sent('Open the consent page', { storefront: 43, source: 'src_podcasts' }) },
  { name: 'connected', route: SOURCE, phase: 'connected', go: sent(CONNECTED) },
  { name: 'connected-several', route: SOURCE, phase: 'connected', go: sent('Orchard App, Orchard In-store', { storefront: 45, source: 'src_web' }) },
  {
    name: 'connected-listed',
    route: SOURCE,
    phase: 'connected',
    go: sent('your list of credentials has it', {}, { method: 'POST', path: registration(), fault: 'empty', after: true }),
  },

  { name: 'settings', route: '/settings', go: async (_page, app) => app.open('settings') },
  {
    name: 'settings-known',
    route: '/settings',
    go: async (_page, app) => {
      await app.openAs(BUYER, 'storefronts');
      await app.follow('Settings');
      await expect(app.action('forget-token')).toBeVisible();
    },
  },
  { name: 'settings-gateway', route: '/settings', config: GATEWAY, go: async (_page, app) => app.open('settings') },
  { name: 'nowhere', go: async (_page, app) => app.open('no/such/page') },
  {
    name: 'unconfigured',
    config: { storefront: { api: 'gateway/storefront', acces: 'token' } },
    go: async (_page, app) => app.open(),
  },
];
