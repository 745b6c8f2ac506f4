// Every fault on every endpoint of destinations: the person is told in words that fit, nothing that changes something is
// sent twice by itself, and the same action mends it.
import type { Page } from '@playwright/test';
import { Count } from './support/connect';
import { ALL, BY_SECRET, BY_TOKEN, KINDS, S3, TOKEN, configured, expect, one, test, type Desk, type Kind } from './support/destinations';
import { LATE, REFUSED, expectPlain, faultsOf } from './support/faults';
import { ownTime } from './support/time';

const SECRET = 'm4Zt9wQx/other';
const PAGE = `destinations/${S3}`;

interface Endpoint {
  name: string;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  /** Brings the page to where the action is. */
  begin(desk: Desk): Promise<void>;
  first(desk: Desk): Promise<void>;
  /** The same action again; the first one, when absent. */
  again?(desk: Desk): Promise<void>;
  /** Is to be seen when all is well. */
  well(desk: Desk): Promise<void>;
  /** Other words than usual, by the fault's name. */
  says?: Record<string, RegExp>;
  /** Faults that are no failure here, each told by other tests. */
  except?: string[];
  /** No answer in time is told in these words; those of the service when absent. */
  late?: RegExp;
  /** There is nobody signed in yet, so nothing is renewed. */
  out?: boolean;
}

const seen = (words: string | RegExp) => async (desk: Desk): Promise<void> => {
  await expect(desk.main.getByText(words).first()).toBeVisible();
};
const press = (action: string) => (desk: Desk): Promise<void> => desk.press(action);
const out = (values: typeof BY_SECRET | typeof BY_TOKEN) => async (desk: Desk): Promise<void> => {
  await desk.open();
  await desk.fillAccess(values);
};
const typed = async (desk: Desk): Promise<void> => {
  await desk.openIn(PAGE, BY_SECRET);
  await desk.fill({ secretKey: SECRET });
};
const filled = async (desk: Desk): Promise<void> => {
  await desk.openIn('destinations/new', BY_SECRET);
  await desk.fillBody(KINDS[0] as Kind);
};
const remove = async (desk: Desk): Promise<void> => {
  await desk.press('delete');
  await desk.press('confirm');
};
const NO_MATTER = ['truncated', 'wrong types', 'empty'];
const GONE: Record<string, RegExp> = { 404: /does not exist any more|no longer exists/ };
/** Where no credential in particular is meant. */
const NOTHING: Record<string, RegExp> = { 404: /found nothing there/ };
const PERMISSION: Record<string, RegExp> = { 403: /does not let you do this|not for this organisation/ };
const OF_FORM = { 400: /There is a problem[^]*The sandbox was told/, 422: /There is a problem[^]*The sandbox was told/ };
const UNSURE = /could not be confirmed/;

const ENDPOINTS: Endpoint[] = [
  {
    name: 'a token', method: 'POST', path: TOKEN, begin: out(BY_SECRET), first: press('use-access'), well: seen('9 credentials'), out: true,
  },
  {
    name: 'the list, to try our access', method: 'GET', path: ALL, begin: out(BY_TOKEN), first: press('use-access'), well: seen('9 credentials'),
    says: { ...NOTHING, ...PERMISSION }, out: true,
  },
  {
    name: 'one of them', method: 'GET', path: one(S3),
    begin: async (desk) => {
      await desk.openIn('destinations', BY_SECRET);
      await expect(desk.main.getByText('9 credentials')).toBeVisible();
    },
    first: (desk) => desk.page.getByRole('link', { name: 'Acme audience export (EU)', exact: true }).first().click(),
    again: async (desk) => {
      if ((await desk.action('retry').count()) > 0) await desk.press('retry');
      else {
        await desk.page.goBack();
        await expect(desk.main.getByText('9 credentials')).toBeVisible();
        await desk.page.getByRole('link', { name: 'Acme audience export (EU)', exact: true }).first().click();
      }
    },
    well: async (desk) => expect(desk.action('save')).toBeVisible(),
    // One that is gone is no failure to read it.
    says: PERMISSION, except: ['404'],
  },
  {
    name: 'creating one', method: 'POST', path: ALL, begin: filled, first: press('create'),
    well: async (desk) => expect(desk.main.getByRole('heading', { name: 'Created', exact: true })).toBeVisible(),
    says: { ...NOTHING, ...PERMISSION, ...OF_FORM },
    // Whatever comes with a success, it was created.
    except: ['empty'],
  },
  {
    name: 'looking before a save', method: 'GET', path: one(S3), begin: typed, first: press('save'), well: seen(/^Changed .*, before that /),
    // One that is gone is told in other words, by other tests.
    says: PERMISSION, except: ['404'],
  },
  {
    name: 'saving one', method: 'PUT', path: one(S3), begin: typed, first: press('save'), well: seen(/^Changed .*, before that /),
    says: {
      ...GONE, ...PERMISSION, ...OF_FORM,
      ...Object.fromEntries(['500', '503', 'html 502', 'html 200', 'login redirect', 'drop', 'drop before', ...NO_MATTER].map((name) => [name, UNSURE])),
    },
    // Whatever comes with a success, one reading tells what became of it.
    except: NO_MATTER, late: UNSURE,
  },
  {
    name: 'deleting one', method: 'DELETE', path: one(S3), begin: (desk) => desk.openIn(PAGE, BY_SECRET), first: remove,
    well: async (desk) => expect(desk.main.getByRole('heading', { name: 'Deleted', exact: true })).toBeVisible(),
    says: PERMISSION, except: ['404', ...NO_MATTER],
  },
];

