// `<credenza-connect service="destinations">`: Adobe's credentials of destinations, made and replaced in somebody else's page.
import { expectAccessible } from './support/axe';
import { Canary } from './support/canary';
import {
  ALL, BASIC, BY_SECRET, BY_TOKEN, CLIENT, Desk, KINDS, ODD, TOKEN, bodyOf, expectOurs, logged, membersOf, one, secretsOf, type Body, type Kind,
} from './support/destinations';
import { MARK } from './support/connect';
import { config, host, type Host, type HostOptions } from './support/element';
import type { Page } from '@playwright/test';
import { fingerprint, type Sandbox } from './support/sandbox';
import { expect, test } from './support/test';
import { DESTINATIONS } from './support/switches';

const FIRST = KINDS[0] as Kind;
const POST = { method: 'POST', path: ALL } as const;
const NEW = '<credenza-connect service="destinations"></credenza-connect>';
const known = (id: string, more = ''): string => `<credenza-connect service="destinations" instance-id="${id}" ${more}></credenza-connect>`;
const WHERE = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, sandboxName: DESTINATIONS.sandbox };

/** A configuration in which it is known whose credentials are meant. */
const preset = (sandbox: Sandbox, more: object = {}) => ({ destinations: { ...(config(sandbox)['destinations'] as object), preset: WHERE, ...more } });

/** The page gives the token, and says whose credentials are meant. */
async function given(page: Page, sandbox: Sandbox, options: HostOptions = {}): Promise<[Host, Desk]> {
  const there = await host(page, sandbox, { body: NEW, ...options });
  await there.gives(DESTINATIONS.token);
  await there.configure(preset(sandbox));
  await there.hears('ready');
  return [there, new Desk(page, sandbox)];
}

test('one is made: sent as the documents have it, and told', async ({ page, sandbox }) => {
  const [there, desk] = await given(page, sandbox);
  expect(await there.asked()).toEqual([{ service: 'destinations', reason: 'first' }]);
  await desk.fillBody(FIRST);
  await there.button('Create credential').click();
  const { id, ...rest } = await there.hears('connected');
  expect(rest).toEqual({ service: 'destinations', accountIdentifier: bodyOf(FIRST)['name'], status: 'connected' });
  const [post, ...others] = await desk.requests('POST', ALL);
  expect(others).toEqual([]);
  expectOurs(post!, DESTINATIONS.token);
  expect(post?.body).toEqual(logged(FIRST, bodyOf(FIRST)));
  await expect(there.element.getByText(id as string, { exact: true }).first()).toBeVisible();
  const names = (await there.names()).filter((name) => name !== 'change');
  expect(names).toEqual(['ready', 'before-submit', 'connected']);
  expect(await there.get('status')).toBe('connected');
  expect(await there.refused()).toEqual([]);
});

/** A documented body with secrets that pass every check, and can be searched for. */
function marked(kind: Kind): Body {
  const members = { ...membersOf(kind) };
  for (const name of secretsOf(kind)) if (!['sshKey', 'connectionString'].includes(name)) members[name] = `${MARK}-${name}`;
  return { ...bodyOf(kind), [kind.key]: members };
}

for (const kind of [KINDS[1] as Kind, KINDS[2] as Kind, KINDS[7] as Kind]) {
  test(`"auth-type" fixes the kind: ${kind.title}`, async ({ page, sandbox }) => {
    const type = { s3: 's3Authentication', ssh: 'sshAuthentication', 'oauth2-client': 'oauth2ClientAuthentication' }[kind.fixture] as string;
    const [there, desk] = await given(page, sandbox, { body: NEW.replace('>', ` auth-type="${type}">`) });
    await expect(there.element.getByRole('radio', { name: 'Username and password' })).toHaveCount(0);
    await desk.fillBody(kind, marked(kind));
    await there.button('Create credential').click();
    await there.hears('connected');
    expect((await desk.requests('POST', ALL))[0]?.body).toEqual(logged(kind, marked(kind)));
  });
}

