// The methods of `<credenza-connect>`, and its status.
import { IDENTIFIER, KEY } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, host, ready, source, type Host } from './support/element';
import { expect, test } from './support/test';

const summary = (there: Host) => there.element.getByRole('alert').filter({ hasText: 'There is a problem' });

test.describe('submit()', () => {
  test('does what the form’s button does', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await there.call('submit');
    await there.hears('connected');
    expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
    expect(await sandbox.requests('POST')).toHaveLength(1);
  });

  test('shows what is wrong, and takes the focus there', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.field(ACCOUNT).fill(IDENTIFIER);
    await there.call('submit');
    await expect(summary(there)).toContainText('Enter the key or token');
    await expect(there.field(KEY_OR_TOKEN)).toHaveAccessibleDescription(/Enter the key or token/);
    await expect.poll(() => there.element.evaluate((element) => element.shadowRoot?.activeElement?.textContent)).toMatch(/^There is a problem/);
    expect(await sandbox.requests('POST')).toEqual([]);
  });

  test('twice in a row sends once', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await there.element.evaluate((element) => {
      const { submit } = element as unknown as { submit: () => void };
      submit.call(element);
      submit.call(element);
    });
    await there.call('submit');
    await there.hears('connected');
    expect(await sandbox.requests('POST')).toHaveLength(1);
  });

  test('where there is no form, nothing happens', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: source('', 'src_live') });
    await there.call('submit');
    await there.starts();
    await there.call('submit');
    expect(await there.names()).toEqual(['ready']);
    expect(await sandbox.requests('POST')).toEqual([]);
  });

  test('of an element that is not in the page, nothing happens', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    const told = await page.evaluate(() => {
      const element = document.createElement('credenza-connect') as unknown as HTMLElement & Record<string, () => unknown>;
      element['submit']!();
      element['reset']!();
      element.focus();
      return [element['checkValidity']!(), element['reportValidity']!(), element['status'], element['form'], (element['labels'] as unknown as NodeList).length];
    });
    expect(told).toEqual([false, false, 'unknown', null, 0]);
    expect(await there.names()).toEqual(['ready']);
  });
});

test.describe('reset()', () => {
  test('forgets what was typed and what was said of it; what was chosen stays', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.set({ value: { accountIdentifier: 'preset' } });
    await there.hears('ready', 2);
    await there.fillKey('typed', 'with space');
    await there.button('Show Key or token').click();
    await there.button('Connect source').click();
    await expect(summary(there)).toBeVisible();
    await there.call('reset');
    await expect(there.field(ACCOUNT)).toHaveValue('preset');
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
    await expect(there.field(KEY_OR_TOKEN)).toHaveAttribute('type', 'password');
    await expect(summary(there)).toHaveCount(0);
    await there.connects();
  });

  test('is told as a change of validity', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await there.hears('change');
    await there.call('reset');
    expect(await there.hears('change', 2)).toEqual({ valid: false });
  });

  test('while it is being sent does nothing', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.fillKey();
    await sandbox.faults({ method: 'POST', path: 'buyer/storefronts/42/sources/src_main/credentials', fault: 'delay', delay_ms: 300 });
    await there.button('Connect source').click();
    await there.call('reset');
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
    await there.hears('connected');
  });
});

test.describe('focus()', () => {
  test('goes to the first control, and :focus is the element’s', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.call('focus');
    await expect(there.element.getByRole('radio').first()).toBeFocused();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('credenza-connect');
  });

  test('goes to the first field that is wrong', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.field(ACCOUNT).fill(IDENTIFIER);
    await there.button('Connect source').click();
    await expect(summary(there)).toBeVisible();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    await there.call('focus');
    await expect(there.field(KEY_OR_TOKEN)).toBeFocused();
  });

  test('goes to a button where there is no form, and is harmless before', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: source('', 'src_live') });
    await there.call('focus');
    await there.starts();
    await there.call('focus');
    await expect(there.button('Add another account')).toBeFocused();
  });

  test('takes the options of the browser', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: `<p id="tall"></p>${source()}`, style: '#tall { height: 3000px; }' });
    await there.call('focus', { preventScroll: true });
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(there.element.getByRole('radio').first()).toBeFocused();
  });

  test('a keyboard comes in and out of it in the order of what is seen', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: `<button>Before</button>${source()}<button>After</button>` });
    await page.getByRole('button', { name: 'Before' }).focus();
    const seen: string[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      const inside = await there.element.evaluate((element) => {
        const one = element.shadowRoot?.activeElement as HTMLInputElement | null;
        return one && (one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.textContent);
      });
      seen.push(inside ?? (await page.evaluate(() => document.activeElement?.textContent ?? '')));
    }
    expect(seen.map((name) => name.trim().slice(0, 20))).toEqual([
      'A key or token', 'Your account name or', 'Key or token', 'Show Key or token', 'More options Send it', 'Connect source', 'Cancel', 'After',
    ]);
    await page.keyboard.press('Shift+Tab');
    await expect(there.button('Cancel')).toBeFocused();
  });

  test('nothing takes the focus by itself when the page is opened', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: `<label>First <input autofocus></label>${source()}` });
    await page.waitForLoadState('networkidle');
    await expect(page.getByLabel('First')).toBeFocused();
    await there.set({ sourceId: 'src_live' });
    await there.hears('ready', 2);
    await expect(page.getByLabel('First')).toBeFocused();
  });
});

