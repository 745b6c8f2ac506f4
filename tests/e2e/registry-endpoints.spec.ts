// Every fault on every endpoint of the registry: the person is told in words that fit, nothing is sent twice by itself
// (what is only read may be read again with a renewed token), and the same action mends it.
import type { Locator, Page } from '@playwright/test';
import {
  AGENTS, ATELIER, CONNECT, LAKESIDE, ME, MERIDIAN, SAVE, STATUS, STREAMHAUS, TEST, TIDEWATER, access, agentPath, alone, chooseToken,
  fillClient, openAgent, openAgents, pressSignIn,
} from './support/agents';
import type { App } from './support/app';
import { Count } from './support/connect';
import { LATE, REFUSED, expectPlain, faultsOf } from './support/faults';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

test.use({ registry: true });

const FAULTS = faultsOf('AgenticAdvertising.org');

interface Endpoint {
  name: string;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  /** Brings the page to where the action is. */
  begin(app: App, page: Page): Promise<void>;
  /** What makes the request for the first time. */
  first(app: App, page: Page): Promise<void>;
  /** The same action again; the first one, when absent. */
  again?(app: App, page: Page): Promise<void>;
  /** What is there when all is well. */
  well(page: Page): Locator;
  /** Other words than usual, by the fault's name. */
  says?: Record<string, RegExp>;
  /** Faults with an end of their own, which other tests are about. */
  except?: string[];
  /** Seconds until no answer is waited for any more. */
  patience?: number;
  /** It is part of signing in: nobody is signed in, so nothing can be renewed. */
  signsIn?: boolean;
  /** It is read by itself when the page is open and somebody is signed in. */
  bySelf?: boolean;
}

/** Wherever something is told. */
const told = (page: Page, says: RegExp): Locator => {
  const main = page.getByRole('main');
  return main.getByRole('alert').or(main.getByRole('status')).filter({ hasText: says });
};
const main = (page: Page, words: string | RegExp): Locator => page.getByRole('main').getByText(words);

/** Presses a button once the registry lets it be pressed again. */
const press = (action: string) => async (app: App): Promise<void> => {
  await expect(app.action(action)).not.toHaveAttribute('aria-disabled', 'true');
  await app.action(action).click();
};
const on = (url: string) => (app: App, page: Page): Promise<void> => openAgent(app, page, url);
const signedOut = async (app: App): Promise<void> => {
  await app.open('agents');
  await app.sandbox.registry({ consent: 'approve' });
};
const signIn = async (app: App, page: Page): Promise<void> => {
  await alone(page);
  await pressSignIn(app, page);
};
const takeBack = async (app: App): Promise<void> => {
  await press('disconnect')(app);
  await app.action('confirm').click();
};
const lone = (action: string) => async (app: App, page: Page): Promise<void> => {
  await alone(page);
  await press(action)(app);
};
const retry = lone('retry');
const NOT_OURS = { 403: /The registry does not let you change this agent/ };
/** A refusal of the form stands at it, in the server's words. */
const OF_FORM = { ...NOT_OURS, 400: /There is a problem[^]*Internal server error/, 422: /There is a problem[^]*Internal server error/ };
const OF_CODE = /did not accept its own answer any more/;

