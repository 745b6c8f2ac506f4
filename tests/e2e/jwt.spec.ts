// Connecting with a private key: what copying does to it, what goes over the wire, and what is said of a wrong one.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { App } from './support/app';
import { Canary } from './support/canary';
import { IDENTIFIER, MARK, Count, expectConnected, fixture, logged, openForm, registration } from './support/connect';
import { fingerprint, type Sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const PATH = registration(48, 'src_jwt');
const KEYS = join(__dirname, '../fixtures/keys');
const file = (name: string): string => readFileSync(join(KEYS, name), 'utf8');

/** The one text in which a key is sent, whatever was pasted. */
function canonical(label: string, base64: string): string {
  return [`-----BEGIN ${label}-----`, ...(base64.match(/.{1,64}/g) as string[]), `-----END ${label}-----`, ''].join('\n');
}

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

function pem(key: typeof ec.privateKey, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8'): string {
  const label = { pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY', pkcs1: 'RSA PRIVATE KEY' }[type];
  return canonical(label, (key.export({ format: 'der', type }) as Buffer).toString('base64'));
}

const EC = pem(ec.privateKey);
const RSA = pem(rsa.privateKey);
const PKCS1 = pem(rsa.privateKey, 'pkcs1');
const SMALL = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
const P384 = pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey);
const NAMES = { ES256: 'ES256, for an EC P-256 key', RS256: 'RS256, for an RSA key' };

/** What the source gave to the person besides the key. */
const GIVEN = {
  issuer: 'acme@issuer.example',
  subject: 'acme-brand',
  keyId: 'kid-2024-01',
  scope: 'ads.read ads.write',
  tokenEndpointUrl: 'https://auth.atelier.example/oauth2/token?realm=ads',
  audienceUrl: 'https://auth.atelier.example/',
};

async function openJwt(app: App): Promise<void> {
  await openForm(app, { storefront: 48, source: 'src_jwt', type: 'jwt' });
  await expect(app.form).toHaveAttribute('data-auth', 'jwt');
}

async function fillJwt(app: App, key: string, identifier = IDENTIFIER): Promise<void> {
  await app.control('accountIdentifier').fill(identifier);
  await app.control('privateKey').fill(key);
  for (const [name, value] of Object.entries(GIVEN)) await app.control(name).fill(value);
}

async function connect(app: App): Promise<void> {
  await app.submit();
  await expectConnected(app);
}

/** The documented body with the values of this file; `null` for a member that is left out. */
function documented(key: string, algorithm: string | null, environment: string | null = null): unknown {
  const { auth, ...root } = logged(fixture('register-jwt').body, IDENTIFIER, { privateKey: key }) as { auth: Record<string, unknown> };
  const all = Object.entries({ ...auth, ...GIVEN, algorithm, environment });
  return { ...root, auth: Object.fromEntries(all.filter(([, value]) => value !== null)) };
}

async function expectSent(sandbox: Sandbox, key: string, algorithm: string | null, environment: string | null = null): Promise<void> {
  const posts = await sandbox.requests('POST');
  expect(posts.map((post) => post.body)).toEqual([documented(key, algorithm, environment)]);
}

async function expectRefused(app: App, name: string, words: string): Promise<void> {
  await expect(app.errorSummary.getByRole('link')).toHaveText([words]);
  await expect(app.control(name)).toHaveAttribute('aria-invalid', 'true');
  await expect(app.control(name)).toHaveAccessibleDescription(new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
}

const choose = (app: App, name: string, content: string | Buffer): Promise<void> =>
  app.form.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/x-pem-file', buffer: Buffer.from(content) });

for (const [what, key, algorithm, said] of [
  ['EC on P-256 as PKCS #8', EC, 'ES256', 'This is an EC P-256 key.'],
  ['EC on P-256 as SEC1', pem(ec.privateKey, 'sec1'), 'ES256', 'This is an EC P-256 key.'],
  ['RSA of 2048 bits as PKCS #8', RSA, 'RS256', 'This is an RSA key of 2048 bits.'],
  ['RSA of 2048 bits as PKCS #1', PKCS1, 'RS256', 'This is an RSA key of 2048 bits.'],
  ['RSA of 1024 bits', SMALL, null, 'This is an RSA key of 1024 bits.'],
  ['EC on P-384', P384, null, 'This is an EC key on P-384.'],
  ['Ed25519', pem(generateKeyPairSync('ed25519').privateKey), null, 'This is a key of the kind Ed25519.'],
] as const) {
  test(`${what}: the whole body, with the algorithm that the key tells, if it tells one`, async ({ app, page, sandbox }) => {
    const count = new Count(page, sandbox);
    await openJwt(app);
    await fillJwt(app, key);
    await app.control('issuer').focus();
    await expect(app.control('privateKey')).toHaveAccessibleDescription(new RegExp(said));
    await page.getByText('More options').click();
    await expect(app.form.getByRole('radio', { name: algorithm === null ? 'Not stated' : NAMES[algorithm] })).toBeChecked();
    // What may be missing is there when it is known, and left out otherwise.
    const environment = algorithm === null ? null : 'live';
    await app.field('Environment').fill(environment ?? '');
    await connect(app);
    await count.expectPosts(1, PATH);
    await expectSent(sandbox, key, algorithm, environment);
    expect((await sandbox.requests('POST'))[0]?.headers).toMatchObject(fixture('register-jwt').headers);
  });
}

test('the algorithm follows the key until a person chooses one, and then stays', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openJwt(app);
  await fillJwt(app, EC);
  const line = page.locator('summary').filter({ hasText: 'More options' });
  for (const [key, words] of [[EC, `Algorithm: ${NAMES.ES256}`], [RSA, `Algorithm: ${NAMES.RS256}`], [P384, ''], [RSA, `Algorithm: ${NAMES.RS256}`]] as const) {
    await app.control('privateKey').fill(key);
    await app.control('issuer').focus();
    await expect(line).toHaveText(`More options ${words}`);
  }
  await page.getByText('More options').click();
  for (const [key, chosen, words, fitting] of [
    [RSA, 'ES256', 'The private key is an RSA key, but ES256 needs an EC P-256 key', 'RS256'],
    [EC, 'RS256', 'The private key is an EC P-256 key, but RS256 needs an RSA key', 'ES256'],
    [P384, 'ES256', 'The private key is an EC key on P-384, but ES256 needs an EC P-256 key', undefined],
    [SMALL, 'RS256', 'The private key is an RSA key of 1024 bits, but RS256 needs 2048 bits or more', undefined],
  ] as const) {
    await app.choose(NAMES[chosen]);
    await app.control('privateKey').fill(key);
    await app.submit();
    await expectRefused(app, 'privateKey', words);
    await expect(app.form.getByRole('radio', { name: NAMES[chosen] })).toBeChecked();
    // Another algorithm mends it as well as another key.
    await app.choose(fitting === undefined ? 'Not stated' : NAMES[fitting]);
    await expect(app.errorSummary).toBeHidden();
    await expect(app.control('privateKey')).not.toHaveAttribute('aria-invalid');
  }
  await app.control('privateKey').fill(EC);
  await count.expectPosts(0);
  await connect(app);
  await expectSent(sandbox, EC, null);
});

const inner = (key: string): string => key.trim().split('\n').slice(1, -1).join('');
const MANGLED: [string, string, string][] = [
  ['CRLF at the ends of its lines', RSA, RSA.replaceAll('\n', '\r\n')],
  ['a literal \\n in place of each line break', EC, EC.replaceAll('\n', '\\n')],
  ['spaces in place of line breaks', RSA, RSA.trim().replaceAll('\n', ' ')],
  ['all on one line', EC, EC.replaceAll('\n', '')],
  ['base64 alone', RSA, inner(RSA)],
  ['base64 alone, of a PKCS #1 key', PKCS1, inner(PKCS1)],
  ['quotation marks around it', EC, `"${EC.replaceAll('\n', '\\n')}",`],
  ['its name and indentation, as in YAML', RSA, `private_key: |\n${RSA.replace(/^/gm, '    ')}`],
  ['dashes from a word processor', EC, EC.replaceAll('-----', '—–—')],
  ['its certificate behind it', EC, EC + file('certificate.pem')],
  ['lines of another length', RSA, RSA.replace(/\n/g, '').replace(/(.{20})/g, '$1\n')],
];

test('whatever copying did to a key, it is sent in its one form', async ({ app, sandbox }) => {
  test.slow();
  await openJwt(app);
  for (const [what, key, pasted] of MANGLED) {
    await test.step(what, async () => {
      await sandbox.reset();
      await fillJwt(app, pasted);
      await connect(app);
      await expectSent(sandbox, key, key === EC ? 'ES256' : 'RS256');
      await app.action('add-account').click();
    });
  }
});

test('the lines of a pasted key stay lines', async ({ app, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openJwt(app);
  await page.evaluate((text) => navigator.clipboard.writeText(text), EC);
  await app.control('privateKey').focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(app.control('privateKey')).toHaveValue(EC);
  await page.keyboard.press('Tab');
  await expect(app.control('privateKey')).toHaveAccessibleDescription(/This is an EC P-256 key\./);
});

const LOCKED = ec.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'test' }) as string;
const WRONG = {
  encrypted: ['A passphrase protects this private key. Export it without one and paste that', LOCKED, file('encrypted-sec1.pem')],
  'a certificate': ['This is a certificate. Paste the private key that belongs to it', file('certificate.pem')],
  'a request': ['This is a certificate request. Paste the private key that belongs to it', file('request.pem')],
  'a public key': [
    'This is a public key. Paste the private key that belongs to it',
    ec.publicKey.export({ format: 'pem', type: 'spki' }) as string,
    rsa.publicKey.export({ format: 'pem', type: 'pkcs1' }) as string,
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB acme@example',
  ],
  'OpenSSH’s own form': ['This is a key in OpenSSH’s own form. Paste one whose first line says BEGIN PRIVATE KEY', file('openssh.pem')],
  JSON: ['This is a JSON file. Paste only the private key that stands in it', JSON.stringify({ type: 'service_account', private_key: EC }, null, 2)],
  cut: ['The end of the private key is missing. Paste all of it, up to END PRIVATE KEY', EC.slice(0, 120), EC.replace(/-----END.*/, ''), inner(RSA).slice(0, 400)],
  damaged: ['The private key is damaged. Copy it again from its file', EC.replace(/\n(.{64})\n/, '\n$1\n$1\n')],
  'more than one': ['There is more than one private key here. Paste the one to use', EC + RSA],
  'another text': [
    'This is not a private key in PEM form. Paste the text from BEGIN PRIVATE KEY to END PRIVATE KEY',
    'sk_live_51H8x', 'hunter2', `${EC}${' '.repeat(70_000)}`,
  ],
  'another block': ['This is no private key. Paste the text that begins with BEGIN PRIVATE KEY', file('parameters.pem')],
};

