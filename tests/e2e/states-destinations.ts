// The states of the pages about destinations: signing in to Adobe, the list, a new credential of each type, and one that
// is there.
import { choose, fill, formOf, typedBy } from './support/catalog';
import { WAYS } from './support/catalog-ways';
import { MARK } from './support/connect';
import type { Fault } from './support/sandbox';
import { NEVER, broken, first, press, seen, type State } from './support/state';
import { DESTINATIONS, type DestinationsSwitches } from './support/switches';
import { ownTime } from './support/time';

const LIST = '/destinations';
const NEW = '/destinations/new';
const ONE = '/destinations/:instanceId';
const ALL = 'destinations/credentials';
const ANY = `${ALL}/*`;
const TOKEN = 'ims/ims/token/v3';
/** Often enough for any test. */
const MANY = 100;

/** Seeded ones: basic, S3, SSH, both of Azure, user credentials, client credentials, and one with an odd id. */
const BASIC = 'n55affa0-3747-4030-895d-1d1236bb3680';
const S3 = 'n55affa0-3747-4030-895d-1d1236bb3681';
const SSH = 'n0c7d1e5-5b1f-4c58-9d0f-7a4e2f61b390';
const STRING = 'n8e41c07-d2a6-45f9-83be-60f17c9a2b5d';
const CLIENT = 'nd17e5b0-6f82-4c39-b90a-2e6c84f5a713';
const UNNAMED = 'n4a8c2d6-ee15-4d97-8f6b-b71d09c35e28';

const WHOSE = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, sandboxName: DESTINATIONS.sandbox };
const GATEWAY = { storefront: { api: 'gateway/storefront', access: 'gateway', label: 'Portal' }, destinations: { access: 'gateway', label: 'Portal' } };
/** The same for an organisation and a sandbox that are settled. */
const PRESET = { ...GATEWAY, destinations: { ...GATEWAY.destinations, preset: { imsOrgId: WHOSE.imsOrgId, sandboxName: WHOSE.sandboxName } } };

const opened = (path = 'destinations'): State['go'] => (_page, app) => app.open(path);
const switched = (switches: DestinationsSwitches & { forget?: 'tokens'[]; touch?: string }): State['go'] => (_page, _app, sandbox) => sandbox.destinations(switches);
/** Fills the form that asks who we are: by a token, or by a client's secret. */
const access = (values: Record<string, string> = {}, by: 'adobe_token' | 'adobe_client' = 'adobe_token'): State['go'] => async (page) => {
  await choose(page, 'destinations', by);
  const secret = by === 'adobe_token' ? { accessToken: DESTINATIONS.token } : { clientSecret: DESTINATIONS.clientSecret };
  await fill(page.locator('form[data-service="destinations"]'), { ...WHOSE, ...secret, ...values });
};
/** A page, with these faults planned, after signing in there. */
const read = (path: string, words: string | RegExp, ...faults: Fault[]): State['go'] =>
  first(opened(path), access(), broken(...faults), press('use-access'), seen(words));
const refused = (words: string | RegExp, fill: State['go'], ...faults: Fault[]): State['go'] => async (page, app, sandbox, guard) => {
  guard.allowNetworkErrors();
  await first(opened(), fill, broken(...faults), press('use-access'), seen(words))(page, app, sandbox, guard);
};
const list = read('destinations', '9 credentials');