const FAULTS = faultsOf('Adobe');

/** Nothing is on its way any more. */
async function quiet(page: Page, count: Count): Promise<void> {
  await expect.poll(() => count.unanswered()).toBe(0);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

test.beforeEach(({ guard }) => {
  guard.allowStatus(400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503);
  guard.allowNetworkErrors();
});

for (const { name, method, path, begin, first, again = first, well, says = {}, except = [], late, out = false } of ENDPOINTS) {
  test(`${name}: every fault is told, and the same action mends it`, async ({ desk, page, sandbox }) => {
    test.setTimeout(90_000);
    await begin(desk);
    const count = new Count(page, sandbox, new URL('gateway/', sandbox.console).pathname);
    let act = first;
    for (const bad of FAULTS.filter((bad) => !except.includes(bad.name))) {
      await quiet(page, count);
      const before = count.fetched(method, path);
      await sandbox.faults({ method, path, ...bad.fault });
      await act(desk);
      act = again;
      const words = desk.told(says[bad.name] ?? bad.says);
      await expect(words, bad.name).toBeVisible();
      await expectPlain(words, /The list does not have it, so it was probably not created\..*/);
      await expect(words).not.toContainText(/client secret|Enter a new one/i);
      await quiet(page, count);
      if (method !== 'GET') expect(count.fetched(method, path), `requests after ${bad.name}`).toBe(before + 1);
    }
    const before = count.fetched(method, path);
    await act(desk);
    await well(desk);
    if (method !== 'GET') expect(count.fetched(method, path)).toBe(before + 1);
  });

  test(`${name}: no answer in time`, async ({ desk, page, sandbox }) => {
    await ownTime(page);
    await begin(desk);
    const count = new Count(page, sandbox, new URL('gateway/', sandbox.console).pathname);
    await sandbox.faults({ method, path, ...LATE });
    await first(desk);
    await expect.poll(() => count.fetched(method, path)).toBe(1);
    await expect.poll(() => count.unanswered()).toBe(1);
    const words = desk.told(late ?? /Adobe did not answer within 30 seconds/);
    await page.clock.fastForward(25_000);
    await expect(words).toHaveCount(0);
    await page.clock.fastForward(6_000);
    await expect(words).toBeVisible();
    if (method !== 'GET') expect(count.fetched(method, path)).toBe(1);
    await again(desk);
    await well(desk);
  });

  if (out) continue;

  test(`${name}: a refused token is renewed`, async ({ desk, page, sandbox }) => {
    await begin(desk);
    const count = new Count(page, sandbox, new URL('gateway/', sandbox.console).pathname);
    await sandbox.faults({ method, path, ...REFUSED });
    await first(desk);
    if (method !== 'GET') {
      // What changes something waits for the person.
      await expect(desk.told(/access token|had to be renewed/)).toBeVisible();
      expect(count.fetched(method, path)).toBe(1);
      await again(desk);
    }
    await well(desk);
    if (method !== 'GET') expect(count.fetched(method, path)).toBe(2);
    expect(count.fetched('POST', TOKEN)).toBe(1);
    await expect(desk.standing).toContainText('left');
  });
}

for (const bad of FAULTS.filter(({ name }) => !['404'].includes(name))) {
  test(`reading after a save: ${bad.name}`, async ({ desk, page, sandbox }) => {
    await typed(desk);
    await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'delay', delay_ms: 400, after: true });
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await desk.press('save');
    await put;
    await sandbox.faults({ method: 'GET', path: one(S3), ...bad.fault });
    const words = desk.told(UNSURE);
    await expect(words).toContainText('It could not be read again to see');
    await expect(words).toContainText(PERMISSION[bad.name] ?? bad.says);
    await expect(desk.control('secretKey')).toHaveValue(SECRET);
    await desk.press('retry');
    await expect(words).toHaveCount(0);
    expect(await desk.requests('PUT')).toHaveLength(1);
  });
}

test.describe('behind a gateway, where nobody signs in here', () => {
  const { imsOrgId, sandboxName } = BY_SECRET;
  test.use({ config: configured({ label: 'Portal', access: 'gateway', preset: { imsOrgId, sandboxName } }) });

  test('the list: every fault is told, and the same action mends it', async ({ context, desk, page, sandbox }) => {
    await sandbox.session(context, 'scope3_demo_buyer');
    // A page in the place of an answer is a session that has ended, which other tests are about.
    const bad = FAULTS.filter(({ name }) => !['html 200', 'login redirect'].includes(name));
    await sandbox.faults({ method: 'GET', path: ALL, ...(bad[0] as (typeof bad)[0]).fault });
    await desk.open();
    for (const [at, { name, says }] of bad.entries()) {
      const words = desk.told({ ...NOTHING, ...PERMISSION }[name] ?? says);
      await expect(words, name).toBeVisible();
      await expectPlain(words);
      const next = bad[at + 1];
      if (next) await sandbox.faults({ method: 'GET', path: ALL, ...next.fault });
      await desk.press('retry');
      if (next) await expect.poll(() => desk.requests('GET', ALL).then((all) => all.length), next.name).toBe(at + 2);
    }
    await expect(page.getByText('9 credentials')).toBeVisible();
  });
});