const ENDPOINTS: Endpoint[] = [
  { name: 'who signed in', method: 'GET', path: ME, begin: signedOut, first: signIn, again: retry, well: (page) => main(page, '8 agents'), bySelf: true },
  {
    name: 'the agents', method: 'GET', path: AGENTS, begin: signedOut, first: signIn, again: retry, well: (page) => main(page, '8 agents'), bySelf: true,
  },
  {
    name: 'what is saved', method: 'GET', path: agentPath(MERIDIAN, STATUS), begin: openAgents,
    first: (app) => app.follow('Meridian Signals'), again: retry, well: (page) => main(page, 'Saved does not mean that it works'), bySelf: true,
  },
  {
    name: 'saving client credentials', method: 'PUT', path: agentPath(STREAMHAUS, SAVE), patience: 40, says: OF_FORM,
    begin: async (app, page) => {
      await openAgent(app, page, STREAMHAUS);
      await fillClient(app);
    },
    first: press('save-and-test'), well: (page) => main(page, 'The credentials work'),
  },
  {
    name: 'testing them', method: 'POST', path: agentPath(MERIDIAN, TEST), patience: 40, says: NOT_OURS, begin: on(MERIDIAN),
    first: press('test'), well: (page) => main(page, 'The credentials work'), except: ['404'],
  },
  {
    name: 'saving a token', method: 'PUT', path: agentPath(STREAMHAUS, CONNECT), patience: 40, says: OF_FORM,
    begin: async (app, page) => {
      await openAgent(app, page, STREAMHAUS);
      await chooseToken(app);
      await app.control('auth_token').fill('s3cret');
    },
    first: press('save'), well: (page) => main(page, 'The token is saved'),
  },
  {
    name: 'preparing consent', method: 'PUT', path: agentPath(LAKESIDE, CONNECT), patience: 40, says: NOT_OURS, begin: on(LAKESIDE),
    first: lone('consent'), well: (page) => main(page, 'Waiting for the sign-in at the agent'),
  },
  {
    name: 'whether people can consent', method: 'GET', path: 'api/oauth/agent/*', patience: 40, says: NOT_OURS, begin: on(ATELIER),
    first: lone('consent'), well: (page) => main(page, 'Waiting for the sign-in at the agent'),
  },
  {
    name: 'taking consent back', method: 'DELETE', path: 'api/oauth/agent/*', says: NOT_OURS, begin: on(ATELIER), first: takeBack,
    well: (page) => main(page, 'The sign-in at the agent is undone'),
    // A status of success says that it is gone, whatever else comes with it; a page does not.
    except: ['truncated', 'wrong types', 'empty'],
  },
  {
    name: 'taking a token back', method: 'DELETE', path: agentPath(TIDEWATER, CONNECT), says: NOT_OURS,
    begin: async (app, page) => {
      await app.sandbox.registry({ connect_delete: true });
      await openAgent(app, page, TIDEWATER);
    },
    first: takeBack, well: (page) => main(page, 'The static token is removed'), except: ['404', 'truncated', 'wrong types', 'empty'],
  },
  {
    name: 'the document of the registry', method: 'GET', path: '.well-known/oauth-protected-resource/api', begin: signedOut, first: signIn,
    well: (page) => main(page, '8 agents'), signsIn: true,
  },
  {
    name: 'the document of its server', method: 'GET', path: '.well-known/oauth-authorization-server', begin: signedOut, first: signIn,
    well: (page) => main(page, '8 agents'), signsIn: true,
  },
  {
    name: 'registering this page', method: 'POST', path: 'register', begin: signedOut, first: signIn, well: (page) => main(page, '8 agents'), signsIn: true,
  },
  {
    name: 'a token for a code', method: 'POST', path: 'token', begin: signedOut, first: signIn, well: (page) => main(page, '8 agents'), signsIn: true,
    says: { 400: OF_CODE, 422: OF_CODE, 500: OF_CODE },
  },
];

test.beforeEach(({ guard }) => {
  guard.allowStatus(400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503);
  guard.allowNetworkErrors();
});

