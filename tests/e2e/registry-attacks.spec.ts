// What may come back in the place of an honest answer, and what documents and token answers may hold. Each is a row;
// the person is told, and no code reaches the token endpoint unless the row says so.
import { Callback, hashOf } from './support/callback';
import type { RegistrySwitches } from './support/sandbox';
import { AT_ONCE, expect, expectHeading, heldBack, ME, REGISTER, SIGNED_IN, test, Visit } from './support/registry';
import { approve, expectAsked } from './support/sign-in';

const NOTHING = 'No sign-in is waiting here';
const FAILED = 'The sign-in did not work';
const REFUSED = 'Access was not granted';
const STRANGE = 'The answer was not what a sign-in server sends';
const MARKUP = '<img src=x onerror=alert(1)><b>told</b>';

/** An answer that nobody gave. */
interface Answer {
  name: string;
  /** Its parameters, from those that an honest answer to the waiting sign-in would have. */
  parameters(honest: Record<'code' | 'state' | 'iss', string>): Record<string, string> | string;
  /** What the page says that it came to. */
  callback: string;
  /** What the console says; without it nothing reached the console, where the sign-in still waits. */
  note?: string;
  /** The sign-in still waits although something is said. */
  waits?: boolean;
}

const text = (parameters: Record<string, string>, more: string): string => `${new URLSearchParams(parameters).toString()}&${more}`;

const ANSWERS: Answer[] = [
  { name: 'wrong state', parameters: (honest) => ({ ...honest, state: 'A'.repeat(43) }), callback: NOTHING },
  { name: 'no state', parameters: ({ code, iss }) => ({ code, iss }), callback: NOTHING },
  { name: 'an address in the place of the state', parameters: (honest) => ({ ...honest, state: 'https://evil.example/' }), callback: NOTHING },
  {
    name: 'mix-up: the issuer of another server',
    parameters: (honest) => ({ ...honest, iss: 'https://issuer.elsewhere.example/' }),
    callback: FAILED,
    note: 'The answer came from another server than the one that was asked',
  },
  {
    name: 'the issuer without its slash',
    parameters: (honest) => ({ ...honest, iss: honest.iss.slice(0, -1) }),
    callback: FAILED,
    note: 'The answer came from another server than the one that was asked',
  },
  {
    name: 'd26_iss_is_checked_on_errors_too',
    parameters: ({ state }) => ({ error: 'access_denied', error_description: 'evil words', state, iss: 'https://issuer.elsewhere.example/' }),
    callback: FAILED,
    note: 'The answer came from another server than the one that was asked',
  },
  {
    name: 'no issuer, although it is advertised',
    parameters: ({ code, state }) => ({ code, state }),
    callback: FAILED,
    note: 'The answer does not say which server it came from',
  },
  { name: 'a repeated code', parameters: (honest) => text(honest, 'code=other'), callback: FAILED, note: STRANGE, waits: true },
  { name: 'a repeated state', parameters: (honest) => text(honest, `state=${'A'.repeat(43)}`), callback: FAILED, note: STRANGE, waits: true },
  { name: 'a repeated issuer', parameters: (honest) => text(honest, 'iss=https%3A%2F%2Fevil.example'), callback: FAILED, note: STRANGE, waits: true },
  { name: 'a code and an error', parameters: (honest) => text(honest, 'error=access_denied'), callback: FAILED, note: STRANGE, waits: true },
  { name: 'an answer beyond all measure', parameters: (honest) => text(honest, `x=${'y'.repeat(9000)}`), callback: FAILED, note: STRANGE, waits: true },
  { name: 'neither code nor error', parameters: ({ state, iss }) => ({ state, iss }), callback: FAILED, note: 'The answer was empty' },
  {
    name: 'd29_the_words_of_an_error_are_text',
    parameters: ({ state, iss }) => ({ error: 'access_denied', error_description: MARKUP, error_uri: 'javascript:alert(1)', state, iss }),
    callback: REFUSED,
    note: `It says: ${MARKUP}`,
  },
  {
    name: 'open redirect through other parameters',
    parameters: ({ state, iss }) => ({ error: 'access_denied', state, iss, path: '//evil.example', return_to: 'https://evil.example/', redirect_uri: 'https://evil.example/' }),
    callback: REFUSED,
    note: 'It says: access_denied. Nothing was changed.',
  },
];

