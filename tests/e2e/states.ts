// The one list of pages and states: axe, the canary and the pictures go through all of them.
import { expect } from '@playwright/test';
import { callbackStates } from './states-callback';
import { clientStates } from './states-clients';
import { CONFIRM, PODCASTS, SOURCE, formStates, submit } from './states-form';
import { registryStates } from './states-registry';
import {
  CREDENTIALS, FOREIGN_TOKEN, IDENTIFIER, KEY, LIST, capabilities, connection, detail, openForm, registration,
} from './support/connect';
import type { Fault } from './support/sandbox';
import { ADMIN, BUYER, GATEWAY, NEVER, broken, first, overview, press, read, readAs, seeded, seen, sent, type State } from './support/state';

const LISTS = '/storefronts';
const STOREFRONT = '/storefronts/:id';
const LISTED = '/credentials';
const CONNECTED = 'Interchange stored the credential';

/** More often than the list is read in any test. */
const MANY = 100;

/** An address that nobody may be sent to. */
const UNSAFE = 'javascript:alert(1)';

/** A registration as it is answered, with a status and, perhaps, an address for consent. */
const stored = (status: string, authorizationUrl?: string): unknown => ({
  data: {
    id: '801',
    accountIdentifier: IDENTIFIER,
    status,
    registeredBy: 'buyer@acmebrand.example',
    createdAt: '2026-02-23T19:55:11.602Z',
    ...(authorizationUrl === undefined ? {} : { oauth: { authorizationUrl } }),
  },
  error: null,
});

/** The browser lets nobody open a tab. */
const noTabs: State['go'] = async (page) => {
  await page.addInitScript(() => Object.assign(window, { open: () => null }));
};

/** Consent is asked for at a provider, and these words are to be seen. */
function consent(words: string | RegExp, ...faults: Fault[]): State['go'] {
  const fill: State['go'] = async (_page, app) => {
    await openForm(app, PODCASTS);
    await app.control('accountIdentifier').fill('acme-podcasts');
  };
  return first(fill, broken(...faults), submit, seen(words));
}

const AWAITING = consent('opened in a new tab');
const ADAPTER = read('storefronts/47', 'Snap is connected in another way');
const RADIO = read('storefronts/43/sources/src_radio', 'is connected as soon as you agree');