/** Our own words for the ten types, as part of a name. */
const TYPES: Record<string, string> = {
  basic: 'basic', s3: 'amazon', ssh: 'ssh', azure_service_principal: 'azure', azure_connection_string: 'connection-string', oauth1: 'oauth-one',
  oauth2_user_credential: 'user', oauth2_client_credential: 'client', oauth2_access_token: 'access-token', oauth2_refresh_token: 'refresh-token',
};
const typed = (id: string): State['go'] => async (page, app) => {
  const way = WAYS.find((way) => way.service === 'destinations' && way.id === id);
  if (way === undefined) throw new Error(`there is no way through ${id}`);
  await way.open(app, page);
  const secret = ([name, value]: [string, string]): [string, string] => [name, value.replace('s3cret', MARK)];
  await fill(formOf(page, way), Object.fromEntries(Object.entries(typedBy(way)).map(secret)));
};
/** A new one of the first type, sent into these faults. */
const created = (words: string | RegExp, ...faults: Fault[]): State['go'] => async (page, app, sandbox, guard) => {
  guard.allowNetworkErrors();
  await first(typed('basic'), broken(...faults), press('create'), seen(words))(page, app, sandbox, guard);
};
const post = (fault: Partial<Fault> & Pick<Fault, 'fault'>): Fault => ({ method: 'POST', path: ALL, ...fault });
const LOST: Fault = { method: 'GET', path: ALL, fault: 'drop-before', count: MANY };

const one = (id: string, words: string | RegExp = 'Replace it', ...faults: Fault[]): State['go'] => read(`destinations/${encodeURIComponent(id)}`, words, ...faults);
/** The first one with its secret typed again. */
const again: State['go'] = first(one(BASIC), (_page, app) => app.control('password').fill(`${MARK} again`));
const saved = (words: string | RegExp, ...faults: Fault[]): State['go'] => async (page, app, sandbox, guard) => {
  guard.allowNetworkErrors();
  await first(again, broken(...faults), press('save'), seen(words))(page, app, sandbox, guard);
};
const deleted = (words: string | RegExp, ...faults: Fault[]): State['go'] => async (page, app, sandbox, guard) => {
  guard.allowNetworkErrors();
  await first(one(S3), broken(...faults), press('delete'), press('confirm'), seen(words))(page, app, sandbox, guard);
};
const onlyOne = (fault: Partial<Fault> & Pick<Fault, 'fault'>, method = 'GET'): Fault => ({ method, path: ANY, ...fault });
const strange = { instanceId: BASIC, type: 'NEW_KIND', name: 'Of a new kind', newAuthentication: { something: 'else' } };