for (const { name, parameters, callback, note, waits = note === undefined } of ANSWERS) {
  test(name, async ({ page, visit, sandbox }) => {
    page.on('dialog', (dialog) => expect(dialog.message()).toBeUndefined());
    const told = async (): Promise<void> => {
      if (note === undefined) return;
      await expect(visit.note).toContainText(note);
      await expect(visit.note.locator('img, b, a')).toHaveCount(0);
    };
    const url = (): string => visit.answer(parameters({ code: 'stolen', state: visit.sent('state'), iss: `${sandbox.identity}/` }));
    await visit.open();
    const tab = await visit.begin();
    await expectAsked(tab);
    await tab.goto(url());
    await expectHeading(tab, callback);
    expect(tab.url()).toBe(visit.callback);
    await told();
    await (waits ? visit.expectWaiting() : visit.expectOut());
    await tab.close();

    // The same with the whole tab.
    await page.reload();
    await visit.press('sign-in-here');
    await expectAsked(page);
    await page.goto(url());
    if (note === undefined) await expectHeading(page, callback);
    else await visit.expectOut();
    await told();
    expect(page.url()).toBe(note === undefined ? visit.callback : sandbox.url('agents'));
    expect(await visit.exchanges()).toEqual([]);
    expect(await sandbox.registryRequests('GET', /^api\//)).toEqual([]);
  });
}

/** Documents that lead astray. */
const DOCUMENTS: [name: string, switches: RegistrySwitches, note: string][] = [
  ['metadata with a wrong issuer', { issuer: 'wrong' }, 'calls itself by another name'],
  ['d14_a_javascript_address_is_not_opened', { metadata: { authorization_endpoint: 'javascript:alert(1)' } }, 'is not a safe one'],
  ['an authorization page without https', { metadata: { authorization_endpoint: 'http://evil.example/authorize' } }, 'is not a safe one'],
  ['token endpoint on http of a foreign host', { metadata: { token_endpoint: 'http://evil.example/token' } }, 'is not a safe one'],
  ['token endpoint on another host', { metadata: { token_endpoint: 'https://evil.example/token' } }, 'wants your sign-in sent to another server'],
  ['registration endpoint on another host', { metadata: { registration_endpoint: 'https://evil.example/register' } }, 'wants your sign-in sent to another server'],
  ['metadata of another resource', { resource_metadata: { resource: 'https://evil.example/api' } }, 'is one of another service'],
  ['a resource of another server', { resource_metadata: { authorization_servers: ['https://evil.example'] } }, 'takes sign-ins of another server'],
];

for (const [name, switches, note] of DOCUMENTS) {
  test(name, async ({ page, visit, sandbox }) => {
    await sandbox.registry(switches);
    await visit.open();
    const opened = page.waitForEvent('popup');
    await visit.press('sign-in');
    const tab = await opened;
    await expect(visit.note).toContainText('The sign-in was not started');
    await expect(visit.note).toContainText(note);
    await expect.poll(() => tab.isClosed(), 'the tab that was opened').toBe(true);
    await visit.press('sign-in-here');
    await expect(visit.note).toContainText(note);
    await visit.expectOut();
    expect(page.url()).toBe(sandbox.url('agents'));
    expect(visit.asked).toEqual([]);
    expect(await sandbox.registryRequests('POST')).toEqual([]);
  });
}

/** Token answers that are no good; each is one exchange. */
const TOKENS: [name: string, switches: RegistrySwitches][] = [
  ['oversized token response', { oversized_token: true }],
  ['a token of an unknown type', { token_answer: { token_type: 'mac' } }],
  ['a token of no type', { token_answer: { token_type: null } }],
  ['an empty token', { token_answer: { access_token: '' } }],
  ['a code that has expired', { code_lifetime: 0 }],
];

for (const [name, switches] of TOKENS) {
  test(name, async ({ visit, sandbox, guard }) => {
    guard.allowStatus(500);
    await sandbox.registry({ ...AT_ONCE, ...switches });
    await visit.open();
    const tab = await visit.begin();
    await expectHeading(tab, FAILED);
    await expect(visit.note).toContainText('You could not be signed in');
    await visit.expectOut();
    expect(await visit.exchanges()).toHaveLength(1);
    expect(await sandbox.registryRequests('GET', ME)).toEqual([]);
  });
}

test('replayed callback address', async ({ page, context, visit, sandbox }) => {
  await sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(async () => {});
  await visit.press('sign-out');
  await visit.signInHere(async () => {});
  for (const answer of visit.answers.splice(0)) {
    const tab = await context.newPage();
    await tab.goto(answer.href);
    await expectHeading(tab, 'This sign-in was already used');
    await tab.close();
  }
  await expect(page.getByText('8 agents')).toBeVisible();
  expect(await visit.exchanges()).toHaveLength(2);
});

test('d21_two_tabs_replaying_one_address_make_one_exchange', async ({ page, context, visit, sandbox }) => {
  await visit.open();
  const answer = await heldBack(visit, () => visit.press('sign-in-here'));
  // The second tab began as a copy of the first, with what that kept.
  const callback = new Callback(page, sandbox);
  await callback.stage();
  const copy = context.waitForEvent('page');
  await page.evaluate(() => void open(location.href));
  const other = new Visit(await copy, sandbox);
  await other.page.waitForURL(sandbox.url('stage'));
  await Promise.all([page.goto(answer), other.page.goto(answer)]);
  const told = [visit, other].map(({ page }) => page.getByText(/buyer@acmebrand\.example|This sign-in was already used/).first());
  for (const words of told) await expect(words).toBeVisible();
  const words = await Promise.all(told.map((one) => one.textContent()));
  expect(words.sort()).toEqual(['This sign-in was already used', 'buyer@acmebrand.example']);
  expect(await visit.exchanges()).toHaveLength(1);
});

test('two tabs replaying an answer to a tab that waits', async ({ context, visit }) => {
  await visit.open();
  const answer = await heldBack(visit, () => visit.press('sign-in'));
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => tab.goto(answer)));
  for (const tab of tabs) {
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`${SIGNED_IN}|This sign-in was already used`));
  }
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);
});