test('each wrong key is named, in the summary and at the field, and nothing is sent', async ({ app, page, sandbox }) => {
  test.slow();
  const count = new Count(page, sandbox);
  await openJwt(app);
  await fillJwt(app, '');
  for (const [what, [words, ...pasted]] of Object.entries(WRONG)) {
    await test.step(what, async () => {
      for (const text of pasted) {
        await app.control('privateKey').fill(text);
        await app.submit();
        await expectRefused(app, 'privateKey', words as string);
        await expect(page.locator(':focus')).toContainText('There is a problem');
        await expect(app.control('privateKey')).toHaveValue(text);
        await app.control('privateKey').fill(EC);
        await expect(app.errorSummary).toBeHidden();
      }
    });
  }
  await count.expectPosts(0);
});

test('all that is missing is said at once, in the order of the fields', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openJwt(app);
  await app.submit();
  const nouns = ['your account name or number at Atelier Premium', 'the private key', 'the issuer', 'the subject', 'the key ID', 'the scope'];
  const lines = [...nouns, 'the token endpoint URL', 'the audience URL'].map((noun) => `Enter ${noun}`);
  await expect(app.errorSummary.getByRole('link')).toHaveText(lines);
  for (const [at, name] of ['accountIdentifier', 'privateKey', ...Object.keys(GIVEN)].entries()) {
    await expect(app.control(name)).toHaveAttribute('aria-invalid', 'true');
    await app.errorSummary.getByRole('link').nth(at).click();
    await expect(app.control(name)).toBeFocused();
  }
  await count.expectPosts(0);
});

