// The authorization server of another make, asked through the sandbox's gateway as the console asks it, and the page
// of the sandbox's own beside it. No console takes part here.
import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { fingerprint, REGISTRY_USER, type Sandbox } from './support/sandbox';
import { approve, deny, expectAsked } from './support/sign-in';
import { expect, test, type Identity } from './support/test';

/** A document as it came. */
type Json = Record<string, unknown>;

const SCOPE = 'openid profile email';

/** A client that plays the console: it knows the gateway and what the documents tell, and nothing else. */
class Client {
  readonly redirectUri: string;
  readonly state = random();
  readonly verifier = random();
  readonly resource: string;
  clientId = '';

  private constructor(
    private readonly sandbox: Sandbox,
    readonly server: Json,
  ) {
    this.redirectUri = sandbox.url('oauth-callback.html');
    this.resource = `${sandbox.identity}/api`;
  }

  /** Reads the server's document and registers. */
  static async registered(sandbox: Sandbox): Promise<Client> {
    const { body } = await ask(sandbox, '.well-known/oauth-authorization-server');
    const client = new Client(sandbox, body);
    const metadata = {
      client_name: 'Credenza',
      redirect_uris: [client.redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    };
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(sandbox, client.below('registration_endpoint'), { method: 'POST', headers, body: JSON.stringify(metadata) });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(metadata);
    expect(answer.body).not.toHaveProperty('client_secret');
    client.clientId = String(answer.body.client_id);
    return client;
  }

  /** The page on which people agree. */
  authorization(more: Record<string, string> = {}): string {
    const url = new URL(String(this.server.authorization_endpoint));
    const asked = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      scope: SCOPE,
      state: this.state,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      resource: this.resource,
      ...more,
    };
    url.search = new URLSearchParams(asked).toString();
    return url.href;
  }

  /** Follows the person there and back, and gives the parameters of the answer. */
  async answer(page: Page, decide: (page: Page) => Promise<void>, url = this.authorization()): Promise<Json> {
    const back = this.back(page);
    await page.goto(url);
    await decide(page);
    return back;
  }

  /** The parameters with which the person is going to come back. */
  async back(page: Page): Promise<Json> {
    const request = await page.waitForRequest((request) => request.url().startsWith(`${this.redirectUri}?`));
    return Object.fromEntries(new URL(request.url()).searchParams);
  }

  exchange(code: unknown, more: Record<string, string> = {}): Promise<Answer> {
    return this.token({ grant_type: 'authorization_code', code: String(code), redirect_uri: this.redirectUri, code_verifier: this.verifier, ...more });
  }

  refresh(token: unknown): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: String(token) });
  }

  private token(form: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams({ ...form, client_id: this.clientId, resource: this.resource });
    // A browser names the page's origin with every POST.
    const headers = { origin: new URL(this.sandbox.console).origin };
    return ask(this.sandbox, this.below('token_endpoint'), { method: 'POST', headers, body });
  }

  /** The path of an endpoint below the gateway. */
  private below(endpoint: string): string {
    return new URL(String(this.server[endpoint])).pathname.slice(1);
  }
}

interface Answer {
  status: number;
  body: Json;
}

