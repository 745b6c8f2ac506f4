// What a page sets of `<credenza-connect>`: values to start with, other words, the language of dates, ways to authenticate, admin.
import { KEY, registration } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, config, host, ready, source, type Host } from './support/element';
import { fingerprint, type Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const gateway = (sandbox: Sandbox, more: object = {}) => ({ storefront: { ...(config(sandbox)['storefront'] as object), access: 'gateway', ...more } });
const ways = (there: Host): Promise<string[]> => there.element.getByRole('radio').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? ''));
const SHARED = 'Shared by every buyer of this source';

test.describe('value', () => {
  test('fills fields that are not secret, before those of the configuration', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ value: { accountIdentifier: 'of-the-page', username: 'ann' } });
    await there.starts({ storefront: { ...(config(sandbox)['storefront'] as object), preset: { accountIdentifier: 'of-the-file', issuer: 'file-issuer' } } });
    await expect(there.field(ACCOUNT)).toHaveValue('of-the-page');
    await there.element.getByText('Username and password', { exact: true }).click();
    await expect(there.field('Username at Premium CTV — Direct')).toHaveValue('ann');
    await there.element.getByText('A private key (JWT)', { exact: true }).click();
    await expect(there.field(/^Issuer/)).toHaveValue('file-issuer');
  });

  test('never fills a secret, and a name that there is not does no harm', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ value: { token: KEY, password: KEY, privateKey: KEY, __proto__: 'x', nowhere: 'x' } });
    await there.starts();
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
    await there.element.getByText('Username and password', { exact: true }).click();
    await expect(there.field('Password at Premium CTV — Direct')).toHaveValue('');
  });

  test('is what is sent where the person leaves it', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ value: { accountIdentifier: 'of-the-page' } });
    await there.starts();
    await there.field(KEY_OR_TOKEN).fill(KEY);
    await there.button('Connect source').click();
    await there.hears('connected');
    const [post] = await sandbox.requests('POST', registration());
    expect(post?.body).toEqual({ accountIdentifier: 'of-the-page', auth: { type: 'api_key', token: fingerprint(KEY) } });
  });

  test('that is no text is told', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ value: { accountIdentifier: 7 } });
    await there.configure();
    expect(await there.hears('error')).toMatchObject({ code: 'configuration', message: expect.stringMatching(/value/) });
  });
});

