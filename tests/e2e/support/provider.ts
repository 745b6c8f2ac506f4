// An authorization server of another make, which knows nothing of the sandbox: oidc-provider on a free port.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Adapter, AdapterPayload, Configuration, KoaContextWithOIDC, default as Oidc } from 'oidc-provider';

type Library = typeof import('oidc-provider');

/** One request as it came, and how it was answered. */
export interface Heard {
  method: string;
  path: string;
  query: Fields;
  /** The fields of a form or the members of a JSON body; `undefined` for a request without either. */
  form: Fields | undefined;
  status: number;
}

/** A name that is repeated has a list. */
type Fields = Record<string, unknown>;

/** What the library keeps: clients, sessions, grants and tokens, each below the name of its kind. */
type Kind = 'Client' | 'Session' | 'Grant' | 'AccessToken' | 'AuthorizationCode' | 'RefreshToken';

/** Seconds that an access token lasts unless a test wants it otherwise. */
const LIFETIME = 900;
const TEN_MINUTES = 600;
const DAY = 86_400;
/** Everything that the registry's metadata lists (registry.md, section 11.1). */
const SCOPE = 'openid profile email';
/** The name that RFC 8414 gives the metadata, and the older one by which the library serves it. */
const [METADATA, OPENID] = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'];
const PAGE = /^\/interaction\/[\w-]+(?:\/(allow|deny))?$/;

export class Provider {
  /** Every request since the start or the last reset, in the order of the answers. */
  readonly log: Heard[] = [];
  /** Seconds that the access tokens to come last. */
  lifetime = LIFETIME;
  private readonly kept: Kept = new Map();

  private constructor(
    private readonly server: Server,
    /** Who it says it is: an origin, without a slash at its end. */
    readonly issuer: string,
  ) {}

  /** Starts one. Whoever may come to its port may register, as at the registry (registry.md, section 11.2). */
  static async start(): Promise<Provider> {
    // It is loaded by those who need it. It is a module, which not every Node 20 can load in another way.
    const library = await import('oidc-provider');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const provider = new Provider(server, `http://127.0.0.1:${port}`);
    const oidc = new library.default(provider.issuer, provider.configuration(library));
    // A failure of its own is told where the test run tells its lines.
    oidc.on('server_error', (_ctx, error) => console.error(error));
    oidc.use((ctx, next) => provider.serve(oidc, ctx as KoaContextWithOIDC, next));
    server.on('request', oidc.callback());
    return provider;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Forgets everybody and everything, and the log. */
  reset(): void {
    this.kept.clear();
    this.log.length = 0;
    this.lifetime = LIFETIME;
  }

  /** Forgets every row of these kinds: a client that is gone, or refresh tokens that died. */
  forget(...kinds: Kind[]): void {
    for (const kind of kinds) this.kept.delete(kind);
  }

  /** The requests with this method and path. */
  heard(method: string, path: string): Heard[] {
    return this.log.filter((request) => request.method === method && request.path === path);
  }

  private configuration({ errors, interactionPolicy }: Library): Configuration {
    const { Check, base } = interactionPolicy;
    const policy = base();
    // A session or an earlier consent does not spare the person the page: tests count on it.
    policy.get('consent')?.checks.add(new Check('always', 'Everybody is asked each time', (ctx) => ctx.oidc.result?.consent === undefined));
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const resource = `${this.issuer}/api`;
    return {
      adapter: (kind) => rows(this.kept, kind),
      claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
      clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
      clientDefaults: { id_token_signed_response_alg: 'ES256' },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      expiresWithSession: () => false,
      features: {
        devInteractions: { enabled: false },
        registration: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_ctx, asked) => {
            if (asked !== resource) throw new errors.InvalidTarget();
            return { scope: SCOPE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
          },
        },
      },
      findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Buyer', email: id }) }),
      interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
      // Asking for `offline_access` is not needed, as at the registry.
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
      jwks: { keys: [key] },
      pkce: { methods: ['S256'], required: () => true },
      renderError: (ctx, { error, error_description: words }) => {
        ctx.type = 'html';
        ctx.body = page('This sign-in cannot go on', `<p>${escape(words ?? error)}</p>`);
      },
      rotateRefreshToken: true,
      ttl: {
        AccessToken: () => this.lifetime,
        AuthorizationCode: 60,
        Grant: DAY,
        IdToken: TEN_MINUTES,
        Interaction: TEN_MINUTES,
        RefreshToken: DAY,
        Session: DAY,
      },
    };
  }

  private async serve(oidc: Oidc, ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
    const { method, path } = ctx;
    const [isPage, decision] = PAGE.exec(path) ?? [];
    if (path === METADATA) ctx.path = OPENID;
    if (isPage === undefined) await next();
    else await ask(oidc, ctx, decision);
    // The library makes its part of the context only for paths that it knows.
    const form = (ctx.oidc as KoaContextWithOIDC['oidc'] | undefined)?.body;
    this.log.push({ method, path, query: { ...ctx.query }, form: form && { ...form }, status: ctx.status });
  }
}

/** The one page of its own, and its two buttons: signing in and agreeing are one step. */
async function ask(oidc: Oidc, ctx: KoaContextWithOIDC, decision: string | undefined): Promise<void> {
  const { params, uid } = await oidc.interactionDetails(ctx.req, ctx.res);
  const clientId = String(params.client_id);
  ctx.set('cache-control', 'no-store');
  if (decision === undefined) {
    const client = await oidc.Client.find(clientId);
    const button = (name: string): string => `<form method="post" action="/interaction/${uid}/${name.toLowerCase()}"><button>${name}</button></form>`;
    ctx.type = 'html';
    ctx.body = page(`Sign in to ${client?.clientName}?`, `<p>Asks for ${escape(params.scope)}</p>${button('Allow')}${button('Deny')}`);
    return;
  }
  ctx.assert(ctx.method === 'POST', 405);
  const accountId = 'buyer@acmebrand.example';
  const agreed = async (): Promise<string> => {
    const grant = new oidc.Grant({ accountId, clientId });
    grant.addOIDCScope(String(params.scope));
    for (const resource of [params.resource ?? []].flat()) grant.addResourceScope(String(resource), String(params.scope));
    return grant.save();
  };
  const result =
    decision === 'allow'
      ? { login: { accountId }, consent: { grantId: await agreed() } }
      : { error: 'access_denied', error_description: 'The person denied access' };
  ctx.redirect(await oidc.interactionResult(ctx.req, ctx.res, result));
  ctx.status = 303;
}

function page(heading: string, body: string): string {
  const title = escape(heading);
  return `<!DOCTYPE html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${body}</html>`;
}

function escape(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

type Kept = Map<string, Map<string, AdapterPayload>>;

/** The rows of one kind. Their end is in them, and the library keeps to it. */
function rows(kept: Kept, kind: string): Adapter {
  const own = (): Map<string, AdapterPayload> => {
    const known = kept.get(kind) ?? new Map<string, AdapterPayload>();
    kept.set(kind, known);
    return known;
  };
  const found = (key: 'uid' | 'userCode', wanted: string) => [...own().values()].find((row) => row[key] === wanted);
  return {
    upsert: async (id, row) => void own().set(id, row),
    find: async (id) => own().get(id),
    findByUid: async (uid) => found('uid', uid),
    findByUserCode: async (code) => found('userCode', code),
    consume: async (id) => {
      const row = own().get(id);
      if (row) row.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void own().delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, row] of own()) if (row.grantId === grantId) own().delete(id);
    },
  };
}
