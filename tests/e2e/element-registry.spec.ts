// `<credenza-connect service="registry">`: what the registry keeps for one agent, in somebody else's page, with a sign-in in a tab.
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import {
  ATELIER, CLIENT_SECRET, DEMO_SECRET, LAKESIDE, MERIDIAN, SAVE, STREAMHAUS, TEST, agentPath, sent, tokenEndpoint,
} from './support/agents';
import { Canary } from './support/canary';
import { PORTAL, STRICT, config, host, serve, Host, type HostOptions } from './support/element';
import { REGISTRY_KEY, REGISTRY_USER, fingerprint, type Sandbox } from './support/sandbox';
import { approve, deny } from './support/sign-in';
import { expect, test } from './support/test';

const element = (url = STREAMHAUS, more = ''): string => `<credenza-connect service="registry" agent-url="${url}" ${more}></credenza-connect>`;
/** The page of the package that sign-ins return to. What a server redirects to is not served by a test: see below. */
const PACKAGED = `/${PORTAL}widget/oauth-callback.html`;
const registry = (sandbox: Sandbox, more: object = {}) => ({ registry: { ...(config(sandbox)['registry'] as object), ...more } });

async function opened(page: Page, sandbox: Sandbox, options: HostOptions = {}, more: object = {}): Promise<Host> {
  const there = await host(page, sandbox, { body: element(), ...options });
  await there.configure(registry(sandbox, more));
  return there;
}

/** Presses "Sign in", and gives the tab that opens. */
async function signIn(there: Host): Promise<Page> {
  const [tab] = await Promise.all([there.page.context().waitForEvent('page'), there.button('Sign in').click()]);
  return tab;
}

/** The page gives the token. */
async function given(page: Page, sandbox: Sandbox, options: HostOptions = {}, token = REGISTRY_USER): Promise<Host> {
  const there = await host(page, sandbox, { body: element(), ...options });
  await there.gives(token);
  await there.configure(registry(sandbox, { access: 'token' }));
  await there.hears('ready');
  return there;
}

async function fill(there: Host, secret = DEMO_SECRET, client = 'demo-client'): Promise<void> {
  await there.field('Token endpoint').fill(tokenEndpoint(there.sandbox));
  await there.field('Client ID').fill(client);
  await there.field('Client secret').fill(secret);
}

const saveAndTest = (there: Host): Promise<void> => there.button('Save and test').click();

for (const coop of [false, true]) {
  test(`a person signs in in a tab, by PKCE, and comes back${coop ? ' to a page that keeps its opener to itself' : ''}`, async ({ page, sandbox }) => {
    const canary = await Canary.over(page);
    const headers = coop ? { 'content-security-policy': STRICT, 'cross-origin-opener-policy': 'same-origin' } : {};
    const there = await opened(page, sandbox, { headers });
    expect(await there.hears('ready')).toEqual({ status: 'unknown' });
    expect(await sandbox.registryRequests(), 'nothing is asked before').toEqual([]);
    const asked: URL[] = [];
    page.context().on('request', (request) => {
      const address = new URL(request.url());
      if (address.searchParams.has('code_challenge')) asked.push(address);
    });
    const tab = await signIn(there);
    await approve(tab);
    expect(await there.hears('ready', 2)).toEqual({ status: 'needs_credentials' });
    await expect(there.field('Client ID')).toBeVisible();
    const parameters = asked[0]!.searchParams;
    expect(parameters.get('code_challenge_method')).toBe('S256');
    expect(parameters.get('redirect_uri')).toBe(new URL('oauth-callback.html', sandbox.console).href);
    const [exchange] = await sandbox.registryRequests('POST', /^token$/);
    const verifier = (exchange?.body.code_verifier as { sha256: string }).sha256;
    expect(Buffer.from(verifier, 'hex').toString('base64url')).toBe(parameters.get('code_challenge'));
    expect(new URL(page.url()).pathname).toBe(`/${PORTAL}index.html`);
    expect(await there.refused()).toEqual([]);
    expect(await there.heard('error')).toEqual([]);
    await canary.expectSilence();
    await there.element.evaluate((element) => element.remove());
    await canary.expectSilence();
  });
}

test('the package’s own page to return to does the same', async ({ page, sandbox, guard }) => {
  guard.allowStatus(404);
  const there = await host(page, sandbox, { body: element() });
  await there.configure({ ...registry(sandbox), callback: PACKAGED });
  const tab = await signIn(there);
  await approve(tab);
  await tab.waitForURL((url) => url.pathname === PACKAGED);
  // The browser was redirected past the test; loaded again, the page is the package's.
  await tab.reload().catch(() => undefined);
  expect(await there.hears('ready', 2)).toEqual({ status: 'needs_credentials' });
});

test('a person declines: told, and can try again', async ({ page, sandbox }) => {
  const there = await opened(page, sandbox);
  const tab = await signIn(there);
  await deny(tab);
  const detail = await there.hears('error');
  expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
  expect(detail).toMatchObject({ code: 'sign_in_failed', retryable: true });
  await expect(there.element.getByText((detail['message'] as string).split('. ')[0]!).first()).toBeVisible();
  const again = await signIn(there);
  await approve(again);
  await there.expectStatus('needs_credentials');
});