test('one that there is: found connected, replaced as a whole, and told', async ({ page, sandbox }) => {
  const [there, desk] = await given(page, sandbox, { body: known(BASIC) });
  expect(await there.hears('ready')).toEqual({ status: 'connected' });
  await expect(there.field('Username at your platform')).toHaveValue('acme-export');
  await there.button('Save').click();
  await expect(there.element.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  expect(await desk.requests('PUT')).toEqual([]);
  await there.field('Password at your platform').fill('a new one');
  await there.button('Save').click();
  await expect(desk.told(/saved/i)).toBeVisible();
  const [put] = await desk.requests('PUT', one(BASIC));
  expect(put?.body).toMatchObject({ name: 'Acme audience export', basicAuthentication: { username: 'acme-export', password: fingerprint('a new one') } });
  await expect(there.field('Password at your platform')).toHaveValue('');
  expect(await there.heard('error')).toEqual([]);
  expect(await there.heard('before-submit')).toHaveLength(1);
});

test('a save is told: connected, just now', async ({ page, sandbox }) => {
  const [there] = await given(page, sandbox, { body: known(BASIC) });
  await there.field('Password at your platform').fill('a new one');
  await there.button('Save').click();
  expect(await there.hears('connected')).toEqual({ service: 'destinations', id: BASIC, accountIdentifier: 'Acme audience export', status: 'connected' });
});

test('an id that has to be encoded', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: known('') });
  await there.gives(DESTINATIONS.token);
  await there.set({ instanceId: ODD });
  await there.configure(preset(sandbox));
  await expect.poll(async () => (await there.heard('ready')).at(-1)?.detail).toEqual({ status: 'connected' });
  expect((await sandbox.serviceRequests('GET', one(ODD))).length).toBeGreaterThan(0);
});

test('an id that there is not is told, and so is what the page is to do', async ({ page, sandbox, guard }) => {
  guard.allowStatus(404);
  const [there] = await given(page, sandbox, { body: known('n00000000-0000-0000-0000-000000000000') });
  expect(await there.hears('error')).toMatchObject({ code: 'not_found', retryable: false });
  expect(await there.get('status')).toBe('unknown');
  await there.set({ instanceId: BASIC });
  await there.expectStatus('connected');
});

test('deleted in it: no longer connected', async ({ page, sandbox }) => {
  const body = `<form id="order">${known(CLIENT, 'name="credential" required')}</form>`;
  const [there] = await given(page, sandbox, { body });
  const data = (): Promise<unknown> => page.evaluate(() => [...new FormData(document.querySelector('form')!)]);
  expect(await data()).toEqual([['credential', CLIENT]]);
  await there.button('Delete').click();
  await there.element.getByRole('button', { name: /Delete/ }).last().click();
  await there.expectStatus('needs_credentials');
  expect(await data()).toEqual([]);
  expect(await there.get('validationMessage')).toBe('Connect this first.');
  expect(await sandbox.serviceRequests('DELETE', one(CLIENT))).toHaveLength(1);
});

test('a prevented "before-submit" sends nothing, of a new one and of one that there is', async ({ page, sandbox }) => {
  const script = "document.addEventListener('credenza-before-submit', (event) => event.preventDefault());";
  const [there, desk] = await given(page, sandbox, { script });
  await desk.fillBody(FIRST);
  await there.button('Create credential').click();
  expect(await there.hears('before-submit')).toEqual({ service: 'destinations' });
  await there.set({ instanceId: BASIC });
  await there.hears('ready', 2);
  await there.field('Password at your platform').fill('a new one');
  await there.button('Save').click();
  await there.hears('before-submit', 2);
  await page.waitForLoadState('networkidle');
  expect([...(await desk.requests('POST', ALL)), ...(await desk.requests('PUT'))]).toEqual([]);
  await expect(there.field('Password at your platform')).toHaveValue('a new one');
});

test.describe('"error"', () => {
  for (const [name, fault, code, status] of [
    ['refused', { fault: 'status', status: 403 }, 'refused', 403],
    ['lost, and not listed', { fault: 'drop-before' }, 'not_stored', 0],
  ] as const) {
    test(`of one that is ${name}`, async ({ page, sandbox, guard }) => {
      guard.allowNetworkErrors();
      guard.allowStatus(403);
      const [there, desk] = await given(page, sandbox);
      await desk.fillBody(FIRST);
      await sandbox.faults({ ...POST, ...fault });
      await there.button('Create credential').click();
      const detail = await there.hears('error');
      expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
      expect(detail['code']).toBe(code);
      await expect(there.element.getByText((detail['message'] as string).split('. ')[0]!).first()).toBeVisible();
      expect(await there.heard('connected')).toEqual([]);
      expect(status === 0 || (await desk.requests('POST', ALL)).length === 1).toBe(true);
    });
  }

  test('of a session that is over, and the page has no other token', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    const there = await host(page, sandbox, { body: NEW });
    await there.gives('ims_not_known');
    await there.configure(preset(sandbox));
    expect(await there.hears('error')).toMatchObject({ code: 'session_expired', message: expect.stringMatching(/^Your session has ended/) });
    expect(await there.asked()).toEqual([
      { service: 'destinations', reason: 'first' },
      { service: 'destinations', reason: 'unauthorized' },
    ]);
    expect(await sandbox.serviceRequests('GET', ALL)).toHaveLength(1);
    await there.gives(DESTINATIONS.token);
    await there.button('Try again').click();
    await expect(there.button('Create credential')).toBeVisible();
  });
});

