// Who makes the calls of `<credenza-connect>`: a token of the page's, one that the person gives, or the page's session; and
// the headers that the page adds.
import type { Page } from '@playwright/test';
import { ACCOUNT as OURS, CREDENTIALS, KEY, detail, registration } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, config, host, ready, source } from './support/element';
import type { Host } from './support/element';
import type { Guard } from './support/guard';
import { fingerprint, type Logged, type Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const POST = { method: 'POST', path: registration() } as const;
const REFUSED = { fault: 'status', status: 401 } as const;
const EXPIRED = 'scope3_demo_expired';
const BUYER = 'scope3_demo_buyer';
const FIRST = { service: 'storefront', reason: 'first' };
const AGAIN = { service: 'storefront', reason: 'unauthorized' };
const bearer = (token: string) => ({ scheme: 'Bearer', ...fingerprint(token) });

const everything = (sandbox: Sandbox): Promise<Logged[]> => sandbox.requests(undefined, /./);
const sends = (there: Host): Promise<void> => there.button('Connect source').click();

/** A form that is sent while the service takes the page's first token no longer; `next` is its other one. */
async function refusedMidway(page: Page, sandbox: Sandbox, guard: Guard, next: string, count = 1): Promise<Host> {
  guard.allowStatus(401);
  const there = await host(page, sandbox);
  await there.gives(BUYER, next);
  await there.configure();
  await there.fillKey();
  await sandbox.faults({ ...POST, ...REFUSED, count });
  await sends(there);
  return there;
}

test('the page is asked once, and its token goes with every call', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox);
  await there.connects();
  expect(await there.asked()).toEqual([FIRST]);
  const requests = await everything(sandbox);
  expect(requests.length).toBeGreaterThan(4);
  for (const request of requests) {
    expect(request.headers['authorization']).toEqual(bearer(BUYER));
    expect(request.headers).not.toHaveProperty('cookie');
    expect(request.headers).not.toHaveProperty('x-credenza');
  }
  await expect(there.field('Interchange access token')).toHaveCount(0);
});

test('a token that is refused: the page is asked again, and told why', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const there = await host(page, sandbox);
  await there.gives(EXPIRED, ` ${BUYER}\n`);
  await there.configure();
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
  expect(await there.asked()).toEqual([FIRST, AGAIN]);
  expect(await there.names()).toEqual(['ready']);
});

test('the same token again is not tried again; the person may try when the page has another', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const there = await host(page, sandbox);
  await there.gives(EXPIRED);
  await there.configure();
  const message = 'Your session has ended. Sign in again on this page, then try again.';
  expect(await there.hears('error')).toEqual({ code: 'session_expired', message, retryable: true });
  await expect(there.element.getByRole('alert')).toContainText('Sign in again on this page, then try again.');
  expect(await there.asked()).toEqual([FIRST, AGAIN]);
  expect(await sandbox.requests('GET', OURS)).toHaveLength(1);
  expect(await everything(sandbox)).toHaveLength(1);
  await there.gives(BUYER);
  await there.button('Try again').click();
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
});

for (const [name, text] of [
  ['throws', "throw new Error('not signed in')"],
  ['rejects', "return Promise.reject(new Error('not signed in'))"],
  ['gives nothing', 'return undefined'],
  ['gives an empty text', "return '  '"],
  ['gives something else', 'return { token: 1 }'],
] as const) {
  test(`a page that ${name} is told that its session is over`, async ({ page, sandbox }) => {
    const there = await host(page, sandbox, {
      after: `document.querySelector('credenza-connect').getToken = () => { ${text}; };`,
    });
    await there.configure();
    expect(await there.hears('error')).toMatchObject({ code: 'session_expired', retryable: true });
    await expect(there.button('Try again')).toBeVisible();
    expect(await everything(sandbox)).toEqual([]);
  });
}

test('a promise is waited for, and the element says so', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    after: `document.querySelector('credenza-connect').getToken = () => new Promise((resolve) => { window.give = resolve; });`,
  });
  await there.configure();
  await expect(there.element.getByRole('status').filter({ hasText: 'Signing in…' })).toBeVisible();
  expect(await there.get('status')).toBe('unknown');
  await page.evaluate((token) => (Reflect.get(window, 'give') as (token: string) => void)(token), BUYER);
  await there.hears('ready');
  expect(await there.names()).toEqual(['ready']);
});

test('the network breaks while the token is tried: told, and tried again on demand', async ({ page, sandbox, guard }) => {
  guard.allowStatus(503);
  await sandbox.faults({ path: OURS, fault: 'status', status: 503 });
  const there = await host(page, sandbox);
  await there.gives(BUYER);
  await there.configure();
  expect(await there.hears('error')).toMatchObject({ code: 'server', retryable: true });
  await there.button('Try again').click();
  await there.hears('ready');
});

