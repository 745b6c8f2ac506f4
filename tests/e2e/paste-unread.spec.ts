// What cannot be used to fill a form says what to do, changes nothing and shows nothing of itself; and the other ways in:
// typing, a chosen file, a dropped one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './support/app';
import { Canary } from './support/canary';
import { IDENTIFIER, KEY, MARK, Count, expectConnected, expectDraft, fillKey, openForm, pem } from './support/connect';
import { NOT_FILLED, Paste, expect, test } from './support/paste';
import { fingerprint } from './support/sandbox';

const FIXTURES = join(__dirname, '../fixtures');
const file = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

const PUBLIC = 'This is a public key. Paste the private key that belongs to it';
const CERTIFICATE = 'This is a certificate. Paste the private key that belongs to it';
const CUT = 'The end of this is missing. Copy all of it again';
const TOO_LARGE = 'The file is too large. Paste the part that matters';
const UNREAD: [string, string, string][] = [
  ['broken JSON', `{"token": "${MARK}" "type": "bearer"}`, 'This looks like JSON, but a comma, a quotation mark or a bracket is wrong. Copy it again'],
  ['JSON that ends too early', `{"auth": {"token": "${MARK}`, CUT],
  ['a command that ends too early', `curl https://ads.example -H 'Authorization: Bearer ${MARK}`, CUT],
  ['a public key', file('keys/public.pem'), PUBLIC],
  ['a public key of OpenSSH', file('ssh/ed25519.pub'), PUBLIC],
  ['a certificate', file('keys/certificate.pem'), CERTIFICATE],
  ['a request for a certificate', file('keys/request.pem'), CERTIFICATE],
  ['half a private key', pem('p256').slice(0, 150), CUT],
  [
    'a key of PuTTY',
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: ${MARK}\n`,
    'This is a PuTTY key. Export it as an OpenSSH key with PuTTYgen and paste that',
  ],
  [
    'a page',
    `<!DOCTYPE html><title>Keys</title><p>${MARK}</p>`,
    'This is the source of a web page. Copy the command or the keys from the page instead',
  ],
  ['JSON without a value', '{"auth": {"token": null}}', 'We found no value in this. Copy it again, with the keys in it'],
  ['a sentence', `the password is ${MARK}`, 'We could not tell what this is. Fill in the fields one by one'],
  ['too long a text', `TOKEN=${MARK.repeat(11_000)}`, 'This is too long to be a credential. Paste only the part with the keys in it'],
  [
    'too many values',
    Array.from({ length: 201 }, (_, at) => `A${at}=${MARK}`).join('\n'),
    'There are too many values here. Paste only the part with the keys in it',
  ],
];

/** The form of a source with something in it. */
async function openFilled(app: App): Promise<Paste> {
  await openForm(app);
  await fillKey(app);
  return new Paste(app.page, app.form);
}

test('what cannot be read is named, and nothing else happens', async ({ app, page, sandbox }) => {
  test.slow();
  const canary = await Canary.over(page);
  const count = new Count(page, sandbox);
  const paste = await openFilled(app);
  for (const [what, text, words] of UNREAD) {
    await test.step(what, async () => {
      await paste.paste(text);
      await paste.expectUnread(words);
      await expect(paste.text).toBeFocused();
      await expectDraft(app);
    });
  }
  await canary.expectSilence();
  await expect(app.form).toHaveAttribute('data-auth', 'api_key');
  await expect(app.errorSummary).toBeHidden();
  // Who presses the button without a text is told what to bring.
  await paste.fill.click();
  await paste.expectUnread('There is nothing here yet. Paste what you got, such as a curl command or a file');
  await expect(paste.fill).toBeFocused();
  await count.expectPosts(0);
  // What is said goes with the next text.
  await paste.paste(`TOKEN=${KEY}`);
  await expect(paste.told).not.toContainText(NOT_FILLED);
});

test('what fits no field here is told apart', async ({ app, page, sandbox }) => {
  const canary = await Canary.over(page);
  const count = new Count(page, sandbox);
  const paste = await openFilled(app);
  for (const [text, kind] of [
    [`{"s3Authentication": {"bucket": "${MARK}"}}`, 'the data of a request'],
    [`DATABASE_URL=postgres://ann:${MARK}@db/acme`, 'a list of names and values'],
    [`DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${MARK}`, 'a list of names and values'],
    ['{"username": "{USERNAME}", "password": "<password>"}', 'the data of a request'],
  ] as const) {
    await paste.paste(text);
    await expect(paste.told).toContainText(`This is ${kind}, for another form`);
    await expect(paste.told).toContainText('Check where it comes from, or fill in the fields one by one');
    await expect(paste.undo).toHaveCount(0);
    await expect(paste.text).toHaveValue('');
    await expectDraft(app);
  }
  await canary.expectSilence();
  await count.expectPosts(0);
});

for (const [what, text] of [
  ['a key with padding', `${MARK}Zm9vYmFyYmF6cXV4==`],
  ['base64 in several lines', `${'QUJD'.repeat(16)}\n${MARK}Zm9vYmFyYmF6cXV4Zg==`],
  ['a key with an ampersand', `ab&${MARK}Zm9v==`],
  ['the body of a command', `curl https://ads.example -d '${MARK}Zm9v=='`],
] as const) {
  test(`a secret that only looks like a name is not shown as one: ${what}`, async ({ app, page }) => {
    const canary = await Canary.over(page);
    const paste = await openFilled(app);
    await paste.paste(text);
    await expect(paste.told).not.toBeEmpty();
    await expectDraft(app);
    await canary.expectSilence();
  });
}

