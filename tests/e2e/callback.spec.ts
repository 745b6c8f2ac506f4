// The page that sign-ins return to, alone: the test plays the console.
import { Callback, hashOf, type Flow } from './support/callback';
import { expect, test as base } from './support/test';

const test = base.extend<{ callback: Callback }>({
  callback: async ({ page, sandbox }, use) => use(new Callback(page, sandbox)),
});

const STATE = 'Zq3-state_of.this~test';
const QUERY = `code=a%2Fb+c&state=${STATE}&iss=https%3A%2F%2Fas.example`;
const LATER = Date.now() + 10 * 60_000;

const NOTHING = 'No sign-in is waiting here';
const EXPIRED = 'This sign-in has expired';
const USED = 'This sign-in was already used';
const NO_WAY = 'This sign-in cannot go on';
const MOMENT = 'One moment';

for (const based of [false, true]) {
  test.describe(based ? 'under a path' : 'at the root', () => {
    test.use({ based });

    test('a foreign answer: says that nothing waits, loads its own few files and stays', async ({ callback, page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await callback.arrive('?code=x&state=foreign');
      await callback.expectTold(MOMENT, false);
      await callback.expectTold(NOTHING, true);
      callback.expectStayed();
      const names = new Set(asked.map((url) => url.replace(callback.sandbox.console, '').replace(/-[0-9a-f]+\./, '-HASH.')));
      const own = ['oauth-callback.html?code=x&state=foreign', 'oauth-callback.css', 'oauth-callback.js', 'icon-HASH.svg'];
      expect([...names].sort()).toEqual(own.sort());
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, '']);
    });

    test('a sign-in of this tab: goes to its path, with the query in the storage of the session', async ({ callback, page, context, sandbox }) => {
      const path = `${callback.base}agents?view=1#top`;
      await Callback.blank(context, sandbox.url('agents?view=1'));
      await callback.stage();
      await callback.keep(STATE, { mode: 'redirect', expires: LATER, path });
      await callback.arrive(`?${QUERY}#fragment`);
      await page.waitForURL(new URL(path, sandbox.console).href);
      expect(await callback.kept()).toBe(QUERY);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
      // The callback page is not in the history: Back leads to where the person was.
      await page.goBack();
      expect(page.url()).toBe(sandbox.url('stage'));
    });

    test('a path outside of this deployment is refused', async ({ callback, page }) => {
      const { base } = callback;
      const paths: unknown[] = [
        '//evil.example', '///evil.example', 'https://evil.example/', '/\\evil.example', '\\\\evil.example', '/\t/evil.example',
        `${base}../..//evil.example`, 'javascript:alert(1)', 'data:text/html,x', 'agents', '', ' /', null, 7, {},
        ...(based ? ['/', '/agents', `${base}../x`, `${base}%2e%2e/x`, base.slice(0, -1), `${base.slice(0, -1)}x/`] : ['/.//evil.example']),
      ];
      for (const path of paths) {
        await callback.stage();
        await callback.keep(STATE, { mode: 'redirect', expires: LATER, path });
        await callback.arrive(`?${QUERY}`);
        await callback.expectTold(NO_WAY, true);
        callback.expectStayed();
        expect(await callback.kept(), String(path)).toBeNull();
      }
      expect(page.context().pages()).toHaveLength(1);
    });

    test('a window hands the answer over and tells the outcome', async ({ callback, page }) => {
      const console = await callback.console();
      const heard = await callback.answer(console, callback.name(hashOf(STATE)), ['connected']);
      await callback.arrive(`?${QUERY}`);
      await callback.expectTold('You are signed in', false);
      await expect(page.getByRole('status')).toContainText('You can close this tab');
      expect(await heard()).toEqual([{ type: 'credenza-callback', query: QUERY }]);
      callback.expectStayed();
    });

    test('names without the base, or with another, are not of this deployment', async ({ callback, page }) => {
      const console = await callback.console();
      const hash = hashOf(STATE);
      const heard = await callback.answer(console, `credenza.${hash}`, ['connected']);
      await callback.stage();
      for (const key of [`credenza.flow.${hash}`, `credenza.flow.${hash} ${callback.base}x/`]) {
        await page.evaluate(
          ([key, value]) => sessionStorage.setItem(key, value),
          [key, JSON.stringify({ mode: 'redirect', expires: LATER, path: callback.base })] as const,
        );
      }
      await callback.arrive(`?${QUERY}`);
      await callback.expectTold(NOTHING, true);
      callback.expectStayed();
      expect(await heard()).toEqual([]);
    });
  });
}

