// Replacing a credential of a destination: what is filled in, that no secret is lost because a box was empty, and that
// nothing of what stood there before is sent back unseen.
import { Canary } from './support/canary';
import { MARK } from './support/connect';
import {
  CLIENT, KINDS, S3, USER, bodyOf, documented, expect, expectOurs, logged, membersOf, one, secretsOf, test, type Body, type Desk, type Kind,
} from './support/destinations';
import { everything } from './support/registry';
import { DESTINATIONS, type DestinationsSwitches } from './support/switches';

const PUT = 'PUT';
const USER_KIND = KINDS.find(({ fixture }) => fixture === 'oauth2-user') as Kind;
const CLIENT_KIND = KINDS.find(({ fixture }) => fixture === 'oauth2-client') as Kind;

/** Secrets as they are saved, each with a mark. */
function saved(kind: Kind): Body {
  const members = { ...membersOf(kind) };
  for (const name of secretsOf(kind)) members[name] = `${MARK}-saved-${name}`;
  return { ...bodyOf(kind), [kind.key]: members };
}

/** Secrets as they are typed in their place. */
function typed(kind: Kind): Record<string, string> {
  const values = secretsOf(kind).map((name): [string, string] => [
    name,
    ['sshKey', 'connectionString'].includes(name) ? (membersOf(kind)[name] as string) : `${MARK}-typed-${name}`,
  ]);
  return Object.fromEntries(values);
}

const puts = (desk: Desk) => desk.requests(PUT);
/** What a body is to be when these members are gone. */
const without = (kind: Kind, body: Body, ...gone: string[]): Body => ({
  ...body,
  [kind.key]: Object.fromEntries(Object.entries(membersOf(kind, body)).filter(([name]) => !gone.includes(name))),
});
const remove = (desk: Desk, noun: string) => desk.form.getByRole('button', { name: `Remove ${noun}`, exact: true });

for (const kind of KINDS) {
  for (const secrets of ['live', 'masked'] as const) {
    test(`${kind.title}, with secrets that come ${secrets}: each is asked for again`, async ({ desk, page, sandbox }) => {
      const canary = await Canary.over(page);
      const body = saved(kind);
      const id = await desk.seed(body);
      await sandbox.destinations({ secrets });
      await desk.openForm(id);
      // Everything else is filled in.
      await expect(desk.control('name')).toHaveValue('yourdestination');
      for (const [name, value] of Object.entries(membersOf(kind, body))) {
        const secret = secretsOf(kind).includes(name);
        await expect(desk.control(name)).toHaveValue(secret ? '' : value);
        if (secret) await expect(desk.control(name)).toHaveAccessibleDescription(/One is saved, and cannot be read back\. Enter it again\./);
      }
      await canary.expectSilence();
      expect(await everything(page)).not.toContain('********');

      // Nothing disappears because a box was empty.
      await desk.press('save');
      for (const [name, noun] of Object.entries(kind.secrets)) {
        await desk.expectError(name, new RegExp(`Enter ${noun} again(?!,)`));
        await expect(remove(desk, noun)).toHaveCount(0);
      }
      for (const [name, noun] of Object.entries(kind.loose)) {
        await desk.expectError(name, `Enter ${noun} again, or choose Remove`);
        await expect(remove(desk, noun)).toBeVisible();
      }
      expect(await puts(desk)).toEqual([]);

      await desk.fill(typed(kind));
      await desk.press('save');
      await expect(desk.told('Saved')).toContainText(/Changed .*, before that /);
      const [put, ...others] = await puts(desk);
      expect(others).toEqual([]);
      expectOurs(put!, DESTINATIONS.token);
      expect(put?.path).toBe(`/gateway/${one(id)}`);
      expect(put?.body).toEqual(logged(kind, { ...body, [kind.key]: { ...membersOf(kind, body), ...typed(kind) } }));
      // What was typed is gone, and asked for again by the next save.
      for (const name of secretsOf(kind)) await expect(desk.control(name)).toHaveValue('');
      await canary.expectSilence();
    });
  }

  if (Object.keys(kind.loose).length > 0) {
    test(`${kind.title}: what is removed on purpose is not sent`, async ({ desk }) => {
      const body = saved(kind);
      const id = await desk.seed(body);
      await desk.openForm(id);
      const values = typed(kind);
      await desk.fill(Object.fromEntries(Object.keys(kind.secrets).map((name) => [name, values[name] as string])));
      for (const [name, noun] of Object.entries(kind.loose)) {
        await remove(desk, noun).click();
        await expect(desk.control(name)).toHaveAccessibleDescription(/It will be removed when you save/);
        await expect(desk.control(name)).toHaveAttribute('readonly', '');
        await expect(desk.control(name)).toBeFocused();
      }
      await desk.press('save');
      await expect(desk.told('Saved')).toContainText('Changed');
      const [put] = await puts(desk);
      const kept = { ...body, [kind.key]: { ...membersOf(kind, body), ...values } };
      expect(put?.body).toEqual(logged(kind, without(kind, kept, ...Object.keys(kind.loose))));
      // They are gone there, so they are not asked for any more.
      for (const name of Object.keys(kind.loose)) await expect(desk.control(name)).not.toHaveAccessibleDescription(/One is saved/);
    });
  }
}