export const destinationsStates: State[] = [
  { name: 'destinations-signed-out', route: LIST, phase: 'editing', go: opened() },
  { name: 'destinations-access-errors', route: LIST, phase: 'editing', go: first(opened(), press('use-access'), seen('There is a problem')) },
  {
    name: 'destinations-access-doubts',
    route: LIST,
    phase: 'editing',
    go: first(opened(), access({ imsOrgId: 'acme@AdobeOrg', sandboxName: 'Prod' }), press('use-access'), seen('This is an unusual organisation ID.')),
  },
  { name: 'destinations-access-token', route: LIST, phase: 'editing', go: first(opened(), access()) },
  {
    name: 'destinations-signing-in',
    route: LIST,
    phase: 'submitting',
    go: refused('Checking…', access({}, 'adobe_client'), { path: TOKEN, fault: 'delay', delay_ms: NEVER }),
  },
  {
    name: 'destinations-secret-refused',
    route: LIST,
    phase: 'editing',
    go: refused('Adobe did not accept this client secret', access({ clientSecret: MARK }, 'adobe_client')),
  },
  { name: 'destinations-token-refused', route: LIST, phase: 'editing', go: refused('Adobe did not accept this access token', access({ accessToken: MARK })) },
  {
    name: 'destinations-key-refused',
    route: LIST,
    phase: 'editing',
    go: refused('Adobe does not know this API key', access({ apiKey: 'f'.repeat(32) })),
  },
  { name: 'destinations-no-network', route: LIST, phase: 'editing', go: refused('Adobe could not be reached', access(), { path: ALL, fault: 'drop-before' }) },
  { name: 'destinations-no-permission', route: LIST, phase: 'editing', go: first(switched({ permission: false }), refused('Destination Authoring', access())) },
  { name: 'destinations', route: LIST, go: list },
  { name: 'destinations-by-secret', route: LIST, go: first(opened(), access({}, 'adobe_client'), press('use-access'), seen(/hours \d+ minutes left/)) },
  {
    name: 'destinations-loading',
    route: LIST,
    config: PRESET,
    go: first(broken({ method: 'GET', path: ALL, fault: 'delay', delay_ms: NEVER, count: MANY }), opened(), seen('Reading the credentials…')),
  },
  { name: 'destinations-none', route: LIST, go: first(opened(), access({ sandboxName: DESTINATIONS.emptySandbox }), press('use-access'), seen('No credentials yet')) },
  { name: 'destinations-filtered', route: LIST, go: read('destinations?find=northlight', /2 of 9 credentials/) },
  { name: 'destinations-nothing-fits', route: LIST, go: read('destinations?find=zzz', 'Nothing fits') },
  {
    name: 'destinations-failed',
    route: LIST,
    config: PRESET,
    go: first(broken({ method: 'GET', path: ALL, fault: 'status', status: 503, count: MANY }), opened(), seen(/has a problem \(status 503\)/)),
  },
  {
    name: 'destinations-ended',
    route: LIST,
    phase: 'editing',
    go: first(list, switched({ forget: ['tokens'] }), broken(), (_page, app) => app.follow('Acme audience export (EU)'), seen('Your access to Adobe has ended')),
  },
  {
    name: 'destinations-renewal-failing',
    route: LIST,
    go: first(
      (page) => ownTime(page),
      switched({ token_lifetime: 1000 }),
      opened(),
      access({}, 'adobe_client'),
      press('use-access'),
      seen('9 credentials'),
      broken({ path: TOKEN, fault: 'status', status: 503, count: MANY }),
      (page) => page.clock.fastForward(930_000),
      seen('The token could not be renewed'),
    ),
  },
  { name: 'destinations-gateway', route: LIST, phase: 'editing', config: GATEWAY, go: first(opened(), seen('Where to look')) },
  {
    name: 'destinations-session-ended',
    route: LIST,
    config: PRESET,
    go: first(broken({ method: 'GET', path: ALL, fault: 'status', status: 401, count: MANY }), opened(), seen('Your session has ended')),
  },
  {
    name: 'destinations-gateway-list',
    route: LIST,
    config: GATEWAY,
    go: async (page, app, sandbox, guard) => {
      await sandbox.session(page.context(), 'scope3_demo_buyer');
      await app.open('destinations');
      await fill(page.locator('form[data-service="destinations"]'), { imsOrgId: WHOSE.imsOrgId, sandboxName: WHOSE.sandboxName, apiKey: WHOSE.apiKey });
      await first(press('use-access'), seen('9 credentials'))(page, app, sandbox, guard);
    },
  },

  { name: 'destination-new-signed-out', route: NEW, phase: 'editing', go: opened('destinations/new') },
  ...Object.entries(TYPES).map(([id, name]): State => ({ name: `destination-new-${name}`, route: NEW, phase: 'editing', go: typed(id) })),
  {
    name: 'destination-new-errors',
    route: NEW,
    phase: 'editing',
    go: first(read('destinations/new', 'Create credential'), press('create'), seen('There is a problem')),
  },
  {
    name: 'destination-new-doubts',
    route: NEW,
    phase: 'editing',
    go: first(typed('s3'), (_page, app) => app.control('accessId').fill('ASIAIOSFODNN7EXAMPLE'), seen('This is a temporary access key.')),
  },
  { name: 'destination-creating', route: NEW, phase: 'submitting', go: created('Creating…', post({ fault: 'delay', delay_ms: NEVER })) },
  { name: 'destination-created', route: NEW, go: created('Link it in the configuration of your destination.') },
  { name: 'destination-created-listed', route: NEW, go: created('The answer was lost, but the list has it.', post({ fault: 'drop', after: true })) },
  {
    name: 'destination-created-without-id',
    route: NEW,
    go: first(switched({ created: 'empty' }), created('Adobe did not say its instance ID', LOST)),
  },
  { name: 'destination-not-listed', route: NEW, phase: 'editing', go: created('The list does not have it', post({ fault: 'drop' })) },
  { name: 'destination-unknown', route: NEW, phase: 'editing', go: created('It is not known whether it was created', post({ fault: 'drop' }), LOST) },
  {
    name: 'destination-not-created',
    route: NEW,
    phase: 'editing',
    go: created('There is a problem', post({ fault: 'status', status: 400 })),
  },
  {
    name: 'destination-not-allowed',
    route: NEW,
    phase: 'editing',
    go: first(typed('basic'), broken(), switched({ permission: false }), press('create'), seen('Destination Authoring')),
  },

  { name: 'destination-signed-out', route: ONE, phase: 'editing', go: opened(`destinations/${BASIC}`) },
  { name: 'destination', route: ONE, phase: 'editing', go: one(BASIC) },
  { name: 'destination-key', route: ONE, phase: 'editing', go: one(SSH) },
  { name: 'destination-string', route: ONE, phase: 'editing', go: one(STRING) },
  { name: 'destination-unnamed', route: ONE, phase: 'editing', go: one(UNNAMED, 'Without a name') },
  {
    name: 'destination-linked',
    route: ONE,
    phase: 'editing',
    go: first(one(BASIC), (page) => page.locator('summary').filter({ hasText: 'For destinationDelivery' }).click(), seen('PLATFORM_AUTHENTICATION')),
  },
  { name: 'destination-loading', route: ONE, go: one(BASIC, 'What is saved', onlyOne({ fault: 'delay', delay_ms: NEVER, count: MANY })) },
  { name: 'destination-failed', route: ONE, go: one(BASIC, /has a problem \(status 503\)/, onlyOne({ fault: 'status', status: 503, count: MANY })) },
  { name: 'destination-gone', route: ONE, go: one('n-nowhere', 'This credential does not exist any more') },
  {
    name: 'destination-strange',
    route: ONE,
    go: one(BASIC, 'Of a new kind', onlyOne({ fault: 'status', status: 200, body: strange, count: MANY })),
  },
  {
    name: 'destination-secret-errors',
    route: ONE,
    phase: 'editing',
    go: first(one(CLIENT), press('save'), seen(/Enter the developer token again, or choose Remove/)),
  },
  { name: 'destination-secret-removed', route: ONE, phase: 'editing', go: first(one(CLIENT), press('remove-secret'), seen('It will be removed when you save.')) },
  { name: 'destination-comparing', route: ONE, phase: 'submitting', go: saved('Looking for changes by others…', onlyOne({ fault: 'delay', delay_ms: NEVER })) },
  { name: 'destination-saving', route: ONE, phase: 'submitting', go: saved('Saving…', onlyOne({ fault: 'delay', delay_ms: NEVER }, 'PUT')) },
  { name: 'destination-saved', route: ONE, phase: 'editing', go: saved(/^Saved$/) },
  { name: 'destination-not-confirmed', route: ONE, phase: 'editing', go: first(switched({ ignore_put: true }), saved('The save could not be confirmed')) },
  { name: 'destination-not-saved', route: ONE, phase: 'editing', go: saved('This access is not for this organisation', onlyOne({ fault: 'status', status: 403 }, 'PUT')) },
  { name: 'destination-refused', route: ONE, phase: 'editing', go: saved('There is a problem', onlyOne({ fault: 'status', status: 400 }, 'PUT')) },
  {
    name: 'destination-changed',
    route: ONE,
    phase: 'editing',
    go: first(again, switched({ touch: BASIC }), press('save'), seen('It was changed since you opened it')),
  },
  { name: 'destination-question', route: ONE, go: first(one(S3), press('delete'), seen('A destination may still point to it')) },
  { name: 'destination-deleting', route: ONE, phase: 'submitting', go: deleted('Deleting…', onlyOne({ fault: 'delay', delay_ms: NEVER }, 'DELETE')) },
  { name: 'destination-deleted', route: ONE, go: deleted(/^Deleted$/) },
  {
    name: 'destination-not-deleted',
    route: ONE,
    go: deleted('It is not known whether it was deleted', onlyOne({ fault: 'drop-before' }, 'DELETE'), onlyOne({ fault: 'status', status: 503 })),
  },
];