test('a function that comes after the configuration is used', async ({ page, sandbox }) => {
  const there = await host(page, sandbox);
  await there.configure();
  await there.hears('ready');
  await there.gives(BUYER);
  await expect(there.field(ACCOUNT)).toBeVisible();
  await there.expectStatus('needs_credentials');
});

test('401 in the middle of a form: a token of the same company sends it once more', async ({ page, sandbox, guard }) => {
  const there = await refusedMidway(page, sandbox, guard, 'scope3_demo_admin');
  await there.hears('connected');
  expect(await there.asked()).toEqual([FIRST, AGAIN]);
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ headers }) => headers['authorization'])).toEqual([bearer(BUYER), bearer('scope3_demo_admin')]);
  expect(posts[1]?.body.auth.token).toEqual(fingerprint(KEY));
});

test('401 in the middle of a form is no "error" while the page has another token, and one when it has none', async ({ page, sandbox, guard }) => {
  const there = await refusedMidway(page, sandbox, guard, 'scope3_demo_admin', 2);
  const message = 'Your session has ended. Sign in again on this page, then try again.';
  await there.hears('error');
  expect((await there.heard('error')).map(({ detail }) => detail)).toEqual([{ code: 'session_expired', message, retryable: true }]);
});

test('401 in the middle of a form: a token of another company repeats nothing', async ({ page, sandbox, guard }) => {
  const there = await refusedMidway(page, sandbox, guard, 'scope3_demo_other');
  const alert = there.element.getByRole('alert').filter({ hasText: 'This token belongs to Other Company' });
  await expect(alert).toContainText('Nothing was sent');
  expect((await there.heard('error')).map(({ detail }) => detail['code'])).toContain('other_company');
  expect(await sandbox.requests('POST')).toHaveLength(1);
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  // Only the person goes on.
  await there.button('Continue for Other Company').click();
  await there.hears('connected');
  const posts = await sandbox.requests('POST');
  expect(posts.map(({ headers }) => headers['authorization'])).toEqual([bearer(BUYER), bearer('scope3_demo_other')]);
});

test('401 in the middle of a form, and the page has no other token: told, and nothing is lost', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const there = await ready(page, sandbox);
  await there.fillKey();
  await sandbox.faults({ ...POST, ...REFUSED });
  await sends(there);
  await expect(there.element.getByText('Your session has ended')).toBeVisible();
  expect(await there.hears('error')).toMatchObject({ code: 'session_expired', message: expect.stringMatching(/^Your session has ended/) });
  expect(await sandbox.requests('POST')).toHaveLength(1);
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  await there.gives('scope3_demo_admin');
  await there.button('Try again').first().click();
  await there.hears('connected');
});

test.describe('without a function for tokens', () => {
  const gives = async (there: Host, token = BUYER): Promise<void> => {
    await there.field('Interchange access token').fill(token);
    await there.button('Use token').click();
  };

  test('the person is asked, and may try again', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    const there = await host(page, sandbox);
    await there.configure();
    expect(await there.hears('ready')).toEqual({ status: 'unknown' });
    expect(await everything(sandbox)).toEqual([]);
    await gives(there, EXPIRED);
    await expect(there.field('Interchange access token')).toHaveAccessibleDescription(/Interchange does not accept this token/);
    await gives(there);
    await there.expectStatus('needs_credentials');
    await there.connects();
    expect((await sandbox.requests('POST'))[0]?.headers['authorization']).toEqual(bearer(BUYER));
  });

  test('"ready" is told again once the person has given a token', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.configure();
    await there.hears('ready');
    await gives(there);
    await there.expectStatus('needs_credentials');
    expect(await there.heard('ready')).toMatchObject([{ detail: { status: 'unknown' } }, { detail: { status: 'needs_credentials' } }]);
  });

  test('what was connected before is not told as connected just now', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: source('', 'src_live') });
    await there.configure();
    await there.hears('ready');
    await gives(there);
    await there.expectStatus('connected');
    expect(await there.heard('connected')).toEqual([]);
  });
});