test('removing is taken back', async ({ desk }) => {
  await desk.openForm(CLIENT);
  await remove(desk, 'the developer token').click();
  await desk.form.getByRole('button', { name: 'Do not remove it' }).click();
  await expect(desk.control('developerToken')).not.toHaveAttribute('readonly');
  await desk.fill({ clientSecret: 'other' });
  await desk.press('save');
  await desk.expectError('developerToken', 'Enter the developer token again, or choose Remove');
  await expect(desk.errorSummary.getByRole('link')).toHaveCount(1);
  expect(await puts(desk)).toEqual([]);
  await desk.fill({ developerToken: 'again' });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  const [put] = await puts(desk);
  expect(Object.keys(put?.body[CLIENT_KIND.key]).sort()).toEqual(['clientId', 'clientSecret', 'developerToken', 'url']);
});

test('secrets that are left out of the answer are not known to be there', async ({ desk, sandbox }) => {
  await sandbox.destinations({ secrets: 'omitted' });
  await desk.openForm(USER);
  await expect(desk.control('username')).toHaveValue('acme@northlight.example');
  await desk.press('save');
  // Those that must be there are asked for all the same.
  await desk.expectError('clientSecret', 'Enter the client secret of your platform');
  await desk.expectError('password', 'Enter the password at your platform');
  expect(await puts(desk)).toEqual([]);
});

test('what was not changed is sent back, and what was changed as it was typed', async ({ desk }) => {
  await desk.openForm(USER);
  await desk.fill({ name: 'Northlight', username: 'ann@northlight.example', ...typed(USER_KIND) });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  await expect(desk.heading('Northlight')).toBeVisible();
  const [put] = await puts(desk);
  expect(put?.body).toEqual(
    logged(USER_KIND, {
      type: 'OAUTH2_USER_CREDENTIAL',
      name: 'Northlight',
      oauth2UserAuthentication: {
        url: 'https://auth.northlight.example/token', clientId: 'northlight-acme', username: 'ann@northlight.example', ...typed(USER_KIND),
      },
    }),
  );
  // One read before, one after it: what others did is seen, and what became of it.
  const calls = await desk.sandbox.serviceRequests(undefined, one(USER));
  const methods = calls.map(({ method }) => method).join(' ');
  expect(methods).toMatch(/GET PUT GET/);
});

/** What is sent as `type`, by what is answered as it. */
for (const [type, sent] of [
  ['enum', 'S3'], ['bodyKey', 'S3'], ['absent', 'S3'], ['unknown', 'SOMETHING_NEW'],
] satisfies [NonNullable<DestinationsSwitches['type']>, string][]) {
  test(`the type goes back: ${type}`, async ({ desk, sandbox, guard }) => {
    // The sandbox knows no new types.
    guard.allowStatus(400);
    await sandbox.destinations({ type });
    await desk.openForm(S3);
    await expect(desk.control('accessId')).toHaveValue('AKIADEMOACMEEU000001');
    await desk.fill({ secretKey: 'm4Zt9wQx/other' });
    await desk.press('save');
    await expect(type === 'unknown' ? desk.errorSummary : desk.told('Saved')).toContainText(type === 'unknown' ? 'type is not a known value' : 'Changed');
    const [put] = await puts(desk);
    expect(put?.body.type).toBe(sent);
    expect(Object.keys(put?.body).sort()).toEqual(['name', 's3Authentication', 'type']);
  });
}

/** Answers every read of one with a document, as it is or changed. */
const answered = (desk: Desk, id: string, body: Body): Promise<void> =>
  desk.sandbox.faults({ method: 'GET', path: one(id), fault: 'status', status: 200, body: { ...body, instanceId: id }, count: 100 });

test('a type that is not known is kept as it is when the documents have it so', async ({ desk }) => {
  const { body } = documented('one-unknown-type').response;
  await answered(desk, USER, { ...body, oauth2UserAuthentication: { ...(body['oauth2UserAuthentication'] as Body), url: 'https://provider.example/token' } });
  await desk.openForm(USER);
  await expect(desk.control('clientId')).toHaveValue('ABCDEFGHIJKL');
  await desk.sandbox.faults({ method: PUT, path: one(USER), fault: 'status', status: 200, body: {} });
  await desk.fill(typed(USER_KIND));
  await desk.press('save');
  // Its time is the same as before, of course.
  await expect(desk.told('The save could not be confirmed')).toBeVisible();
  expect((await puts(desk))[0]?.body.type).toBe('SOMETHING_NEW');
});

test('without an object that is known there is no form', async ({ desk }) => {
  await answered(desk, S3, { name: 'new', type: 'NEW', createdDate: '2026-01-01T00:00:00Z', newAuthentication: { secret: `${MARK}-live` } });
  await desk.openIn(`destinations/${S3}`);
  await expect(desk.main.getByText('This type is not known here')).toBeVisible();
  await expect(desk.action('save')).toHaveCount(0);
  await expect(desk.action('delete')).toBeVisible();
  await expect(desk.main).toContainText('NEW');
  expect(await everything(desk.page)).not.toContain(`${MARK}-live`);
});

test('members that the form does not know are named before they are dropped', async ({ desk }) => {
  const { body } = documented('one-basic-under-s3').response;
  await answered(desk, S3, { ...body, region: `${MARK}-eu` });
  await desk.openForm(S3);
  const warning = desk.form.getByText('A save drops what this form does not know').locator('..');
  for (const name of ['url', 'username', 'password', 'region']) await expect(warning).toContainText(name);
  expect(await everything(desk.page)).not.toContain(`${MARK}-eu`);
  await expect(desk.control('accessId')).toHaveValue('');
});