test.describe('messages', () => {
  const GERMAN = {
    'Connect {}': '{} verbinden',
    Cancel: 'Abbrechen',
    'Connect source': 'Quelle verbinden',
    'What do you have?': 'Was haben Sie?',
    'A key or token': 'Einen Schlüssel',
    'Key or token': 'Schlüssel',
    'There is a problem': 'Da stimmt etwas nicht',
    'Show {}': '{} zeigen',
    Show: 'Zeigen',
    Connected: 'Verbunden',
  };

  test('stand for sentences, for templates with values in them, and for names that are only read out', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ messages: GERMAN });
    await there.starts();
    await expect(there.element.getByRole('heading', { name: 'Premium CTV — Direct verbinden' })).toBeVisible();
    await expect(there.element.getByRole('group', { name: 'Was haben Sie?' })).toBeVisible();
    await expect(there.element.getByRole('radio', { name: 'Einen Schlüssel' })).toBeChecked();
    await expect(there.button('Abbrechen')).toBeVisible();
    await expect(there.field('Schlüssel')).toHaveValue('');
    await expect(there.button('Schlüssel zeigen'), 'an aria-label').toHaveText('Zeigen');
    await there.button('Quelle verbinden').click();
    await expect(there.element.getByRole('heading', { name: 'Da stimmt etwas nicht' })).toBeVisible();
    await there.field(ACCOUNT).fill('acme');
    await there.field('Schlüssel').fill(KEY);
    await there.button('Quelle verbinden').click();
    await expect(there.element.getByRole('heading', { name: 'Verbunden', exact: true })).toBeVisible();
    await there.hears('connected');
  });

  test('stand for labels and hints with the name of the source in them, and for labels in other sentences', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    const hint = '{} gave it to you, perhaps as API key, access key or bearer token.';
    await there.set({ messages: { ...GERMAN, 'Your account name or number at {}': 'Ihr Konto bei {}', [hint]: 'Von {}.' } });
    await there.starts();
    await expect(there.field('Ihr Konto bei Premium CTV — Direct')).toBeVisible();
    await expect(there.field('Schlüssel')).toHaveAccessibleDescription(/Von Premium CTV — Direct\./);
    await there.element.getByText('Username and password', { exact: true }).click();
    await expect(there.button('Password at Premium CTV — Direct zeigen')).toBeVisible();
  });

  test('what is not translated stays, and the words of events are those that are read', async ({ page, sandbox, guard }) => {
    guard.allowStatus(500);
    await sandbox.faults({ method: 'GET', path: 'buyer/storefronts/42', fault: 'status', status: 500 });
    const there = await host(page, sandbox);
    await there.set({ messages: { '{} has a problem (status {})': '{} ist gestört ({})', 'Try again': 'Nochmals' } });
    await there.gives('scope3_demo_buyer');
    await there.configure();
    const { message } = await there.hears('error');
    expect(message).toMatch(/^Interchange ist gestört \(500\)/);
    await expect(there.element.getByText('Interchange ist gestört (500)')).toBeVisible();
    await there.button('Nochmals').click();
    await expect(there.button('Connect source')).toBeVisible();
  });

  test('what is said without a module has other words, too', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: '<credenza-connect></credenza-connect>' });
    await there.set({ messages: { 'This form is not set up yet': 'Noch nicht eingerichtet' }, service: 'nothing' });
    await there.hears('error');
    expect((await there.heard('error')).at(-1)?.detail['message']).toMatch(/^Noch nicht eingerichtet\. /);
    await expect(there.element.getByRole('alert')).toContainText('Noch nicht eingerichtet');
  });

  test('are text, never markup', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.set({ messages: { Cancel: '<b>Abbrechen</b>', 'Connect {}': '{} {} {' } });
    await there.starts();
    await expect(there.button('<b>Abbrechen</b>')).toBeVisible();
    await there.connects();
  });

  test('what one element sets, all elements of its service say', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: source('id="one"') + source('id="two"', 'src_web', 45) });
    const [one, two] = [there.of('#one'), there.of('#two')];
    await one.starts();
    await two.set({ messages: GERMAN });
    await two.starts();
    await expect(one.button('Abbrechen')).toBeVisible();
    await expect(two.button('Abbrechen')).toBeVisible();
    // Who sets nothing changes nothing.
    await one.set({ sourceId: 'src_live' });
    await one.set({ sourceId: 'src_main' });
    await there.hears('ready', 4);
    for (const each of [one, two]) await expect(each.button('Abbrechen')).toBeVisible();
  });
});

test.describe('locale', () => {
  const date = async (page: Parameters<typeof ready>[0], sandbox: Sandbox, locale: string): Promise<string> => {
    const there = await ready(page, sandbox, { body: source(`locale="${locale}"`, 'src_live') });
    return there.element.getByRole('time').first().innerText();
  };

  for (const [locale, looks] of [
    ['de', /23\. Feb\.? 2026, 20:55/],
    ['en-US', /Feb 23, 2026, 0?8:55\sPM/],
    ['fr-CH', /23 févr\. 2026/],
    ['ar-EG', /٢٠٢٦/],
  ] as const) {
    test(`${locale}: how dates are written`, async ({ page, sandbox }) => {
      expect(await date(page, sandbox, locale)).toMatch(looks);
    });
  }

  for (const locale of ['', 'nonsense-that-is-too-long', '!!', 'x', 'de_DE', 'xx-YY']) {
    test(`"${locale}" does no harm`, async ({ page, sandbox }) => {
      expect(await date(page, sandbox, locale)).toMatch(/2026/);
    });
  }

  test('the language of dates is that of all elements of a service', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: source('id="one"', 'src_live') + source('id="two" locale="fr-CH"', 'src_bus', 46) });
    await there.of('#one').starts();
    await there.of('#two').starts();
    for (const id of ['#one', '#two']) await expect(there.of(id).element.getByRole('time').first()).toHaveText(/févr/);
    // Who sets nothing changes nothing.
    await there.of('#one').set({ theme: 'dark', sourceId: 'src_main' });
    await there.of('#one').set({ sourceId: 'src_live' });
    for (const id of ['#one', '#two']) await expect(there.of(id).element.getByRole('time').first()).toHaveText(/févr/);
  });
});

