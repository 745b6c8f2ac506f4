// Statements of the OAuth checklist that need a browser, each a test named after its number. Others stand where they
// fit: registry-attacks, registry-session, registry-window, and the unit tests of `src/oauth`.
import type { Page } from '@playwright/test';
import { Canary } from './support/canary';
import { AT_ONCE, everything, expect, expectHeading, heldBack, QUARRY_PAGE, SIGNED_IN, stored, test, Visit } from './support/registry';
import { approve, deny, expectAsked } from './support/sign-in';
import type { Identity } from './support/test';

test('d06_d08_state_and_verifier_come_from_the_generator_for_secrets', async ({ page, visit, sandbox }) => {
  await page.addInitScript(() => {
    Math.random = () => {
      throw new Error('nobody may ask this');
    };
  });
  await sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(async () => {});
  await visit.press('sign-out');
  await visit.signInHere(async () => {});
  for (const name of ['state', 'code_challenge']) {
    const [one, other] = visit.asked.map((url) => url.searchParams.get(name) ?? '');
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(one).not.toBe(other);
  }
  const verifiers = (await visit.exchanges()).map(({ body }) => body.code_verifier as { sha256: string; length: number });
  expect(verifiers.map(({ length }) => length)).toEqual([43, 43]);
  expect(verifiers[0]?.sha256).not.toBe(verifiers[1]?.sha256);
});

test('d16_the_tab_opens_in_the_task_of_the_click', async ({ page, visit, sandbox }) => {
  await page.addInitScript(() => {
    let clicked = false;
    const opened: unknown[] = [];
    Object.assign(window, { opened });
    document.addEventListener('click', () => {
      clicked = true;
      // A task of its own, after that of the click.
      setTimeout(() => (clicked = false));
    }, { capture: true });
    const open = window.open.bind(window);
    window.open = (...all) => {
      opened.push([clicked, all[0], navigator.userActivation.isActive]);
      return open(...all);
    };
  });
  await sandbox.registry(AT_ONCE);
  await sandbox.faults({ path: '.well-known/oauth-authorization-server', fault: 'delay', delay_ms: 300 });
  await visit.open();
  const popup = page.waitForEvent('popup');
  await visit.press('sign-in');
  const tab = await popup;
  await expectHeading(tab, SIGNED_IN);
  await visit.expectIn();
  expect(await page.evaluate(() => (window as unknown as { opened: unknown }).opened)).toEqual([[true, 'about:blank', true]]);
  // The tab that went to somebody else's page could not reach back.
  expect(await tab.evaluate(() => opener)).toBeNull();
});