test('a person signs in in the same tab, and the element is there again', async ({ page, sandbox }) => {
  const there = await opened(page, sandbox, {
    after: `Object.assign(document.querySelector('credenza-connect'), { config: ${JSON.stringify({ ...config(sandbox), ...registry(sandbox) })} });`,
  });
  await there.button('Sign in in this tab').click();
  await approve(page);
  await page.waitForURL((url) => url.pathname === `/${PORTAL}index.html`);
  await there.expectStatus('needs_credentials');
  await expect(there.field('Client ID')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test.describe('a token of the page', () => {
  test('is asked for once, and nobody has to sign in', async ({ page, sandbox }) => {
    const there = await given(page, sandbox);
    expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
    expect(await there.asked()).toEqual([{ service: 'registry', reason: 'first' }]);
    await expect(there.button('Sign in')).toHaveCount(0);
    for (const { headers } of await sandbox.registryRequests('GET', /^api\//)) {
      expect(headers['authorization']).toEqual({ scheme: 'Bearer', ...fingerprint(REGISTRY_USER) });
    }
  });

  test('may be an organisation’s key, where the registry lets it in', async ({ page, sandbox }) => {
    await sandbox.registry({ me_for_keys: true });
    const there = await given(page, sandbox, { body: element(MERIDIAN) }, REGISTRY_KEY);
    expect(await there.asked()).toEqual([{ service: 'registry', reason: 'first' }]);
    expect(await there.heard('error')).toEqual([]);
    await expect(there.field('Client ID')).toBeVisible();
  });

  test('that is refused is asked for again, and the same is not tried again', async ({ page, sandbox, guard }) => {
    guard.allowStatus(401);
    const there = await host(page, sandbox, { body: element() });
    await there.gives('aao_not_known');
    await there.configure(registry(sandbox, { access: 'token' }));
    expect(await there.hears('error')).toMatchObject({ code: 'session_expired', message: expect.stringMatching(/^Your session has ended/) });
    expect(await there.asked()).toEqual([
      { service: 'registry', reason: 'first' },
      { service: 'registry', reason: 'unauthorized' },
    ]);
    await there.gives(REGISTRY_USER);
    await there.button('Try again').click();
    await there.expectStatus('needs_credentials');
  });
});

for (const [url, status] of [
  [STREAMHAUS, 'needs_credentials'],
  [MERIDIAN, 'connected'],
  [ATELIER, 'connected'],
] as const) {
  test(`${url} is ${status} from the beginning, and that is all that is told`, async ({ page, sandbox }) => {
    const there = await given(page, sandbox, { body: element(url) });
    await page.waitForLoadState('networkidle');
    expect((await there.heard()).filter(({ name }) => name !== 'expiring').map(({ name, detail }) => [name, detail])).toEqual([['ready', { status }]]);
  });
}

test('saved and tested: told as connected, with the agent’s address', async ({ page, sandbox }) => {
  const canary = await Canary.over(page);
  const there = await given(page, sandbox);
  await fill(there);
  await saveAndTest(there);
  expect(await there.hears('connected')).toMatchObject({ service: 'registry', id: STREAMHAUS, status: 'connected' });
  const [put] = await sent(sandbox, 'PUT', STREAMHAUS, SAVE);
  expect(put?.body).toMatchObject({ client_id: 'demo-client', client_secret: fingerprint(DEMO_SECRET), token_endpoint: tokenEndpoint(sandbox) });
  await expect.poll(async () => (await sent(sandbox, 'POST', STREAMHAUS, TEST)).length).toBe(1);
  expect((await there.names()).filter((name) => !['change', 'expiring'].includes(name))).toEqual(['ready', 'before-submit', 'connected']);
  expect(await there.get('status')).toBe('connected');
  await canary.expectSilence();
});

test('saved, and the test fails: told, and what was typed is gone all the same', async ({ page, sandbox, guard }) => {
  guard.allow(/^Failed to load resource/);
  const there = await given(page, sandbox);
  await fill(there, CLIENT_SECRET, 'invalid_scope');
  await saveAndTest(there);
  const detail = await there.hears('error');
  expect(Object.keys(detail).sort()).toEqual(['code', 'message', 'retryable']);
  await expect(there.element.getByText((detail['message'] as string).split('. ')[0]!).first()).toBeVisible();
  expect(JSON.stringify(await there.heard())).not.toContain(CLIENT_SECRET);
});

test('a save that is refused is told', async ({ page, sandbox, guard }) => {
  guard.allowStatus(403);
  const there = await given(page, sandbox);
  await fill(there);
  await sandbox.faults({ method: 'PUT', path: agentPath(STREAMHAUS, SAVE), fault: 'status', status: 403 });
  await saveAndTest(there);
  expect(await there.hears('error')).toMatchObject({ code: 'not_saved' });
  expect(await there.heard('connected')).toEqual([]);
  expect(await there.get('status')).toBe('needs_credentials');
  expect(await sent(sandbox, 'POST', STREAMHAUS, TEST)).toEqual([]);
});

test('a prevented "before-submit" saves nothing', async ({ page, sandbox }) => {
  const there = await given(page, sandbox, { script: "document.addEventListener('credenza-before-submit', (event) => event.preventDefault());" });
  await fill(there);
  await saveAndTest(there);
  expect(await there.hears('before-submit')).toEqual({ service: 'registry' });
  await page.waitForLoadState('networkidle');
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toEqual([]);
  await expect(there.field('Client secret')).toHaveValue(DEMO_SECRET);
});

test('the agent’s own consent: pending while it is on its way', async ({ page, sandbox }) => {
  const there = await given(page, sandbox, { body: element(LAKESIDE) });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), there.button('Sign in at the agent').click()]);
  expect(await there.hears('pending')).toEqual({ service: 'registry', id: LAKESIDE });
  await there.expectStatus('pending');
  await tab.close();
});

test('without an agent’s address: told what to set; another address is another agent', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: '<credenza-connect service="registry"></credenza-connect>' });
  await there.gives(REGISTRY_USER);
  await there.configure(registry(sandbox, { access: 'token' }));
  expect(await there.hears('error')).toMatchObject({ code: 'configuration', message: expect.stringMatching(/Set agent-url on the element/) });
  await there.set({ agentUrl: STREAMHAUS });
  expect(await there.hears('ready')).toEqual({ status: 'needs_credentials' });
  await fill(there);
  await there.set({ agentUrl: MERIDIAN });
  expect(await there.hears('ready', 2)).toEqual({ status: 'connected' });
  await there.set({ agentUrl: STREAMHAUS });
  await there.hears('ready', 3);
  await expect(there.field('Client secret')).toHaveValue('');
});