test('code injected from another flow', async ({ context, visit, sandbox, guard }) => {
  guard.allowStatus(400);
  const attacker = new Visit(await context.newPage(), sandbox);
  await attacker.open();
  const stolen = new URL(await heldBack(attacker, () => attacker.press('sign-in'))).searchParams.get('code') ?? '';
  await visit.open();
  const tab = await visit.begin();
  await expectAsked(tab);
  await tab.goto(visit.answer({ code: stolen, state: visit.sent('state'), iss: `${sandbox.identity}/` }));
  await expectHeading(tab, FAILED);
  await expect(visit.note).toContainText('You could not be signed in');
  await visit.expectOut();
  // The server is asked once, and knows by the verifier that the code is another's.
  const [exchange, ...more] = await visit.exchanges();
  expect(more).toEqual([]);
  expect(Buffer.from(exchange?.body.code_verifier.sha256, 'hex').toString('base64url')).toBe(visit.sent('code_challenge'));
  expect(await sandbox.registryRequests('GET', ME)).toEqual([]);
});

test('open redirect through a return path that was tampered with', async ({ page, visit, sandbox }) => {
  await visit.open();
  const answer = await heldBack(visit, () => visit.press('sign-in-here'));
  await new Callback(page, sandbox).stage();
  await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.includes('flow.')) as string;
    const record = JSON.parse(sessionStorage.getItem(key) as string) as Record<string, unknown>;
    sessionStorage.setItem(key, JSON.stringify({ ...record, path: '//evil.example/agents' }));
  });
  await page.goto(answer);
  await expectHeading(page, 'This sign-in cannot go on');
  expect(page.url()).toBe(visit.callback);
  expect(await visit.exchanges()).toEqual([]);
});