export const states: State[] = [
  { name: 'overview', route: '/', go: first((_page, app) => app.open(), seen('A token, asked for when you open it')) },
  { name: 'overview-attention', route: '/', go: overview('Accounts that wait for consent') },
  {
    name: 'overview-loading',
    route: '/',
    // The credentials are known already; an account that waits would be shown at once.
    go: first(seeded('twelve'), async (page, app, sandbox) => {
      await app.openAs(BUYER, 'storefronts/60');
      await app.expectStatus('src_01', 'needs_credentials');
      await sandbox.faults({ path: LIST, fault: 'delay', delay_ms: NEVER, count: 2 });
      await app.follow('Overview');
      await expect(page.getByText('Looking…')).toBeVisible();
    }),
  },
  {
    name: 'overview-nothing',
    route: '/',
    go: first(seeded('empty'), read('storefronts', 'No storefronts yet'), (_page, app) => app.follow('Overview'), seen('Nothing for now')),
  },
  {
    name: 'overview-many',
    route: '/',
    go: first(seeded('large'), read('storefronts', '500 storefronts'), (_page, app) => app.follow('Overview'), seen('Show all 110'), seen('Only the first 100 storefronts')),
  },
  { name: 'overview-error', route: '/', go: overview('Interchange has a problem', { path: LIST, fault: 'status', status: 503, count: 2 }) },
  {
    name: 'overview-gateway',
    route: '/',
    config: GATEWAY,
    go: async (page, app, sandbox) => {
      await sandbox.session(page.context(), BUYER);
      await app.open();
      await expect(page.getByText('Accounts that wait for consent')).toBeVisible();
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
  { name: 'storefront-marketplace', route: STOREFRONT, go: readAs(ADMIN, 'storefronts/48', 'acme-shared-seat') },
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

  { name: 'adapter', route: STOREFRONT, go: ADAPTER },
  { name: 'adapter-asking', route: STOREFRONT, go: first(ADAPTER, broken({ path: connection(47), fault: 'delay', delay_ms: NEVER }), press('open-connection'), seen('Opening')) },
  { name: 'adapter-opened', route: STOREFRONT, go: first(ADAPTER, press('open-connection'), seen('It opened in a new tab')) },
  { name: 'adapter-blocked', route: STOREFRONT, go: first(noTabs, ADAPTER, press('open-connection'), seen('We could not control the tab')) },
  {
    name: 'adapter-refused',
    route: STOREFRONT,
    go: first(ADAPTER, broken({ path: connection(47), fault: 'status', status: 403 }), press('open-connection'), seen('Your role does not allow this')),
  },
  {
    name: 'adapter-unsafe',
    route: STOREFRONT,
    go: first(
      ADAPTER,
      broken({ path: connection(47), fault: 'status', status: 200, body: { data: { connectionUrl: UNSAFE }, error: null } }),
      press('open-connection'),
      seen('is not safe to open'),
    ),
  },
  {
    name: 'adapter-connected',
    route: STOREFRONT,
    go: first(ADAPTER, async (page, app) => {
      const opened = page.waitForEvent('popup');
      await app.action('open-connection').click();
      const tab = await opened;
      await tab.getByRole('button', { name: 'Approve' }).click();
      await expect(tab.getByText('Your account is connected')).toBeVisible();
      await tab.close();
      await app.action('retry').click();
      await expect(page.getByRole('main').getByText('Connected', { exact: true })).toBeVisible();
    }),
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
  ...formStates,
  ...callbackStates,
  ...registryStates,
  ...clientStates,
  { name: 'awaiting', route: SOURCE, phase: 'awaiting-consent', go: AWAITING },
  {
    name: 'awaiting-ways',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(AWAITING, (page) => page.getByText('Another account, or no new tab').click(), seen('Continue in this tab')),
  },
  { name: 'awaiting-blocked', route: SOURCE, phase: 'awaiting-consent', go: first(noTabs, consent('We could not control the tab')) },
  { name: 'awaiting-key', route: SOURCE, phase: 'awaiting-consent', go: sent('Open the consent page', { storefront: 43, source: 'src_podcasts' }) },
  {
    name: 'awaiting-unsafe',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: consent('is not safe to open', { method: 'POST', path: registration(43, 'src_podcasts'), fault: 'status', status: 201, body: stored('PENDING', UNSAFE) }),
  },
  {
    name: 'awaiting-no-address',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: consent('Start consent again to get one', { method: 'POST', path: registration(43, 'src_podcasts'), fault: 'status', status: 201, body: stored('PENDING') }),
  },
  { name: 'awaiting-not-yet', route: SOURCE, phase: 'awaiting-consent', go: first(AWAITING, press('check-now'), seen('Interchange has not seen your consent yet')) },
  {
    name: 'awaiting-gone',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(AWAITING, seeded('demo'), press('check-now'), seen('Your list of credentials does not have this entry')),
  },
  {
    name: 'awaiting-unread',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(AWAITING, broken({ path: CREDENTIALS, fault: 'status', status: 503, count: MANY }), press('check-now'), seen('This could not be checked')),
  },
  {
    name: 'awaiting-waits',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(AWAITING, broken({ path: CREDENTIALS, fault: 'status', status: 429, retry_after: 55 }), press('check-now'), seen(/Check again in \d+ s/)),
  },
  {
    name: 'awaiting-token',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(AWAITING, broken({ path: CREDENTIALS, fault: 'status', status: 401, count: MANY }), press('check-now'), seen('Interchange no longer accepts the token')),
  },
  {
    name: 'awaiting-asking',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(RADIO, broken({ method: 'POST', path: registration(43, 'src_radio'), fault: 'delay', delay_ms: NEVER }), press('start-again'), seen('Asking for a new address')),
  },
  { name: 'awaiting-again', route: SOURCE, phase: 'awaiting-consent', go: first(RADIO, press('start-again'), seen('opened in a new tab')) },
  {
    name: 'awaiting-again-failed',
    route: SOURCE,
    phase: 'awaiting-consent',
    go: first(RADIO, broken({ method: 'POST', path: registration(43, 'src_radio'), fault: 'status', status: 403 }), press('start-again'), seen('Consent could not be started')),
  },
  {
    name: 'awaiting-again-refused',
    route: SOURCE,
    phase: 'editing',
    go: first(seeded('demo', { pending_again: 'conflict' }), RADIO, broken(), press('start-again'), seen('Interchange gives no new sign-in page')),
  },

  { name: 'connected', route: SOURCE, phase: 'connected', go: sent(CONNECTED) },
  { name: 'connected-several', route: SOURCE, phase: 'connected', go: sent('Orchard App, Orchard In-store', { storefront: 45, source: 'src_web' }) },
  {
    name: 'connected-listed',
    route: SOURCE,
    phase: 'connected',
    go: sent('your list of credentials has it', {}, { method: 'POST', path: registration(), fault: 'empty', after: true }),
  },
  {
    name: 'connected-consented',
    route: SOURCE,
    phase: 'connected',
    go: first(AWAITING, (_page, _app, sandbox) => sandbox.consent('801', 'approve'), press('check-now'), seen('Interchange has your consent')),
  },
  {
    name: 'connected-stored',
    route: SOURCE,
    phase: 'connected',
    go: sent(CONNECTED, {}, { method: 'POST', path: registration(), fault: 'status', status: 201, body: stored('IN_REVIEW') }),
  },
  { name: 'connected-marketplace', route: SOURCE, phase: 'connected', go: first(CONFIRM, press('confirm'), seen('Marketplace account, shared by every buyer')) },
  {
    name: 'connected-next',
    route: SOURCE,
    phase: 'connected',
    go: first(seeded('twelve'), sent('Next source that needs credentials', { storefront: 60, source: 'src_01' })),
  },

  { name: 'credentials', route: LISTED, go: readAs(ADMIN, 'credentials', '4 credentials') },
  { name: 'credentials-access', route: LISTED, phase: 'editing', go: async (_page, app) => app.open('credentials') },
  {
    name: 'credentials-loading',
    route: LISTED,
    go: read('credentials', 'Reading credentials…', { path: CREDENTIALS, fault: 'delay', delay_ms: NEVER }),
  },
  {
    name: 'credentials-error',
    route: LISTED,
    go: read('credentials', 'Interchange has a problem', { path: CREDENTIALS, fault: 'status', status: 503 }),
  },
  { name: 'credentials-empty', route: LISTED, go: first(seeded('empty'), read('credentials', 'No credentials yet')) },
  { name: 'credentials-no-match', route: LISTED, go: read('credentials?filter=zzz', 'No credential fits the filter') },
  { name: 'credentials-none-visible', route: LISTED, go: read('credentials?type=marketplace', 'None visible to this token') },
  { name: 'credentials-pending', route: LISTED, go: read('credentials?status=pending', '1 of 3 credentials') },
  { name: 'credentials-large', route: LISTED, go: first(seeded('large'), readAs(ADMIN, 'credentials', '10,000 credentials')) },
  { name: 'credentials-old', route: LISTED, go: first(seeded('old-shapes'), read('credentials', 'Not told')) },

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