test.describe('auth-type', () => {
  test('one name fixes the choice', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('auth-type="basic"', 'src_partner') });
    expect(await ways(there)).toEqual([]);
    await there.field(ACCOUNT).fill('acme');
    await there.field('Username at Premium CTV — Partner feed').fill('ann');
    await there.field('Password at Premium CTV — Partner feed').fill(KEY);
    await there.button('Connect source').click();
    await there.hears('connected');
    expect((await sandbox.requests('POST'))[0]?.body.auth).toEqual({ type: 'basic', username: 'ann', password: fingerprint(KEY) });
  });

  test('several are offered in this order, and the first is chosen', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('auth-type="  jwt basic  jwt smoke api_key "') });
    expect(await ways(there)).toEqual(['A private key (JWT)', 'Username and password', 'A key or token']);
    await expect(there.element.getByRole('radio').first()).toBeChecked();
    await expect(there.field('Private key')).toBeVisible();
  });

  for (const [name, sends] of [['api_key', 'api_key'], ['bearer', 'bearer']] as const) {
    test(`${name} is a way of its own to send a key`, async ({ page, sandbox }) => {
      const there = await ready(page, sandbox, { body: source(`auth-type="${name}"`) });
      await there.fillKey();
      await there.button('Connect source').click();
      await expect.poll(async () => (await sandbox.requests('POST'))[0]?.body.auth.type).toBe(sends);
    });
  }

  for (const name of ['smoke', 'no such way', '__proto__']) {
    test(`"${name}" is none: told what to set`, async ({ page, sandbox }) => {
      const there = await host(page, sandbox, { body: source(`auth-type="${name}"`) });
      await there.configure();
      expect(await there.hears('error')).toMatchObject({ code: 'configuration', message: expect.stringMatching(/Set auth-type on the element/) });
    });
  }

  test('set to nothing, all are offered', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('auth-type="basic"') });
    await there.set({ authType: '' });
    await there.hears('ready', 2);
    expect(await ways(there)).toHaveLength(5);
    await there.set({ authType: 'jwt' });
    await there.hears('ready', 3);
    await expect(there.field('Private key')).toBeVisible();
  });
});

test.describe('admin', () => {
  test('behind a gateway, the page says who may make marketplace accounts', async ({ page, sandbox }) => {
    await sandbox.session(page.context(), 'scope3_demo_admin');
    const there = await host(page, sandbox);
    await there.configure(gateway(sandbox));
    await there.hears('ready');
    await expect(there.field(SHARED)).toHaveCount(0);
    await there.set({ admin: true });
    await expect(there.field(SHARED)).toBeVisible();
    await there.fillKey();
    await there.element.getByText(SHARED).click();
    await there.button('Create marketplace account').click();
    await expect(there.element.getByRole('heading', { name: 'Create a marketplace account?' })).toBeVisible();
    await there.button('Create marketplace account').last().click();
    await expect.poll(async () => (await sandbox.requests('POST'))[0]?.body.marketplaceAccount).toBe(true);
  });

  test('"before-submit" is told once the person has confirmed, and once', async ({ page, sandbox }) => {
    const there = await host(page, sandbox);
    await there.gives('scope3_demo_admin');
    await there.configure();
    await there.fillKey();
    await there.element.getByText(SHARED).click();
    await there.button('Create marketplace account').click();
    await expect(there.element.getByRole('heading', { name: 'Create a marketplace account?' })).toBeVisible();
    expect(await there.heard('before-submit')).toEqual([]);
    await there.button('Create marketplace account').last().click();
    await there.hears('connected');
    expect(await there.heard('before-submit')).toHaveLength(1);
  });

  test('of the configuration counts as well', async ({ page, sandbox }) => {
    await sandbox.session(page.context(), 'scope3_demo_buyer');
    const there = await host(page, sandbox);
    await there.configure(gateway(sandbox, { admin: true }));
    await expect(there.field(SHARED)).toBeVisible();
  });

  test('with a token, the role that the service tells counts', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: source('admin') });
    await expect(there.field(SHARED)).toHaveCount(0);
    await there.element.evaluate((element) => element.remove());
    await page.reload();
    await there.gives('scope3_demo_admin');
    await there.element.evaluate((element) => element.removeAttribute('admin'));
    await there.configure();
    await expect(there.field(SHARED)).toBeVisible();
  });
});

test('the environment’s name is told where the key goes', async ({ page, sandbox }) => {
  const there = await host(page, sandbox);
  await there.starts({ storefront: { ...(config(sandbox)['storefront'] as object), label: 'Staging' } });
  await expect(there.element.getByText(/Interchange.*Staging/).first()).toBeVisible();
  await there.connects();
  await expect(there.element.getByText('Staging', { exact: true })).toBeVisible();
});
