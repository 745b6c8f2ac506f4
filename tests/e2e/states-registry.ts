// The states of the registry's pages: signing in, the agents, and the credentials of one of them.
import { expect } from '@playwright/test';
import {
  ATELIER, CLIENT_SECRET, LAKESIDE, ME, MERIDIAN, NORTHLIGHT, SAVE, STREAMHAUS, TIDEWATER, access, agentPath, alone, chooseToken, documented, fillClient,
  openAgent, openAgentForm, openAgents, pageOf, pressSignIn, signIn,
} from './support/agents';
import type { Fault } from './support/sandbox';
import { NEVER, broken, first, press, seen, type State } from './support/state';

const AGENTS = '/agents';
const AGENT = '/agents/:encodedUrl';

/** The list, with nobody signed in. */
const out: State['go'] = (_page, app) => app.open('agents');
/** The sign-in is begun at a server that asks, or does not. */
const begun = (consent: 'ask' | 'approve' | 'deny'): State['go'] => async (page, app, sandbox) => {
  await sandbox.registry({ consent });
  await pressSignIn(app, page);
};
const lone: State['go'] = (page) => alone(page);
/** The page of an agent, signed in. */
const agent = (url: string): State['go'] => (page, app) => openAgent(app, page, url);
/** The same with client credentials typed in. */
const filled = (url = STREAMHAUS, values = {}): State['go'] => async (page, app) => {
  await openAgentForm(app, page, url);
  await fillClient(app, { client_secret: CLIENT_SECRET, ...values });
};
/** And sent into these faults. */
const saved = (words: string | RegExp, ...faults: Fault[]): State['go'] => first(filled(), broken(...faults), press('save-and-test'), seen(words));
const save = (fault: Partial<Fault> & Pick<Fault, 'fault'>): Fault => ({ method: 'PUT', path: agentPath(STREAMHAUS, SAVE), ...fault });
const noTabs: State['go'] = async (page) => {
  await page.addInitScript(() => Object.assign(window, { open: () => null }));
};

/** Answers what an organisation's key may not know. */
const me = (organizations: unknown[]): State['go'] => (_page, _app, sandbox) =>
  sandbox.faults({ path: ME, fault: 'status', status: 200, body: { user: { id: 'u', email: 'buyer@acmebrand.example' }, organizations } });