test('a token endpoint is an https address without fragment; an audience is any absolute URI', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openJwt(app);
  await fillJwt(app, EC);
  for (const [name, value, words] of [
    ['tokenEndpointUrl', 'auth.atelier.example/token', 'Enter the token endpoint URL as a whole, with https:// in front'],
    ['tokenEndpointUrl', 'http://auth.atelier.example/token', 'Enter the token endpoint URL with https:// in front; over http others could read along'],
    ['tokenEndpointUrl', 'https://auth.atelier.example/token#x', 'Enter the token endpoint URL without the part behind the #'],
    ['audienceUrl', 'auth.atelier.example', 'Enter the audience URL as a whole, such as https://api.example'],
  ] as const) {
    await app.control(name).fill(value);
    await app.submit();
    await expectRefused(app, name, words);
    await app.control(name).fill(GIVEN[name]);
    await expect(app.errorSummary).toBeHidden();
  }
  await count.expectPosts(0);
  const audiences = ['urn:atelier:ads', 'api://4f1c', 'http://auth.atelier.example/x#y'];
  for (const [at, audienceUrl] of audiences.entries()) {
    await fillJwt(app, EC, `acme-${at}`);
    await app.control('audienceUrl').fill(audienceUrl);
    await connect(app);
    await app.action('add-account').click();
  }
  expect((await sandbox.requests('POST')).map(({ body }) => body.auth.audienceUrl)).toEqual(audiences);
});