test('the address is clean before anything else happens', async ({ callback, page }) => {
  const referrers: (string | null)[] = [];
  page.on('request', async (request) => referrers.push(await request.headerValue('referer')));
  await page.addInitScript(() => {
    const told: string[] = [];
    const watch = (owner: object, name: string): void => {
      const original = Reflect.get(owner, name) as (...given: unknown[]) => unknown;
      Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
        told.push(`${name} ${location.search}${location.hash}`);
        return original.apply(this, given);
      });
    };
    watch(History.prototype, 'replaceState');
    watch(Storage.prototype, 'getItem');
    watch(SubtleCrypto.prototype, 'digest');
    watch(BroadcastChannel.prototype, 'postMessage');
    Object.assign(window, { told });
  });
  await callback.arrive(`?${QUERY}#access_token=x`);
  await callback.expectTold(MOMENT, false);
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  expect(told[0]).toBe(`replaceState ?${QUERY}#access_token=x`);
  expect(told.length).toBeGreaterThan(4);
  // No later call saw anything of it.
  expect(told.slice(1).filter((one) => /[?#]/.test(one))).toEqual([]);
  callback.expectStayed();
  expect(referrers.filter(Boolean)).toEqual([]);
});

test('the mode of a record counts, not that there is one', async ({ callback }) => {
  const path = callback.base;
  const records: (Flow | string)[] = [
    { mode: 'window', expires: LATER, path }, { expires: LATER, path }, { mode: ['redirect'], expires: LATER, path },
    { mode: 'Redirect', expires: LATER, path }, '"redirect"', '[]', 'null', '{"mode": "redirect"', '',
  ];
  const heard = await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  for (const record of records) {
    await callback.stage();
    await callback.keep(STATE, record);
    await callback.arrive(`?${QUERY}`);
    await callback.expectTold('You are signed in', false);
    callback.expectStayed();
    expect(await callback.kept(), JSON.stringify(record)).toBeNull();
  }
  expect(await heard()).toHaveLength(records.length);
});

test('a sign-in of this tab that has expired goes nowhere and tells nobody', async ({ callback }) => {
  const heard = await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  for (const expires of [Date.now() - 1, 0, null, undefined, 'later', {}]) {
    await callback.stage();
    await callback.keep(STATE, { mode: 'redirect', expires, path: callback.base });
    await callback.arrive(`?${QUERY}`);
    await callback.expectTold(EXPIRED, true);
    callback.expectStayed();
    expect(await callback.kept(), String(expires)).toBeNull();
  }
  expect(await heard()).toEqual([]);
});

for (const [outcome, heading] of [
  ['refused', 'Access was not granted'],
  ['failed', 'The sign-in did not work'],
  ['something-new', 'Credenza has the answer'],
  ['__proto__', 'Credenza has the answer'],
  ['<img src=x onerror=alert(1)>', 'Credenza has the answer'],
] as const) {
  test(`the outcome in words: ${outcome}`, async ({ callback, page }) => {
    await callback.answer(await callback.console(), callback.name(hashOf(STATE)), [outcome]);
    await callback.arrive(`?${QUERY}`);
    await callback.expectTold(heading, false);
    await expect(page.getByRole('status')).toContainText('You can close this tab');
    await expect(page.locator('main')).not.toContainText(outcome);
  });
}

test('a console that takes its time is waited for, and a late outcome is told too', async ({ callback, page }) => {
  await page.clock.install();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  const console = await callback.console();
  const heard = await callback.answer(console, callback.name(hashOf(STATE)), []);
  const say = (outcome: string): Promise<void> =>
    console.evaluate(
      ([name, outcome]) => new BroadcastChannel(name).postMessage({ type: 'credenza-ack', outcome }),
      [callback.name(hashOf(STATE)), outcome] as const,
    );
  await callback.arrive(`?${QUERY}`);
  await expect.poll(heard).toHaveLength(1);
  await page.clock.runFor(2_900);
  await callback.expectTold(MOMENT, false);
  await page.clock.runFor(200);
  await callback.expectTold(NOTHING, true);
  await say('received');
  await callback.expectTold('Credenza has the answer', false);
  await say('connected');
  await callback.expectTold('You are signed in', false);
  await page.clock.runFor(60_000);
  await callback.expectTold('You are signed in', false);
});

test('an answer that was used says so and is handed to nobody', async ({ callback, page }) => {
  const hash = hashOf(STATE);
  const heard = await callback.answer(await callback.console(), callback.name(hash), ['connected']);
  await callback.stage();
  await callback.keepUsed(JSON.stringify({ [hash]: Date.now() + 60_000 }));
  await callback.keep(STATE, { mode: 'redirect', expires: LATER, path: callback.base });
  await callback.arrive(`?${QUERY}`);
  await callback.expectTold(USED, true);
  callback.expectStayed();
  expect(await callback.kept()).toBeNull();
  expect(await heard()).toEqual([]);
  // What it remembers is a hash and a time, and the page adds nothing.
  expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain(STATE);
});

test('a list of used answers that is over, of others, or damaged hinders nobody', async ({ callback }) => {
  const hash = hashOf(STATE);
  const heard = await callback.answer(await callback.console(), callback.name(hash), ['connected']);
  const lists = [JSON.stringify({ [hash]: Date.now() - 1 }), JSON.stringify({ [hashOf('x')]: LATER }), '{', 'null', '7', '[]', '{"x": 1}'];
  for (const list of lists) {
    await callback.stage();
    await callback.keepUsed(list);
    await callback.arrive(`?${QUERY}`);
    await callback.expectTold('You are signed in', false);
  }
  expect(await heard()).toHaveLength(lists.length);
});

test('opened twice, both tabs are told the one outcome', async ({ callback, context, sandbox }) => {
  const other = new Callback(await context.newPage(), sandbox);
  await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  await Promise.all([callback.arrive(`?${QUERY}`), other.arrive(`?${QUERY}`)]);
  await callback.expectTold('You are signed in', false);
  await other.expectTold('You are signed in', false);
});

test('after a reload, and with Back, nothing is left to hand over', async ({ callback, page }) => {
  const heard = await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
  await callback.arrive(`?${QUERY}`);
  await callback.expectTold('You are signed in', false);
  await page.reload();
  await callback.expectTold(NOTHING, true);
  await callback.stage();
  await page.goBack();
  await callback.expectTold(NOTHING, true);
  callback.expectStayed();
  expect(await heard()).toHaveLength(1);
});

test('an answer without a state is nobody\'s', async ({ callback }) => {
  for (const query of ['', '?code=x', '?state=', '?error=access_denied']) {
    await callback.arrive(query);
    await callback.expectTold(NOTHING, true);
    callback.expectStayed();
  }
});

test('repeated parameters are passed on as they are: the console judges them', async ({ callback }) => {
  const heard = await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['failed']);
  const query = `code=a&code=b&state=${STATE}&state=other&error=x`;
  await callback.arrive(`?${query}`);
  await callback.expectTold('The sign-in did not work', false);
  expect(await heard()).toEqual([{ type: 'credenza-callback', query }]);
});

test('what a provider says is never shown, as text or as markup', async ({ callback, page }) => {
  const query = `error=access_denied&error_description=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3Cb%3Etold&state=${STATE}`;
  const heard = await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['refused']);
  page.on('dialog', (dialog) => expect(dialog.message()).toBeUndefined());
  await callback.arrive(`?${query}`);
  await callback.expectTold('Access was not granted', false);
  await expect(page.locator('main :is(img, b)')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('told');
  expect(await heard()).toEqual([{ type: 'credenza-callback', query }]);
});