test('"expiring": the person’s own sign-in ends in less than two minutes', async ({ page, sandbox }) => {
  await sandbox.registry({ token_lifetime: 60, refresh: 'absent', consent: 'approve' });
  const there = await opened(page, sandbox);
  await signIn(there);
  const detail = await there.hears('expiring');
  expect(Object.keys(detail).sort()).toEqual(['expiresAt', 'service']);
  expect(detail['service']).toBe('registry');
  const left = Date.parse(detail['expiresAt'] as string) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(70_000);
  expect(detail['expiresAt']).toMatch(/Z$/);
});

test('in a frame of another site: told that a sign-in does not come back, with a way out', async ({ page, sandbox, guard }) => {
  guard.allow(/^https:\/\/portal\.example\//);
  const inside = await serve(page, sandbox, { body: element() });
  const body = `<!doctype html><title>Portal</title><iframe src="${inside}" width="700" height="900"></iframe>`;
  await page.route('https://portal.example/outer.html', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('https://portal.example/outer.html');
  const frame = await page.waitForSelector('iframe').then((one) => one.contentFrame());
  const there = new Host(page, sandbox, frame!);
  await there.configure(registry(sandbox));
  await expect(there.element.getByText('Signing in does not work inside this page')).toBeVisible();
  await expect(there.element.getByRole('link', { name: /Open in a tab of its own/ })).toHaveAttribute('href', inside);
  // A token of the page's works there as well.
  await there.gives(REGISTRY_USER);
  await there.configure(registry(sandbox, { access: 'token' }));
  await there.expectStatus('needs_credentials');
  await fill(there);
  await saveAndTest(there);
  await there.hears('connected');
});

test('taken out and put back: nobody is signed in any more', async ({ page, sandbox }) => {
  await sandbox.registry({ consent: 'approve' });
  const there = await opened(page, sandbox);
  await signIn(there);
  await there.expectStatus('needs_credentials');
  await there.element.evaluate((element) => {
    element.remove();
    setTimeout(() => document.querySelector('main')!.append(element), 50);
  });
  await expect(there.button('Sign in')).toBeVisible();
  expect(await there.get('status')).toBe('unknown');
  // What stays is who the element is to the server, and which sign-ins were used up: no token, and nothing of the person's.
  const kept = await page.evaluate(() => [Object.keys(localStorage).sort(), Object.keys(sessionStorage)]);
  expect(kept).toEqual([['credenza.client /', 'credenza.used /'], []]);
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in ${theme}`, async ({ page, sandbox }) => {
    const style = `:root { color-scheme: ${theme}; } body { background: ${theme === 'dark' ? '#141414; color: #eee' : '#fff'}; }`;
    const there = await opened(page, sandbox, { body: element(STREAMHAUS, `theme="${theme}"`), style });
    await expect(there.button('Sign in')).toBeVisible();
    await expectAccessible(page);
    await there.gives(REGISTRY_USER);
    await there.configure(registry(sandbox, { access: 'token' }));
    await there.expectStatus('needs_credentials');
    await saveAndTest(there);
    await expectAccessible(page);
  });
}