test('typed and filled by the button, also by keyboard', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app);
  const paste = new Paste(page, app.form);
  await paste.open();
  await paste.text.focus();
  await page.keyboard.type(`TOKEN=${KEY}`);
  // Nothing happens while it is typed; Enter begins a line.
  await page.keyboard.press('Enter');
  await page.keyboard.type(`ACCOUNT_ID=${IDENTIFIER}`);
  await expect(paste.text).toHaveValue(`TOKEN=${KEY}\nACCOUNT_ID=${IDENTIFIER}`);
  await expect(paste.told).toBeEmpty();
  await expect(app.control('token')).toHaveValue('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await paste.expectFilled('a list of names and values', ['Your account name or number at Premium CTV — Direct', 'Key or token']);
  await expect(paste.fill).toBeFocused();
  await expectDraft(app);
  await count.expectPosts(0);
  await app.submit();
  await expectConnected(app);
  expect((await sandbox.requests('POST'))[0]?.body).toEqual({ accountIdentifier: IDENTIFIER, auth: { type: 'api_key', token: fingerprint(KEY) } });
});

test('text that is dragged into it is read at once', async ({ app, context, page }) => {
  await openForm(app);
  const paste = new Paste(page, app.form);
  await paste.open();
  const browser = await context.newCDPSession(page);
  const { x = 0, y = 0 } = (await paste.text.boundingBox()) ?? {};
  const data = { items: [{ mimeType: 'text/plain', data: `TOKEN=${KEY}` }], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, x: x + 10, y: y + 10, data });
  }
  await paste.expectFilled('a list of names and values', ['Key or token']);
  await expect(app.control('token')).toHaveValue(KEY);
});

test('a chosen file, and the same one again', async ({ app, page, sandbox }) => {
  const canary = await Canary.over(page);
  const count = new Count(page, sandbox);
  await openForm(app);
  const paste = new Paste(page, app.form);
  for (const content of [`\ufeffTOKEN=${KEY}\r\n`, `TOKEN=${KEY}`]) {
    await app.control('token').fill('');
    await paste.choose('acme.env', content);
    await paste.expectFilled('a list of names and values', ['Key or token']);
    await expect(app.control('token')).toHaveValue(KEY);
  }
  for (const [name, content, words] of [
    ['large.env', `TOKEN=${MARK}\n`.repeat(6_000), TOO_LARGE],
    ['acme.pub', file('ssh/ed25519.pub'), PUBLIC],
    ['acme.crt', file('keys/certificate.pem'), CERTIFICATE],
    ['empty.env', '', 'There is nothing here yet. Paste what you got'],
    ['account.json', `{"token": "${MARK}`, CUT],
  ] as const) {
    await paste.choose(name, content);
    await paste.expectUnread(words);
    await expect(app.control('token')).toHaveValue(KEY);
  }
  await canary.expectSilence();
  await count.expectPosts(0);
});

test('a file in UTF-16, as some Windows programs write', async ({ app, page }) => {
  await openForm(app);
  const paste = new Paste(page, app.form);
  await paste.choose('acme.env', Buffer.from(`\ufeffTOKEN=${KEY}\r\n`, 'utf16le'));
  await paste.expectFilled('a list of names and values', ['Key or token']);
  await expect(app.control('token')).toHaveValue(KEY);
});

test('a dropped file, on any part of the control; and beside it nothing happens', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app, { storefront: 48, source: 'src_jwt', type: 'jwt' });
  const paste = new Paste(page, app.form);
  const href = page.url();
  const key = join(FIXTURES, 'keys/rsa2048.pem');
  await paste.open();
  await paste.drop(key, page.getByRole('heading', { level: 1 }));
  await expect(app.control('privateKey')).toHaveValue('');
  await expect(paste.told).toBeEmpty();
  for (const on of [paste.text, paste.fill, paste.line]) {
    await app.control('privateKey').fill('');
    await paste.drop(key, on);
    await paste.expectFilled('a private key', ['Private key']);
    await expect(app.control('privateKey')).toHaveValue(file('keys/rsa2048.pem'));
  }
  await paste.drop(join(FIXTURES, 'keys/public.pem'));
  await paste.expectUnread(PUBLIC);
  await expect(app.control('privateKey')).toHaveValue(file('keys/rsa2048.pem'));
  expect(page.url()).toBe(href);
  await count.expectPosts(0);
});

test('a file that is dropped on it while it is folded says what came of it', async ({ app, page }) => {
  await openForm(app, { storefront: 48, source: 'src_jwt', type: 'jwt' });
  const paste = new Paste(page, app.form);
  await expect(paste.text).toBeHidden();
  await paste.drop(join(FIXTURES, 'keys/rsa2048.pem'), paste.line);
  await expect(app.control('privateKey')).toHaveValue(file('keys/rsa2048.pem'));
  await expect(paste.told).toBeVisible();
  await paste.expectFilled('a private key', ['Private key']);
});

test('and says it again when it was folded by hand', async ({ app, page }) => {
  await openForm(app, { storefront: 48, source: 'src_jwt', type: 'jwt' });
  const paste = new Paste(page, app.form);
  await paste.drop(join(FIXTURES, 'keys/rsa2048.pem'), paste.line);
  await paste.expectFilled('a private key', ['Private key']);
  await paste.line.click();
  await expect(paste.text).toBeHidden();
  await paste.drop(join(FIXTURES, 'keys/public.pem'), paste.line);
  await expect(paste.text).toBeVisible();
  await paste.expectUnread(PUBLIC);
});