test.describe('behind a gateway', () => {
  const gateway = (sandbox: Sandbox) => ({ storefront: { ...(config(sandbox)['storefront'] as object), access: 'gateway' } });

  test('nobody is asked for a token; the session’s cookie and our header go with every call', async ({ page, sandbox }) => {
    await sandbox.session(page.context(), BUYER);
    const there = await host(page, sandbox);
    await there.gives('scope3_never');
    await there.configure(gateway(sandbox));
    await there.hears('ready');
    await there.connects();
    expect(await there.asked()).toEqual([]);
    for (const request of await everything(sandbox)) {
      expect(request.headers['x-credenza']).toBe('1');
      expect(request.headers['cookie']).toHaveProperty('sandbox_session');
      expect(request.headers).not.toHaveProperty('authorization');
    }
  });

  test('without a session: told as expired, and "Continue" goes on after signing in elsewhere', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    const there = await host(page, sandbox, { body: source('', 'src_live') });
    await there.configure(gateway(sandbox));
    await expect(there.element.getByRole('alert')).toContainText('Your session has ended');
    expect(await there.hears('error')).toMatchObject({ code: 'session_expired', message: expect.stringMatching(/^Your session has ended/) });
    await sandbox.session(page.context(), BUYER);
    await there.button('Continue').click();
    await there.expectStatus('connected');
  });

  test('after a session that had ended, what was connected before is told by "ready"', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    const there = await host(page, sandbox, { body: source('', 'src_live') });
    await there.configure(gateway(sandbox));
    await there.hears('error');
    await sandbox.session(page.context(), BUYER);
    await there.button('Continue').click();
    await there.expectStatus('connected');
    expect(await there.heard('connected')).toEqual([]);
    expect((await there.heard('ready')).at(-1)?.detail).toEqual({ status: 'connected' });
  });

  test('the session ends in the middle of a form', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    await sandbox.session(page.context(), BUYER);
    const there = await host(page, sandbox);
    await there.configure(gateway(sandbox));
    await there.fillKey();
    await sandbox.faults({ ...POST, ...REFUSED });
    await sends(there);
    expect(await there.hears('error')).toMatchObject({ code: 'session_expired' });
    await there.button('Continue').click();
    await there.hears('connected');
  });
});

test.describe('headers of the page', () => {
  const GIVES = `window.wanted = [];
    document.querySelector('credenza-connect').getHeaders = (request) => { window.wanted.push(request); return window.headers; };`;

  test('go along with every call', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { after: `window.headers = { 'X-CSRF-Token': 'csrf-1', 'x-portal-tenant': 'acme' }; ${GIVES}` });
    await there.starts();
    await page.evaluate(() => Object.assign(window, { headers: { 'X-CSRF-Token': 'csrf-2' } }));
    await there.connects();
    const requests = await everything(sandbox);
    const read = requests.filter(({ method }) => method === 'GET').slice(0, 3);
    for (const { headers } of read) expect(headers).toMatchObject({ 'x-csrf-token': 'csrf-1', 'x-portal-tenant': 'acme' });
    const post = requests.find(({ method }) => method === 'POST');
    // Asked anew for each call.
    expect(post?.headers['x-csrf-token']).toBe('csrf-2');
    expect(post?.headers).not.toHaveProperty('x-portal-tenant');
    const wanted = (await page.evaluate(() => Reflect.get(window, 'wanted'))) as unknown[];
    expect(wanted[0]).toEqual({ service: 'storefront' });
    expect(wanted.length).toBeGreaterThanOrEqual(requests.length);
  });

  test('never stand in for those of the element', async ({ page, sandbox }) => {
    const foreign = { Authorization: 'Bearer other', accept: 'text/plain', 'Content-Type': 'text/plain', 'X-Credenza': '1', Cookie: 'a=b', 'x-more': 'yes' };
    const there = await host(page, sandbox, { after: `window.headers = ${JSON.stringify(foreign)}; ${GIVES}` });
    await there.starts();
    await there.connects();
    for (const { headers, method } of await everything(sandbox)) {
      expect(headers).toMatchObject({ authorization: bearer(BUYER), accept: 'application/json', 'x-more': 'yes' });
      expect(headers['content-type']).toBe(method === 'POST' ? 'application/json' : undefined);
      expect(headers).not.toHaveProperty('x-credenza');
      expect(headers).not.toHaveProperty('cookie');
    }
  });

  for (const [name, text] of [
    ['nothing', 'undefined'],
    ['something else', '42'],
    ['values that are no texts', "{ 'x-number': 1, 'x-more': 'yes' }"],
  ] as const) {
    test(`${name}: it works all the same`, async ({ page, sandbox }) => {
      const there = await host(page, sandbox, { after: `window.headers = ${text}; ${GIVES}` });
      await there.starts();
      const requests = await sandbox.requests('GET', detail(42));
      expect(requests).toHaveLength(1);
      if (text.includes('x-more')) expect(requests[0]?.headers['x-more']).toBe('yes');
    });
  }

  for (const [name, text] of [
    ['names', "{ 'a b': 'c', '': 'd', 'x-more': 'yes' }"],
    ['values', "{ 'x-lines': 'a\\nb', 'x-more': 'yes' }"],
  ] as const) {
    test(`${name} that no header has are told, or left out`, async ({ page, sandbox }) => {
      const there = await host(page, sandbox, { after: `window.headers = ${text}; ${GIVES}` });
      await there.gives(BUYER);
      await there.configure();
      await expect(there.field(ACCOUNT).or(there.element.getByRole('alert'))).toBeVisible();
    });
  }

  test('a function that throws stops nothing', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { after: "document.querySelector('credenza-connect').getHeaders = () => { throw new Error('no'); };" });
    await there.starts();
    expect(await sandbox.requests('GET', CREDENTIALS)).toHaveLength(1);
  });
});