test.describe('checkValidity() and reportValidity()', () => {
  const both = async (there: Host): Promise<unknown[]> => [await there.call('checkValidity'), await there.call('reportValidity')];

  test('say whether what is typed would pass; the second shows what would not', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    expect(await there.call('checkValidity')).toBe(false);
    await expect(summary(there)).toHaveCount(0);
    expect(await there.call('reportValidity')).toBe(false);
    await expect(summary(there)).toContainText('Enter the key or token');
    await there.fillKey();
    expect(await both(there)).toEqual([true, true]);
    await expect(summary(there)).toHaveCount(0);
    expect(await sandbox.requests('POST'), 'nothing is sent').toEqual([]);
    expect(await there.names()).toEqual(['ready', 'change']);
  });

  test('are true when connected, and when nothing is needed', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    await there.connects();
    expect(await both(there)).toEqual([true, true]);
    for (const [at, sourceId] of ['src_live', 'src_open'].entries()) {
      await there.set({ sourceId });
      await there.hears('ready', at + 2);
      expect(await both(there), sourceId).toEqual([true, true]);
    }
    await there.set({ storefrontId: '45', sourceId: 'src_web' });
    await there.hears('ready', 4);
    expect(await both(there), 'and no longer where something is').toEqual([false, false]);
  });

  test('are false while it waits for consent', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('', 'src_radio', 43) });
    expect(await both(there)).toEqual([false, false]);
  });

  test('are false before anything is there', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    expect(await both(there)).toEqual([false, false]);
  });
});

test('status follows what is known, and nobody can set it', async ({ page, sandbox, guard }) => {
  guard.allowStatus(500);
  const there = await host(page, sandbox);
  expect(await there.get('status')).toBe('unknown');
  await there.starts();
  expect(await there.get('status')).toBe('needs_credentials');
  const set = await there.element.evaluate((element) => Reflect.set(element, 'status', 'connected'));
  expect(set).toBe(false);
  expect(await there.get('status')).toBe('needs_credentials');
  for (const [at, [storefrontId, sourceId, status]] of (
    [['42', 'src_live', 'connected'], ['43', 'src_radio', 'pending'], ['42', 'src_open', 'none_needed'], ['42', 'src_main', 'needs_credentials'], ['42', 'src_nowhere', 'unknown'], ['47', 'x', 'unknown']] as const
  ).entries()) {
    await there.set({ storefrontId, sourceId });
    expect(await there.hears('ready', at + 2), sourceId).toEqual({ status });
    expect(await there.get('status')).toBe(status);
  }
});

test('a sheet of the page’s finds the element by its state', async ({ page, sandbox }) => {
  const names = ['loading', 'needs-credentials', 'pending', 'connected', 'none-needed'];
  const style = names.map((name, at) => `credenza-connect:state(${name}) { outline: ${at + 1}px solid red; }`).join('\n');
  const there = await host(page, sandbox, { style });
  const state = (): Promise<string | undefined> => there.element.evaluate((element, names) => names.find((name) => element.matches(`:state(${name})`)), names);
  await there.starts();
  await expect(there.element).toHaveCSS('outline-width', '2px');
  for (const [at, [storefrontId, sourceId, name]] of ([['42', 'src_live', 'connected'], ['43', 'src_radio', 'pending'], ['42', 'src_open', 'none-needed'], ['42', 'src_nowhere', undefined]] as const).entries()) {
    await there.set({ storefrontId, sourceId });
    await there.hears('ready', at + 2);
    expect(await state(), sourceId).toBe(name);
  }
});

test('status is up to date when an event is heard', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    script: `window.seen = [];
      for (const name of ['ready', 'before-submit', 'connected']) document.addEventListener('credenza-' + name, ({ target }) => window.seen.push([name, target.status, target.checkValidity()]));`,
  });
  await there.starts();
  await there.connects();
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual([
    ['ready', 'needs_credentials', false],
    ['before-submit', 'needs_credentials', true],
    ['connected', 'connected', true],
  ]);
});

test('attributes and properties are the same', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: '<credenza-connect></credenza-connect>' });
  const told = await there.element.evaluate((element) => {
    const it = element as unknown as Record<string, unknown>;
    const texts = { service: 'service', 'storefront-id': 'storefrontId', 'source-id': 'sourceId', 'instance-id': 'instanceId', 'agent-url': 'agentUrl', 'auth-type': 'authType', locale: 'locale', theme: 'theme', name: 'name' };
    const flags = { 'light-dom': 'lightDom', admin: 'admin', disabled: 'disabled', required: 'required' };
    const wrong: string[] = [];
    const same = (what: string, one: unknown, other: unknown): void => void (one === other || wrong.push(`${what}: ${String(one)}, not ${String(other)}`));
    for (const [attribute, property] of Object.entries(texts)) {
      same(`${property} at first`, it[property], property === 'theme' ? 'auto' : '');
      it[property] = 'x';
      same(`${attribute} by property`, element.getAttribute(attribute), 'x');
      element.setAttribute(attribute, 'y');
      same(`${property} by attribute`, it[property], 'y');
      it[property] = null;
      same(`${attribute} taken away`, element.hasAttribute(attribute), false);
    }
    for (const [attribute, property] of Object.entries(flags)) {
      same(`${property} at first`, it[property], false);
      it[property] = true;
      same(`${attribute} by property`, element.getAttribute(attribute), '');
      element.removeAttribute(attribute);
      same(`${property} by attribute`, it[property], false);
    }
    for (const property of ['config', 'getToken', 'getHeaders', 'value', 'messages']) {
      same(`${property} at first`, it[property], undefined);
      const value = {};
      it[property] = value;
      same(property, it[property], value);
      same(`${property} as an attribute`, element.hasAttribute(property), false);
      it[property] = undefined;
    }
    return wrong;
  });
  expect(told).toEqual([]);
});