/** A key of its usual size and shape whose secret number has our mark, as base64 shows it. */
const MARKED = EC.replace(/(\n.{50}).{6}/, `$1${MARK}`);

test('a chosen file: its name is shown, what is in it never is', async ({ app, page, sandbox }) => {
  const canary = await Canary.over(page);
  await openJwt(app);
  await fillJwt(app, '');
  await choose(app, 'atelier-2024.pem', MARKED.replaceAll('\n', '\r\n'));
  await expect(app.form.getByText('From the file atelier-2024.pem')).toBeVisible();
  await expect(app.control('privateKey')).toHaveValue(MARKED);
  await expect(app.control('privateKey')).toHaveAccessibleDescription(/This is an EC P-256 key\./);
  await expect(page.getByText(`Algorithm: ${NAMES.ES256}`)).toBeVisible();
  await canary.expectSilence();
  await connect(app);
  await expectSent(sandbox, MARKED, 'ES256');
  await canary.expectSilence();
  await app.action('add-account').click();
  await expect(app.control('privateKey')).toHaveValue('');
  await expect(app.form.getByText('From the file')).toHaveCount(0);
});

test('the name of a file goes when something else is typed, and the same file can be chosen again', async ({ app }) => {
  await openJwt(app);
  // In UTF-16, as some Windows programs write.
  for (const content of [EC, EC, Buffer.from(`\ufeff${EC}`, 'utf16le')]) {
    await choose(app, 'atelier.pem', content);
    await expect(app.form.getByText('From the file atelier.pem')).toBeVisible();
    await expect(app.control('privateKey')).toHaveValue(EC);
    await app.control('privateKey').fill(RSA);
    await expect(app.form.getByText('From the file')).toHaveCount(0);
  }
  // One that is too large to be read leaves everything as it was.
  await choose(app, 'large.bin', 'a'.repeat(65_537));
  await expectRefused(app, 'privateKey', 'This file is too large to be a private key');
  await expect(app.control('privateKey')).toHaveValue(RSA);
  await expect(app.form.getByText('From the file')).toHaveCount(0);
});

test('a file that is no key is named at once, without anything else being said', async ({ app, page, sandbox }) => {
  const canary = await Canary.over(page);
  const count = new Count(page, sandbox);
  await openJwt(app);
  for (const [name, content, words] of [
    ['atelier.crt', file('certificate.pem'), WRONG['a certificate'][0]],
    ['locked.pem', LOCKED, WRONG.encrypted[0]],
    ['account.json', `{"private_key": "${MARK}"}`, WRONG.JSON[0]],
    ['notes.txt', `the password is ${MARK}`, WRONG['another text'][0]],
    ['key.der', ec.privateKey.export({ format: 'der', type: 'pkcs8' }) as Buffer, WRONG['another text'][0]],
    ['large.pem', `${MARK}\n`.repeat(10_000), 'This file is too large to be a private key'],
  ] as [string, string | Buffer, string][]) {
    await choose(app, name, content);
    await expectRefused(app, 'privateKey', words);
    await canary.expectSilence();
  }
  await choose(app, 'right.pem', EC);
  await expect(app.errorSummary).toBeHidden();
  await expect(app.control('privateKey')).toHaveValue(EC);
  await count.expectPosts(0);
});