async function ask(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(sandbox.url(`gateway/registry/${path}`), init);
  return { status: response.status, body: (await response.json()) as Json };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

for (const [identity, based] of [['sandbox', false], ['independent', false], ['independent', true]] satisfies [Identity, boolean][]) {
  test.describe(`${identity}${based ? ' under a path' : ''}`, () => {
    test.use({ registry: true, identity, based });

    test('a person agrees, and the code becomes tokens that rotate', async ({ page, sandbox }) => {
      const resource = await ask(sandbox, '.well-known/oauth-protected-resource/api');
      expect(resource.body.resource).toBe(`${sandbox.identity}/api`);
      const client = await Client.registered(sandbox);
      expect(String(client.server.issuer).replace(/\/$/, '')).toBe(sandbox.identity);
      expect(client.server.authorization_response_iss_parameter_supported).toBe(true);

      const { code, ...rest } = await client.answer(page, approve);
      expect(rest).toEqual({ state: client.state, iss: client.server.issuer });
      const tokens = await client.exchange(code);
      expect(tokens.status).toBe(200);
      expect(tokens.body).toMatchObject({ token_type: expect.stringMatching(/^bearer$/i), expires_in: 900 });
      // By this beginning the canary knows them.
      expect(tokens.body.access_token).toMatch(/^eyJhbGciOi/);
      const authorization = `Bearer ${tokens.body.access_token}`;
      const me = await ask(sandbox, 'api/me', { headers: { authorization } });
      expect(me.status).toBe(200);

      const newer = await client.refresh(tokens.body.refresh_token);
      expect(newer.status).toBe(200);
      expect(newer.body.refresh_token).not.toBe(tokens.body.refresh_token);
      expect(newer.body.access_token).not.toBe(tokens.body.access_token);
      // The wire, by one log for both servers.
      const [exchange] = await sandbox.registryRequests('POST', 'token');
      expect(exchange?.body).toEqual({
        grant_type: 'authorization_code',
        code: fingerprint(String(code)),
        redirect_uri: client.redirectUri,
        code_verifier: fingerprint(client.verifier),
        client_id: client.clientId,
        resource: client.resource,
      });
      const dead = await client.refresh(tokens.body.refresh_token);
      expect(dead.status).toBe(identity === 'sandbox' ? 500 : 400);
    });

    test('a person declines', async ({ page, sandbox }) => {
      const client = await Client.registered(sandbox);
      expect(await client.answer(page, deny)).toEqual({
        error: 'access_denied',
        error_description: 'The person denied access',
        state: client.state,
        iss: client.server.issuer,
      });
    });

    test('a code is good once, and for its verifier', async ({ page, sandbox }) => {
      const client = await Client.registered(sandbox);
      const { code } = await client.answer(page, approve);
      const strange = await client.exchange(code, { code_verifier: random() });
      expect(strange).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      // The person is asked again, although there is a session and a consent.
      const { code: second } = await client.answer(page, approve);
      expect(second).not.toBe(code);
      expect((await client.exchange(second)).status).toBe(200);
      expect((await client.exchange(second)).status).toBe(identity === 'sandbox' ? 500 : 400);
    });
  });
}

test.describe('the independent server', () => {
  test.use({ registry: true, identity: 'independent' });

  test('the configuration names it', async ({ sandbox, provider }) => {
    const config = (await (await fetch(sandbox.url('credenza.json'))).json()) as { registry: Json };
    expect(config.registry).toMatchObject({ api: 'gateway/registry', identity: provider.issuer, access: 'sign-in' });
    expect(sandbox.identity).toBe(provider.issuer);
  });

  test('what came is told, fields and all', async ({ page, sandbox, provider }) => {
    const client = await Client.registered(sandbox);
    provider.lifetime = 5;
    const { code } = await client.answer(page, approve);
    const { body } = await client.exchange(code);
    expect(body).toMatchObject({ expires_in: 5, scope: SCOPE, access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
    const [registration] = provider.heard('POST', '/reg');
    expect(registration).toMatchObject({ status: 201, form: { client_name: 'Credenza', redirect_uris: [client.redirectUri] } });
    const asked = provider.heard('GET', '/auth');
    expect(asked.map(({ query }) => query)).toEqual([Object.fromEntries(new URL(client.authorization()).searchParams)]);
    const exchanges = provider.heard('POST', '/token');
    expect(exchanges.map(({ status, form }) => ({ status, form }))).toEqual([
      {
        status: 200,
        form: {
          grant_type: 'authorization_code',
          code,
          redirect_uri: client.redirectUri,
          code_verifier: client.verifier,
          client_id: client.clientId,
          resource: client.resource,
        },
      },
    ]);
  });

  test('it insists on a challenge by S256', async ({ page, sandbox }) => {
    const client = await Client.registered(sandbox);
    for (const [change, words] of [
      [{ code_challenge_method: 'plain' }, 'not supported value of code_challenge_method'],
      [{ code_challenge: '' }, 'code_challenge must be provided with code_challenge_method'],
      [{ code_challenge: '', code_challenge_method: '' }, 'Authorization Server policy requires PKCE to be used for this request'],
    ] satisfies [Record<string, string>, string][]) {
      // Nobody is asked: the answer comes at once.
      const answer = await client.answer(page, async () => {}, client.authorization(change));
      expect(answer).toEqual({ error: 'invalid_request', error_description: words, state: client.state, iss: client.server.issuer });
    }
  });

  test('it knows one resource and what was registered, and forgets what it is told to', async ({ page, sandbox, provider, guard }) => {
    guard.allowStatus(400);
    const client = await Client.registered(sandbox);
    const elsewhere = await client.answer(page, async () => {}, client.authorization({ resource: 'https://elsewhere.example/api' }));
    expect(elsewhere.error).toBe('invalid_target');
    await page.goto(client.authorization({ redirect_uri: sandbox.url('other.html') }));
    await expect(page.getByRole('heading', { name: 'This sign-in cannot go on' })).toBeVisible();

    const { code } = await client.answer(page, approve);
    const { body } = await client.exchange(code);
    provider.forget('RefreshToken');
    expect(await client.refresh(body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    provider.forget('Client');
    await page.goto(client.authorization());
    await expect(page.getByText('client is invalid')).toBeVisible();
  });

  test('a replayed refresh token ends the whole grant', async ({ page, sandbox }) => {
    const client = await Client.registered(sandbox);
    const { code } = await client.answer(page, approve);
    const first = await client.exchange(code);
    const second = await client.refresh(first.body.refresh_token);
    expect(second.status).toBe(200);
    expect(await client.refresh(first.body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await client.refresh(second.body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('two sign-ins are asked and decided apart', async ({ context, page, sandbox }) => {
    const [one, other] = await Promise.all([Client.registered(sandbox), Client.registered(sandbox)]);
    const tab = await context.newPage();
    await page.goto(one.authorization());
    await tab.goto(other.authorization());
    await expectAsked(page);
    const back = Promise.all([one.back(page), other.back(tab)]);
    await deny(tab);
    await approve(page);
    const [mine, theirs] = await back;
    expect(mine.state).toBe(one.state);
    expect((await one.exchange(mine.code)).status).toBe(200);
    expect(theirs).toMatchObject({ state: other.state, error: 'access_denied' });
  });
});

test('the sandbox’s own server does as it is told', async ({ page, sandbox, guard }) => {
  guard.allowStatus(400);
  await sandbox.reset('demo', { registry: { consent: 'approve', iss: 'never', token_lifetime: 60, token_answer: { scope: 'openid' } } });
  const client = await Client.registered(sandbox);
  expect(client.server).not.toHaveProperty('authorization_response_iss_parameter_supported');
  const granted = await client.answer(page, async () => {});
  expect(Object.keys(granted)).toEqual(['code', 'state']);
  const tokens = await client.exchange(granted.code);
  expect(tokens).toMatchObject({ status: 200, body: { expires_in: 60, scope: 'openid' } });
  const authorization = `Bearer ${tokens.body.access_token}`;
  await sandbox.registry({ consent: 'ask', denial: 'stranded', token_answer: null, forget: ['access_tokens'] });
  expect((await ask(sandbox, 'api/me', { headers: { authorization } })).status).toBe(401);
  expect((await ask(sandbox, 'api/me', { headers: { authorization: `Bearer ${REGISTRY_USER}` } })).status).toBe(200);
  const newer = await client.refresh(tokens.body.refresh_token);
  expect(newer.status).toBe(200);
  expect(newer.body).not.toHaveProperty('scope');
  // The person is left there, as at the documented server.
  await page.goto(client.authorization());
  await deny(page);
  expect(new URL(page.url()).origin).toBe(sandbox.identity);
  await sandbox.registry({ forget: ['clients'] });
  await page.goto(client.authorization());
  await expect(page.getByText('invalid_client')).toBeVisible();
});

test('without being asked for, the configuration does not speak of the registry', async ({ sandbox }) => {
  const config = (await (await fetch(sandbox.url('credenza.json'))).json()) as Json;
  expect(config.registry).toBeUndefined();
});