/** Another token for the same client. */
async function another(sandbox: Sandbox): Promise<string> {
  const client = { client_id: DESTINATIONS.clientId, client_secret: DESTINATIONS.clientSecret };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client, scope: 'openid,AdobeID,read_organizations' });
  const answer = await fetch(sandbox.url(`gateway/${TOKEN}`), { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test('a token that is no longer accepted in the middle: the page gives another, and nothing typed is lost', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const [there, desk] = await given(page, sandbox);
  await there.gives(await another(sandbox));
  await desk.fillBody(FIRST);
  await sandbox.faults({ ...POST, fault: 'status', status: 401 });
  await there.button('Create credential').click();
  await expect.poll(() => there.asked()).toEqual([{ service: 'destinations', reason: 'unauthorized' }]);
  await expect(there.field('Username at your platform')).toHaveValue(membersOf(FIRST)['username'] as string);
  await expect(there.field('Password at your platform')).toHaveValue(membersOf(FIRST)['password'] as string);
  await there.button('Create credential').click();
  await there.hears('connected');
  expect((await desk.requests('POST', ALL)).length).toBe(2);
});

test.describe('without a function for tokens', () => {
  for (const [name, values] of [['a client secret', BY_SECRET], ['a token', BY_TOKEN]] as const) {
    test(`the person signs in by ${name}, and what is typed is found nowhere`, async ({ page, sandbox }) => {
      const canary = await Canary.over(page);
      const there = await host(page, sandbox, { body: NEW });
      const desk = new Desk(page, sandbox);
      await there.configure();
      expect(await there.hears('ready')).toEqual({ status: 'unknown' });
      await desk.fillAccess(values);
      await there.button('Sign in to Adobe').click();
      expect(await there.hears('ready', 2)).toEqual({ status: 'needs_credentials' });
      await desk.fillBody(FIRST);
      await there.button('Create credential').click();
      await there.hears('connected');
      expect(await sandbox.serviceRequests('POST', TOKEN)).toHaveLength(name === 'a client secret' ? 1 : 0);
      await canary.expectSilence();
      await there.element.evaluate((element) => element.remove());
      await canary.expectSilence();
    });
  }

  test('taken out and put back, it asks anew', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: NEW });
    const desk = new Desk(page, sandbox);
    await there.configure();
    await there.hears('ready');
    await desk.fillAccess(BY_SECRET);
    await there.button('Sign in to Adobe').click();
    await there.hears('ready', 2);
    await there.element.evaluate((element) => {
      element.remove();
      setTimeout(() => document.querySelector('main')!.append(element), 50);
    });
    expect(await there.hears('ready', 3)).toEqual({ status: 'unknown' });
    await expect(there.field('Adobe Developer Console client secret (signs you in to Adobe)')).toHaveValue('');
  });
});

test('behind a gateway nobody is asked for anything, and the page’s headers go along', async ({ page, sandbox }) => {
  await sandbox.session(page.context(), 'scope3_demo_buyer');
  const there = await host(page, sandbox, {
    body: NEW,
    after: "document.querySelector('credenza-connect').getHeaders = () => ({ 'X-CSRF-Token': 'csrf-1', 'x-api-key': 'other', 'X-Gw-Ims-Org-Id': 'other' });",
  });
  await there.configure(preset(sandbox, { access: 'gateway' }));
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
  await new Desk(page, sandbox).fillBody(FIRST);
  await there.button('Create credential').click();
  await there.hears('connected');
  const [post] = await sandbox.serviceRequests('POST', ALL);
  expect(post?.headers).toMatchObject({ 'x-credenza': '1', 'x-csrf-token': 'csrf-1', 'x-api-key': DESTINATIONS.clientId, 'x-gw-ims-org-id': DESTINATIONS.organization });
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in ${theme}`, async ({ page, sandbox }) => {
    const style = `:root { color-scheme: ${theme}; } body { background: ${theme === 'dark' ? '#141414; color: #eee' : '#fff'}; }`;
    const [there] = await given(page, sandbox, { body: known(BASIC, `theme="${theme}"`), style });
    await expectAccessible(page);
    await there.button('Save').click();
    await expect(there.element.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    await expectAccessible(page);
  });
}
