// Signing in to the registry: the one suite for the sandbox's own server and for the independent one, in a tab of its
// own and in the same tab, and under a path.
import { fingerprint } from './support/sandbox';
import { approve, deny } from './support/sign-in';
import { AT_ONCE, DOCUMENTS, expect, expectHeading, ME, QUARRY, QUARRY_PAGE, REGISTER, SIGNED_IN, stored, test, type Visit } from './support/registry';
import type { Identity } from './support/test';

const WAYS = ['a tab of its own', 'the same tab'] as const;
const SERVERS = [['sandbox', false], ['independent', false], ['independent', true]] satisfies [Identity, boolean][];

/** What had to go over the wire for one sign-in, from the documents to the first call with the token. */
async function expectWire(visit: Visit, identity: Identity): Promise<void> {
  const { sandbox } = visit;
  const log = await sandbox.registryRequests();
  const names = log.map(({ method, path }) => `${method} ${path.slice(sandbox.registryGateway.length)}`);
  expect(names.slice(0, 5)).toEqual([...DOCUMENTS.map((name) => `GET ${name}`), `POST ${REGISTER[identity]}`, 'POST token', `GET ${ME}`]);
  const [, , registration, exchange, me] = log;
  expect(registration?.body).toEqual({
    client_name: 'Credenza',
    redirect_uris: [visit.callback],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  });

  expect(visit.asked).toHaveLength(1);
  const asked = Object.fromEntries(visit.last.searchParams);
  expect(visit.last.origin).toBe(sandbox.identity);
  expect([...visit.last.searchParams.keys()]).toHaveLength(8);
  expect(asked).toEqual({
    response_type: 'code',
    client_id: expect.stringMatching(/./),
    redirect_uri: visit.callback,
    scope: 'openid profile email',
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    resource: `${sandbox.identity}/api`,
  });

  const [answer] = visit.answers;
  expect(visit.answers).toHaveLength(1);
  expect(exchange?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(exchange?.headers).not.toHaveProperty('authorization');
  expect(exchange?.body).toEqual({
    grant_type: 'authorization_code',
    code: fingerprint(answer?.searchParams.get('code') ?? ''),
    redirect_uri: visit.callback,
    code_verifier: { sha256: expect.any(String), length: 43 },
    client_id: asked.client_id,
    resource: asked.resource,
  });
  // The challenge is of the verifier that was sent: its SHA-256, in another alphabet.
  const verifier = (exchange?.body.code_verifier as { sha256: string }).sha256;
  expect(Buffer.from(verifier, 'hex').toString('base64url')).toBe(asked.code_challenge);
  expect(me?.headers['authorization']).toMatchObject({ scheme: 'Bearer' });
}

for (const [identity, based] of SERVERS) {
  test.describe(`${identity}${based ? ' under a path' : ''}`, () => {
    test.use({ identity, based });

    for (const way of WAYS) {
      const here = way === 'the same tab';

      test(`a person signs in, in ${way}`, async ({ page, visit, sandbox }) => {
        await visit.open();
        expect(await sandbox.registryRequests()).toEqual([]);
        await (here ? visit.signInHere() : visit.signIn());
        await expect(page.getByText('8 agents')).toBeVisible();
        await expect(page.getByRole('link', { name: 'Streamhaus Sales' })).toBeVisible();
        await expectWire(visit, identity);
        expect(page.url()).toBe(sandbox.url('agents'));
        await expect(visit.standing).toContainText('Signed in; expires in 14 minutes');
        await expect(visit.standing).toContainText('openid profile email');
        const issuer = visit.answers[0]?.searchParams.get('iss') ?? '';
        expect(issuer.replace(/\/$/, '')).toBe(sandbox.identity);
        await expect(visit.standing.getByText(issuer, { exact: true })).toBeVisible();
        for (const { headers } of await sandbox.registryRequests('GET', /^api\//)) {
          expect(headers['authorization']).toMatchObject({ scheme: 'Bearer' });
        }
      });

      test(`a person declines, in ${way}`, async ({ page, visit }) => {
        await visit.open();
        if (here) {
          await visit.press('sign-in-here');
          await deny(page);
        } else {
          const tab = await visit.begin();
          await deny(tab);
          await expectHeading(tab, 'Access was not granted');
        }
        await expect(visit.note).toContainText('Access was not granted');
        await expect(visit.note).toContainText('It says: The person denied access. Nothing was changed.');
        await visit.expectOut();
        expect(await visit.exchanges()).toEqual([]);
        // It can be done over at once, by the same client.
        await (here ? visit.signInHere() : visit.signIn());
        await expect(visit.note).toHaveCount(0);
      });
    }

    test('the page of an agent is come back to, in the same tab', async ({ page, visit, sandbox }) => {
      await visit.open(QUARRY_PAGE);
      await visit.signInHere();
      expect(page.url()).toBe(sandbox.url(QUARRY_PAGE));
      await expect(page.getByRole('heading', { level: 1, name: 'Quarry Agent' })).toBeVisible();
      await expect(page.getByText(QUARRY).first()).toBeVisible();
      // What is left behind is who we are to the server, and the hash of an answer that was taken.
      const { local, session } = await stored(page);
      const { pathname } = new URL(sandbox.console);
      expect([Object.keys(local).sort(), session]).toEqual([[`credenza.client ${pathname}`, `credenza.used ${pathname}`], {}]);
    });

    test('whoever signs in again is known already, until the server forgets', async ({ visit, sandbox, pool, guard }) => {
      guard.allowStatus(400);
      const registrations = async (): Promise<number> => (await sandbox.registryRequests('POST', REGISTER[identity])).length;
      const forget = async (): Promise<void> => {
        if (identity === 'sandbox') await sandbox.registry({ forget: ['clients'] });
        else (await pool.provider()).forget('Client');
      };
      await visit.open();
      await visit.signIn();
      const known = visit.sent('client_id');
      await visit.press('sign-out');
      await visit.signIn();
      expect(visit.sent('client_id')).toBe(known);
      await visit.page.reload();
      await visit.signInHere();
      expect(visit.sent('client_id')).toBe(known);
      expect(await registrations()).toBe(1);

      // The server says so only on a page of its own.
      await visit.press('sign-out');
      await forget();
      const stranded = await visit.begin();
      await expect(stranded.getByText(/client/i).first()).toBeVisible();
      const tab = await visit.begin('start-again');
      await approve(tab);
      await expectHeading(tab, SIGNED_IN);
      await visit.expectIn();
      expect(visit.sent('client_id')).not.toBe(known);
      expect(await registrations()).toBe(2);

      // Or it says so to the exchange.
      await visit.press('sign-out');
      const late = await visit.begin();
      await expect(late.getByRole('button').first()).toBeVisible();
      await sandbox.faults({ method: 'POST', path: 'token', fault: 'status', status: 401, body: { error: 'invalid_client' } });
      guard.allowStatus(401);
      await approve(late);
      await expectHeading(late, 'The sign-in did not work');
      await expect(visit.note).toContainText('The sign-in server no longer knows this page. Start again: it registers anew.');
      await visit.signIn();
      expect(await registrations()).toBe(3);
    });
  });
}

test('who is known is known for one return address and one issuer', async ({ page, visit, sandbox }) => {
  await sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(async () => {});
  for (const [name, value] of [['redirect_uri', sandbox.url('other.html')], ['issuer', 'https://issuer.elsewhere.example/']]) {
    const known = visit.sent('client_id');
    await visit.press('sign-out');
    await page.evaluate(
      ([name, value]) => {
        const key = Object.keys(localStorage).find((key) => key.startsWith('credenza.client ')) as string;
        const client = JSON.parse(localStorage.getItem(key) as string) as Record<string, string>;
        localStorage.setItem(key, JSON.stringify({ ...client, [name as string]: value }));
      },
      [name, value],
    );
    await visit.signIn(async () => {});
    expect(visit.sent('client_id'), name).not.toBe(known);
  }
  const registrations = await sandbox.registryRequests('POST', REGISTER.sandbox);
  expect(registrations.map(({ body }) => body.redirect_uris)).toEqual(Array(3).fill([visit.callback]));
});