test('d19_nobody_is_asked_in_a_frame_and_our_pages_stand_in_no_foreign_one', async ({ page, visit, request, sandbox, guard }) => {
  const frames: string[] = [];
  page.context().on('page', (tab) => tab.on('frameattached', (frame) => frames.push(frame.url())));
  page.on('frameattached', (frame) => frames.push(frame.url()));
  await visit.open();
  await visit.signIn();
  expect(frames).toEqual([]);
  for (const path of ['agents', QUARRY_PAGE, 'oauth-callback.html']) {
    const { 'content-security-policy': policy } = (await request.get(sandbox.url(path))).headers();
    expect(policy, path).toContain("frame-ancestors 'self'");
  }
  expect((await request.get(visit.last.href)).headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  // d56: in somebody else's page there is no console.
  guard.allow(/frame-ancestors/, /^Failed to load resource/);
  const foreign = new URL('stage', sandbox.auth).href;
  await page.route(foreign, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!DOCTYPE html><link rel="icon" href="data:,"><iframe src="${sandbox.url('agents')}"></iframe>` }),
  );
  await page.goto(foreign);
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Agents' })).toHaveCount(0);
});

test('d30_no_message_goes_to_just_anybody', async ({ request, sandbox }) => {
  const index = await (await request.get(sandbox.url('agents'))).text();
  const callback = await (await request.get(sandbox.url('oauth-callback.html'))).text();
  const files = new Set([...`${index}${callback}`.matchAll(/=["']?([^"'\s>]+\.js)/g)].map((match) => match[1] as string));
  const targets: string[] = [];
  for (const file of files) {
    const text = await (await request.get(new URL(file, sandbox.console).href)).text();
    expect(text, file).not.toMatch(/postMessage\([^()]*["'`]\*["'`]/);
    // A message to a window has a second argument: our own origin, whatever the build calls it. One to a channel has not.
    for (const [, to, target] of text.matchAll(/([\w.?]*)postMessage\([^(),]+,\s*([^(),]+)\)/g)) {
      expect(text, file).toMatch(new RegExp(`\\{\\s*origin:\\s*${target}\\b`));
      targets.push(`${to} in ${file}`);
    }
  }
  expect(targets).toEqual(['opener?. in oauth-callback.js']);
  expect([...files].join(' ')).toMatch(/boot\.js.*oauth-callback\.js/);
});

test('d31_messages_carry_the_answer_one_way_and_a_word_the_other', async ({ context, visit, sandbox }) => {
  const heard: unknown[] = [];
  await context.exposeFunction('told', (message: unknown) => void heard.push(message));
  await context.addInitScript(() => {
    for (const target of [BroadcastChannel.prototype, window]) {
      const post = target.postMessage as (...all: unknown[]) => void;
      Object.assign(target, {
        postMessage(this: unknown, ...all: unknown[]) {
          (window as unknown as { told(message: unknown): void }).told(all[0]);
          post.apply(this, all);
        },
      });
    }
  });
  await sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(async () => {});
  const query = visit.answers[0]?.search.slice(1);
  expect(query).toContain(`state=${visit.sent('state')}`);
  expect(heard).toContainEqual({ type: 'credenza-callback', query });
  expect(heard).toContainEqual({ type: 'credenza-ack', outcome: 'connected' });
  for (const message of heard as { type: string }[]) {
    const keys = message.type === 'credenza-ack' ? ['outcome', 'type'] : ['query', 'type'];
    expect(Object.keys(message).sort()).toEqual(keys);
  }
});

test('d33_the_way_back_is_the_stored_one_and_never_the_one_of_the_answer', async ({ page, visit, sandbox }) => {
  await visit.open(QUARRY_PAGE);
  const answer = await heldBack(visit, () => visit.press('sign-in-here'));
  await page.goto(`${answer}&path=%2F%2Fevil.example&return_to=https%3A%2F%2Fevil.example%2F&next=%2Fsettings`);
  await visit.expectIn();
  expect(page.url()).toBe(sandbox.url(QUARRY_PAGE));
});

test('d34_the_page_that_it_returned_to_cleans_its_address_first', async ({ page, visit, sandbox }) => {
  await page.context().addInitScript(() => {
    const order: string[] = [];
    Object.assign(window, { order });
    const replace = history.replaceState;
    history.replaceState = function (...all) {
      order.push(`replace ${String(all[2])}`);
      replace.apply(this, all);
    };
    const digest = SubtleCrypto.prototype.digest;
    SubtleCrypto.prototype.digest = function (...all) {
      order.push('digest');
      return digest.apply(this, all);
    };
  });
  await visit.open();
  const tab = await visit.begin();
  const asked: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  const arrived = tab.waitForResponse((response) => response.url().startsWith(`${visit.callback}?`));
  await approve(tab);
  const headers = (await arrived).headers();
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cache-control']).toBe('no-store');
  await expectHeading(tab, SIGNED_IN);
  expect(tab.url()).toBe(visit.callback);
  expect(await tab.evaluate(() => (window as unknown as { order: string[] }).order)).toEqual([`replace ${visit.callback}`, 'digest']);
  const own = asked.filter((url) => !url.startsWith(`${sandbox.identity}/`));
  for (const url of own) expect(new URL(url).origin).toBe(new URL(sandbox.console).origin);
  expect(own.filter((url) => url.includes('code='))).toHaveLength(1);
});

test('d36_only_the_page_for_answers_acts_on_one', async ({ page, context, visit, sandbox }) => {
  await visit.open();
  const answer = await heldBack(visit, () => visit.press('sign-in'));
  const { search } = new URL(answer);
  const other = new Visit(await context.newPage(), sandbox);
  for (const path of ['agents', '', 'settings']) {
    await other.open(`${path}${search}`);
    expect(other.page.url()).toBe(sandbox.url(`${path}${search}`));
    expect((await stored(other.page)).session).toEqual({});
  }
  await page.bringToFront();
  await visit.expectWaiting();
  expect(await visit.exchanges()).toEqual([]);
});

for (const identity of ['sandbox', 'independent'] satisfies Identity[]) {
  test.describe(identity, () => {
    test.use({ identity });

    test('d43_after_each_flow_tokens_are_nowhere_but_in_memory', async ({ page, visit }) => {
      const secrets = new Set<string>();
      page.on('response', async (response) => {
        if (!response.url().endsWith('/token') || !response.ok()) return;
        const { access_token, refresh_token } = (await response.json()) as Record<string, string>;
        for (const token of [access_token, refresh_token]) if (token) secrets.add(token);
      });
      page.on('request', (request) => {
        const verifier = new URLSearchParams(request.postData() ?? '').get('code_verifier');
        if (verifier) secrets.add(verifier);
      });
      const canary = await Canary.over(page);
      const expectSilence = async (of: Page, count: number): Promise<void> => {
        await expect.poll(() => secrets.size).toBe(count);
        const all = await everything(of);
        const codes = visit.answers.flatMap(({ searchParams }) => searchParams.getAll('code'));
        expect([...secrets, ...codes].filter((secret) => all.includes(secret))).toEqual([]);
      };
      await visit.open();
      const tab = await visit.begin();
      await approve(tab);
      await expectHeading(tab, SIGNED_IN);
      await visit.expectIn();
      await expectSilence(page, 3);
      await expectSilence(tab, 3);
      await canary.expectSilence();
      await tab.close();
      await visit.press('sign-out');
      await expectSilence(page, 3);
      await visit.signInHere();
      await expectSilence(page, 6);
      await visit.press('sign-out');
      await visit.press('sign-in-here');
      await deny(page);
      await expect(visit.note).toContainText('Access was not granted');
      await expectSilence(page, 6);
      expect((await stored(page)).session).toEqual({});
    });
  });
}

test('d46_calls_carry_no_cookies_and_nothing_is_cached', async ({ context, visit, sandbox }) => {
  await context.addCookies([{ name: 'wos-session', value: 'somebody', url: sandbox.console }]);
  await visit.open();
  await visit.signIn();
  await expect(visit.page.getByText('8 agents')).toBeVisible();
  const log = await sandbox.registryRequests();
  expect(log.length).toBeGreaterThan(5);
  for (const { headers, path } of log) {
    expect(headers, path).not.toHaveProperty('cookie');
    expect(headers, path).not.toHaveProperty('referer');
    expect(headers['cache-control'], path).toBe('no-cache');
  }
  // A redirect is not followed, so that no code goes where it leads.
  await visit.press('sign-out');
  await sandbox.faults({ method: 'POST', path: 'token', fault: 'login-redirect' });
  const tab = await visit.begin();
  await approve(tab);
  await expectHeading(tab, 'The sign-in did not work');
  await visit.expectOut();
});

test('d55_the_pages_have_the_strict_policy', async ({ request, sandbox }) => {
  for (const path of ['agents', QUARRY_PAGE, 'oauth-callback.html?code=x&state=foreign']) {
    const { 'content-security-policy': policy = '' } = (await request.get(sandbox.url(path))).headers();
    const wasm = path.startsWith('oauth') ? '' : " 'wasm-unsafe-eval'";
    expect(policy, path).toBe(
      `default-src 'none'; script-src 'self'${wasm}; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  }
});

test('d56_it_works_with_coop_and_coep_on_our_pages', async ({ context, visit, request, sandbox }) => {
  for (const path of ['agents', 'oauth-callback.html']) {
    expect((await request.get(sandbox.url(path))).headers()['cross-origin-opener-policy']).toBe('same-origin');
  }
  const isolated = (url: URL): boolean => [visit.callback, sandbox.url('agents')].includes(url.origin + url.pathname);
  await context.route(isolated, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'cross-origin-embedder-policy': 'require-corp' } });
  });
  await visit.open();
  expect(await visit.page.evaluate(() => crossOriginIsolated)).toBe(true);
  await visit.signIn();
  await visit.press('sign-out');
  await visit.signInHere();
});

test('d56_without_storage_a_tab_of_its_own_works_and_this_tab_says_why_not', async ({ context, page, visit, sandbox }) => {
  await context.addInitScript(() => {
    const refuse = { get: (): never => { throw new DOMException('refused', 'SecurityError'); } };
    Object.defineProperty(window, 'localStorage', refuse);
    Object.defineProperty(window, 'sessionStorage', refuse);
  });
  await visit.open();
  await visit.press('sign-in-here');
  await expect(visit.note).toContainText('Signing in in this tab is not possible');
  await expect(visit.note).toContainText('Sign in in a tab of its own instead');
  await visit.expectOut();
  expect(page.url()).toBe(sandbox.url('agents'));
  await visit.signIn();
});

test('d56_without_channels_it_says_what_to_do', async ({ context, page, visit }) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
  await visit.open();
  // Nothing could come back to a page that waits.
  const tab = await visit.begin();
  await expectAsked(tab);
  await approve(tab);
  await expectHeading(tab, 'No sign-in is waiting here');
  await visit.press('continue-here');
  await approve(page);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);
});