for (const endpoint of ENDPOINTS) {
  const { name, method, path, first, again = first, well, says = {}, patience = 30, signsIn = false, bySelf = false } = endpoint;

  test(`${name}: every fault is told, and the same action mends it`, async ({ app, page, sandbox }) => {
    test.setTimeout(60_000);
    await endpoint.begin(app, page);
    const count = new Count(page, sandbox, sandbox.registryGateway);
    let act = first;
    let expected = 0;
    for (const bad of FAULTS.filter((bad) => !endpoint.except?.includes(bad.name))) {
      await sandbox.faults({ method, path, ...bad.fault });
      await act(app, page);
      act = again;
      expected += 1;
      const words = told(page, says[bad.name] ?? bad.says).first();
      await expect(words, bad.name).toBeVisible();
      await expectPlain(words);
      if (bad.name !== '403') await expect(words).not.toContainText(/access token|password/i);
      await expect(app.action('sign-in')).toHaveCount(signsIn ? 1 : 0);
      expect(count.fetched(method, path), `requests after ${bad.name}`).toBe(expected);
    }
    await act(app, page);
    await expect(well(page).first()).toBeVisible();
    expect(count.fetched(method, path)).toBe(expected + 1);
  });

  test(`${name}: no answer in time`, async ({ app, page, sandbox }) => {
    await ownTime(page);
    await endpoint.begin(app, page);
    const count = new Count(page, sandbox, sandbox.registryGateway);
    await sandbox.faults({ method, path, ...LATE });
    await first(app, page);
    await expect.poll(() => count.fetched(method, path)).toBe(1);
    // Whatever else the page reads has come, or the clock would cut it off as well.
    await expect.poll(() => count.unanswered()).toBe(1);
    await alone(page);
    const late = told(page, new RegExp(`did not answer within ${patience} seconds`));
    await page.clock.fastForward((patience - 5) * 1000);
    await expect(late).toHaveCount(0);
    await page.clock.fastForward(6_000);
    await expect(late.first()).toBeVisible();
    expect(count.fetched(method, path)).toBe(1);
    await again(app, page);
    await expect(well(page).first()).toBeVisible();
    expect(count.fetched(method, path)).toBe(2);
  });

  if (signsIn) {
    test(`${name}: a 401 is not about a token`, async ({ app, page, sandbox }) => {
      await endpoint.begin(app, page);
      await sandbox.faults({ method, path, ...REFUSED });
      await first(app, page);
      const words = told(page, /could not be started|did not register this page|could not be signed in/).first();
      await expect(words).toBeVisible();
      await expect(words).not.toContainText(/access token|Enter a new one/);
      await again(app, page);
      await expect(well(page).first()).toBeVisible();
    });
    continue;
  }

  test(`${name}: a refused token is renewed`, async ({ app, page, sandbox }) => {
    await endpoint.begin(app, page);
    const count = new Count(page, sandbox, sandbox.registryGateway);
    await sandbox.faults({ method, path, ...REFUSED });
    await first(app, page);
    if (method !== 'GET') {
      // What changes something waits for the person.
      await expect(told(page, /had to be renewed/).first()).toBeVisible();
      expect(count.fetched(method, path)).toBe(1);
      await again(app, page);
    }
    await expect(well(page).first()).toBeVisible();
    // What was known before may be shown before it is asked for again.
    await expect.poll(() => count.fetched(method, path)).toBe(2);
    const renewals = (await sandbox.registryRequests('POST', 'token')).filter(({ body }) => body.grant_type === 'refresh_token');
    expect(renewals).toHaveLength(1);
  });

  test(`${name}: a token that cannot be renewed is asked for in place`, async ({ app, page, sandbox }) => {
    await endpoint.begin(app, page);
    const count = new Count(page, sandbox, sandbox.registryGateway);
    await sandbox.faults({ method, path, ...REFUSED });
    // Where signing in comes first, its own exchange goes well.
    if (first === signIn) await sandbox.faults({ method: 'POST', path: 'token', fault: 'delay' });
    await sandbox.faults({ method: 'POST', path: 'token', fault: 'status', status: 500 });
    await first(app, page);
    await expect(page.getByText('Your sign-in has ended')).toBeVisible();
    expect(count.fetched(method, path)).toBe(1);
    await signIn(app, page);
    await expect(access(page)).toBeVisible();
    await alone(page);
    if (!bySelf) {
      expect(count.fetched(method, path)).toBe(1);
      await again(app, page);
    }
    await expect(well(page).first()).toBeVisible();
  });
}

test('who signed in is not known: no agents are asked for', async ({ app, page, sandbox }) => {
  await signedOut(app);
  await sandbox.faults({ method: 'GET', path: ME, fault: 'status', status: 503 });
  await signIn(app, page);
  await expect(told(page, /has a problem \(status 503\)/).first()).toBeVisible();
  expect(await sandbox.registryRequests('GET', AGENTS)).toEqual([]);
});

test('a status that cannot be read leaves the others in the list', async ({ app, page, sandbox }) => {
  await signedOut(app);
  await sandbox.faults({ method: 'GET', path: agentPath(MERIDIAN, STATUS), fault: 'status', status: 500 });
  await signIn(app, page);
  const row = (name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
  await expect(row('Meridian Signals')).toContainText('Could not be checked');
  await expect(row('Tidewater Buying')).toContainText('Token before client credentials');
});