test('foreign message origin', async ({ page, context, sandbox }) => {
  // Somebody else's page opens the console, whose own policy would part them, and tells it what it likes.
  await context.route(sandbox.url('agents'), async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    await route.fulfill({ response, headers });
  });
  const foreign = new URL('stage', sandbox.auth).href;
  await context.route(foreign, (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><link rel="icon" href="data:,">' }));
  await page.goto(foreign);
  const popup = page.waitForEvent('popup');
  await page.evaluate((url) => void Object.assign(window, { child: open(url) }), sandbox.url('agents'));
  const visit = new Visit(await popup, sandbox);
  expect(await visit.page.evaluate(() => opener !== null)).toBe(true);
  const tab = await visit.begin();
  const query = new URL(visit.answer({ code: 'stolen', state: visit.sent('state'), iss: `${sandbox.identity}/` })).search.slice(1);
  const { pathname } = new URL(sandbox.console);
  await page.evaluate(
    ([query, channel]) => {
      const message = { type: 'credenza-callback', query };
      (window as unknown as { child: Window }).child.postMessage(message, '*');
      // A channel of the right name, and of another origin.
      new BroadcastChannel(channel).postMessage(message);
    },
    [query, `credenza.${hashOf(visit.sent('state'))} ${pathname}`] as const,
  );
  await visit.expectWaiting();
  await expect(visit.note).toHaveCount(0);
  await approve(tab);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);
});

test('guessed channel name', async ({ context, visit, sandbox }) => {
  await visit.open();
  const tab = await visit.begin();
  const state = visit.sent('state');
  const hash = hashOf(state);
  const stage = await new Callback(await context.newPage(), sandbox).stage();
  const { pathname } = new URL(sandbox.console);
  const names = [`credenza ${pathname}`, `credenza. ${pathname}`, `credenza.${state} ${pathname}`, `credenza.flow.${hash} ${pathname}`, `credenza.${hash}`];
  const post = (names: string[], query: string): Promise<void> =>
    stage.evaluate(
      ([names, query]) => {
        for (const name of names) new BroadcastChannel(name).postMessage({ type: 'credenza-callback', query });
      },
      [names, query] as const,
    );
  await post(names, `code=stolen&state=${state}&iss=${encodeURIComponent(`${sandbox.identity}/`)}`);
  // Whoever knows the name, and so the hash, does not know the state.
  await post([`credenza.${hash} ${pathname}`], `code=stolen&state=${hash}&iss=${encodeURIComponent(`${sandbox.identity}/`)}`);
  await expect(visit.note).toContainText('This answer belongs to no sign-in of this page');
  await visit.expectWaiting();
  expect(await visit.exchanges()).toEqual([]);
  await approve(tab);
  await expectHeading(tab, SIGNED_IN);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);
});

test('a registration that is refused is told', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(400);
  await sandbox.registry({ registration_refused: true });
  await visit.open();
  const opened = page.waitForEvent('popup');
  await visit.press('sign-in');
  const tab = await opened;
  await expect(visit.note).toContainText('The sign-in server did not register this page');
  await expect.poll(() => tab.isClosed(), 'the tab that was opened').toBe(true);
  expect(await sandbox.registryRequests('POST', REGISTER.sandbox)).toHaveLength(1);
  expect(visit.asked).toEqual([]);
});