test('a file is taken when it is dropped on the field, and does not lead away when it falls beside', async ({ app, context, page, sandbox }) => {
  await openJwt(app);
  await fillJwt(app, EC);
  const href = page.url();
  const browser = await context.newCDPSession(page);
  // As the browser itself does it: what nobody prevents opens the file.
  const data = { items: [], files: [join(KEYS, 'rsa2048.pem')], dragOperationsMask: 1 };
  const drop = async (on: Locator): Promise<void> => {
    await on.scrollIntoViewIfNeeded();
    const { x = 0, y = 0 } = (await on.boundingBox()) ?? {};
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, x: x + 20, y: y + 20, data });
    }
  };
  await drop(page.getByRole('heading', { level: 1 }));
  await expect(app.control('issuer')).toHaveValue(GIVEN.issuer);
  await expect(app.control('privateKey')).toHaveValue(EC);
  expect(page.url()).toBe(href);
  await drop(app.control('privateKey'));
  await expect(app.form.getByText('From the file rsa2048.pem')).toBeVisible();
  await connect(app);
  await expectSent(sandbox, file('rsa2048.pem'), 'RS256');
  expect(page.url()).toBe(href);
});

test('the key is marked for session recorders and masked; shown by keyboard, and masked again on submit', async ({ app, page }) => {
  await openJwt(app);
  const key = app.field(/^Private key/);
  for (const [name, value] of Object.entries({ 'data-dd-privacy': 'mask', 'data-sentry-mask': '', autocomplete: 'off', spellcheck: 'false' })) {
    await expect(key).toHaveAttribute(name, value);
  }
  for (const name of [/ph-no-capture/, /fs-exclude/]) await expect(key).toHaveClass(name);
  const masked = (): Promise<boolean> => key.evaluate((element) => getComputedStyle(element).getPropertyValue('-webkit-text-security') === 'disc');
  await key.fill(EC);
  expect(await masked()).toBe(true);
  await key.focus();
  await page.keyboard.press('Tab');
  await expect(app.form.getByRole('button', { name: 'Show Private key' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(app.form.getByRole('button', { name: 'Hide Private key' })).toBeFocused();
  expect(await masked()).toBe(false);
  await page.keyboard.press('Enter');
  await expect(app.form.getByRole('button', { name: 'Show Private key' })).toBeFocused();
  expect(await masked()).toBe(true);
  await page.keyboard.press('Space');
  await app.submit();
  await expect(app.form.getByRole('button', { name: 'Show Private key' })).toBeVisible();
  expect(await masked()).toBe(true);
});

for (const [how, path] of [['a text', 'auth.privateKey'], ['steps', ['auth', 'privateKey']]] as const) {
  test(`what the server says of the key stands at the field, with its path as ${how}`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(400);
    const canary = await Canary.over(page);
    await openJwt(app);
    await fillJwt(app, MARKED);
    await app.action('reveal').click();
    await canary.expectSilence();
    const line = MARKED.split('\n')[1] as string;
    const error = { code: 'VALIDATION_ERROR', message: 'No', details: { issues: [{ path, message: `The key ${line} is not the one of kid-2024-01` }] } };
    await sandbox.faults({ method: 'POST', path: PATH, fault: 'status', status: 400, error });
    await app.submit();
    await expect(app.errorSummary.getByRole('link')).toHaveText([/^The key … is not the one of /]);
    await expect(app.control('privateKey')).toHaveAccessibleDescription(/The key … is not the one of /);
    await expect(app.control('privateKey')).toHaveValue(MARKED);
    await connect(app);
    expect((await sandbox.requests('POST')).map(({ body }) => body.auth.privateKey)).toEqual([fingerprint(MARKED), fingerprint(MARKED)]);
    await canary.expectSilence();
  });
}