const all: Omit<State, 'registry'>[] = [
  { name: 'agents-signed-out', route: AGENTS, go: first(out, seen('Sign in to AgenticAdvertising.org (Sandbox)')) },
  {
    name: 'agents-key',
    route: AGENTS,
    go: first(out, (page) => page.getByText('Use an organisation key instead').click(), seen('A key stands for no person')),
  },
  {
    name: 'agents-key-errors',
    route: AGENTS,
    go: first(out, (page) => page.getByText('Use an organisation key instead').click(), press('use-key'), seen('There is a problem')),
  },
  {
    name: 'agents-preparing',
    route: AGENTS,
    go: first(out, broken({ path: 'register', fault: 'delay', delay_ms: NEVER }), begun('ask'), lone, seen('Preparing the sign-in')),
  },
  { name: 'agents-waiting', route: AGENTS, go: first(out, begun('ask'), seen('Waiting for your sign-in'), lone) },
  {
    name: 'agents-waiting-blocked',
    route: AGENTS,
    go: first(noTabs, out, press('sign-in'), seen('We could not control the tab')),
  },
  {
    name: 'agents-exchanging',
    route: AGENTS,
    go: first(out, broken({ path: 'token', fault: 'delay', delay_ms: NEVER }), begun('approve'), seen('Signing you in'), lone),
  },
  { name: 'agents-denied', route: AGENTS, go: first(out, begun('deny'), seen('Access was not granted'), lone) },
  {
    name: 'agents-untrusted',
    route: AGENTS,
    go: first(out, (_page, _app, sandbox) => sandbox.registry({ issuer: 'wrong' }), begun('ask'), seen('The sign-in was not started'), lone),
  },
  { name: 'agents', route: AGENTS, go: (page, app) => openAgents(app, page) },
  {
    name: 'agents-loading',
    route: AGENTS,
    go: first(out, broken({ path: 'api/me/agents', fault: 'delay', delay_ms: NEVER }), (page, app) => signIn(app, page), seen('Reading the agents…')),
  },
  {
    name: 'agents-one-organisation',
    route: AGENTS,
    go: first(me([{ id: 'org_acme', name: 'Acme Brand' }]), (page, app) => openAgents(app, page)),
  },
  {
    name: 'agents-no-organisation',
    route: AGENTS,
    go: first(me([]), out, (page, app) => signIn(app, page), seen('You belong to no organisation')),
  },
  {
    name: 'agents-none',
    route: AGENTS,
    go: first((_page, _app, sandbox) => sandbox.reset('empty'), out, (page, app) => signIn(app, page), seen('No agents yet')),
  },
  {
    name: 'agents-load-error',
    route: AGENTS,
    go: first(out, broken({ path: 'api/me/agents', fault: 'status', status: 503 }), (page, app) => signIn(app, page), seen(/has a problem \(status 503\)/)),
  },
  {
    name: 'agents-address-errors',
    route: AGENTS,
    go: first((page, app) => openAgents(app, page), (page) => page.getByLabel('Agent URL').fill('http://10.0.0.1#x'), press('open-agent'), seen('There is a problem')),
  },
  {
    name: 'agents-by-key',
    route: AGENTS,
    go: async (page, app, sandbox, guard) => {
      guard.allowStatus(400);
      await sandbox.registry({ me_for_keys: true });
      await out(page, app, sandbox, guard);
      await page.getByText('Use an organisation key instead').click();
      await app.giveToken('sk_aao_demo_acme');
      await expect(access(page)).toContainText('Organisation key, kept in memory only');
    },
  },
  {
    name: 'agents-ended',
    route: AGENTS,
    go: async (page, app, sandbox, guard) => {
      guard.allowStatus(401, 500);
      await openAgents(app, page);
      await sandbox.registry({ forget: ['access_tokens', 'refresh_tokens'] });
      await app.follow('Meridian Signals');
      await expect(page.getByText('Your sign-in has ended')).toBeVisible();
    },
  },

  { name: 'agent-signed-out', route: AGENT, go: (_page, app) => app.open(pageOf(STREAMHAUS)) },
  { name: 'agent-nothing', route: AGENT, go: first(agent(STREAMHAUS), seen('Nothing saved, or not yours')) },
  { name: 'agent-client', route: AGENT, go: first(agent(MERIDIAN), seen('Saved does not mean that it works')) },
  { name: 'agent-shadowed', route: AGENT, go: first(agent(TIDEWATER), seen('The static token is used')) },
  { name: 'agent-consented', route: AGENT, go: first(agent(ATELIER), seen('Done, and valid')) },
  {
    name: 'agent-status-error',
    route: AGENT,
    go: first(
      (page, app) => openAgents(app, page),
      broken({ path: agentPath(MERIDIAN, 'auth-status'), fault: 'status', status: 500, count: 2 }),
      (_page, app) => app.follow('Meridian Signals'),
      seen(/has a problem \(status 500\)/),
    ),
  },
  {
    name: 'agent-form-errors',
    route: AGENT,
    phase: 'editing',
    go: first(
      filled(STREAMHAUS, { token_endpoint: 'http://auth.example/#x', client_id: '$ENV:HOME', client_secret: '', scope: 'a', resource: 'a b c d e f g h i' }),
      press('save-and-test'),
      seen('There is a problem'),
    ),
  },
  { name: 'agent-replace', route: AGENT, phase: 'editing', go: first(agent(MERIDIAN), press('replace'), seen('A save replaces all of this kind')) },
  {
    name: 'agent-token',
    route: AGENT,
    phase: 'editing',
    go: first(agent(STREAMHAUS), async (_page, app) => {
      await chooseToken(app);
      await app.control('auth_token').fill(CLIENT_SECRET);
    }),
  },
  { name: 'agent-saving', route: AGENT, phase: 'submitting', go: saved('that may take 40 seconds', save({ fault: 'delay', delay_ms: NEVER })) },
  {
    name: 'agent-testing',
    route: AGENT,
    phase: 'submitting',
    go: saved('asks the token endpoint for a token', { path: '*/test', fault: 'delay', delay_ms: NEVER }),
  },
  { name: 'agent-works', route: AGENT, go: first(agent(MERIDIAN), press('test'), seen('The credentials work')) },
  { name: 'agent-refused-client', route: AGENT, phase: 'editing', go: saved('The token endpoint does not know this client') },
  {
    name: 'agent-no-endpoint',
    route: AGENT,
    phase: 'editing',
    go: first(filled(STREAMHAUS, { client_id: 'not-found', client_secret: 'demo-secret' }), press('save-and-test'), seen('This address is not the token endpoint')),
  },
  {
    name: 'agent-forbidden',
    route: AGENT,
    phase: 'editing',
    go: first(filled(NORTHLIGHT), broken(), press('save-and-test'), seen('The registry does not let you change this agent')),
  },
  { name: 'agent-waits', route: AGENT, phase: 'editing', go: saved('asks us to slow down', save({ fault: 'status', status: 429, retry_after: 55 })) },
  { name: 'agent-unsure', route: AGENT, phase: 'editing', go: saved('could not be told whether this was saved', save({ fault: 'status', status: 503 })) },
  {
    name: 'agent-refused-field',
    route: AGENT,
    phase: 'editing',
    go: saved('There is a problem', save({ fault: 'status', status: 400, body: documented('error-missing-field').response.body })),
  },
  { name: 'agent-question', route: AGENT, go: first(agent(TIDEWATER), press('disconnect'), seen('Remove the static token?')) },
  {
    name: 'agent-not-taken-back',
    route: AGENT,
    go: first(agent(TIDEWATER), broken(), press('disconnect'), press('confirm'), seen('This registry cannot remove a saved token')),
  },
  { name: 'agent-consent', route: AGENT, go: first(agent(LAKESIDE), press('consent'), seen('Waiting for the sign-in at the agent'), lone) },
  {
    name: 'agent-consent-blocked',
    route: AGENT,
    go: first(
      agent(LAKESIDE),
      (page) => page.evaluate(() => void Object.assign(window, { open: () => null })),
      press('consent'),
      seen('We could not control the tab'),
    ),
  },
  { name: 'agent-no-consent', route: AGENT, go: first(agent(STREAMHAUS), press('consent'), seen('This agent offers no sign-in of its own')) },

  { name: 'settings-registry', route: '/settings', go: first((_page, app) => app.open('settings'), seen('registry.identity')) },
  { name: 'overview-registry', route: '/', go: first((_page, app) => app.open(), seen('Credentials with which the registry reaches your agents')) },
];

export const registryStates: State[] = all.map((state) => ({ ...state, registry: true }));
