// One running sandbox: started, steered and asked what came over the wire.
import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext } from '@playwright/test';
import type { DestinationsActs, DestinationsSwitches, InventoryActs, InventorySwitches } from './switches';

/** The path that the second site is built for. */
export const BASED = '/tools/credenza/';

/** The bearer tokens that the sandbox knows. */
export type Token = `scope3_demo_${'buyer' | 'admin' | 'super' | 'norole' | 'other' | 'expired' | 'noterms' | 'scope'}`;

/** A bearer token of the registry, as after signing in: a person in two organisations. */
export const REGISTRY_USER = 'aao_demo_user';
/** A key of one of these organisations, which reaches nothing of the person's. */
export const REGISTRY_KEY = 'sk_aao_demo_acme';

export type Scenario = 'demo' | 'empty' | 'large' | 'old-shapes' | 'twelve';

/** What may be set apart from a scenario's own values. */
export interface ResetOptions {
  envelope?: 'wrapped' | 'bare';
  detail?: 'rolled-up' | 'sources';
  rows?: 'current' | 'old';
  issue_paths?: 'string' | 'array';
  pending_again?: 'new-address' | 'conflict';
  /** Waiting rows of the current list carry their `oauth` block. */
  listed_oauth?: boolean;
  /** Calls per minute and token; far above what a test makes unless it is told. */
  per_minute?: number;
  /** The registry's switches, set apart from their defaults. */
  registry?: RegistrySwitches;
  /** The same of the two services below. */
  destinations?: DestinationsSwitches;
  inventory?: InventorySwitches;
}

/** How the registry and the sandbox's own authorization server behave; a default stands first. */
export interface RegistrySwitches {
  iss?: 'sent' | 'unadvertised' | 'wrong' | 'slash' | 'missing' | 'never';
  issuer?: 'slash' | 'plain' | 'wrong';
  consent?: 'ask' | 'approve' | 'deny';
  denial?: 'told' | 'stranded';
  denial_description?: string;
  /** Seconds; 0 makes every code an expired one. */
  code_lifetime?: number;
  /** Seconds; 900 when absent. */
  token_lifetime?: number;
  /** Whether a token answer tells its lifetime; it does when absent. */
  expires_in?: boolean;
  /** A token answer of 4 MiB. */
  oversized_token?: boolean;
  registration_refused?: boolean;
  /** Whether `DELETE …/connect` is known. */
  connect_delete?: boolean;
  refresh?: 'online' | 'offline' | 'absent';
  /** Calls that save, test or connect, for each hour; 60 when absent. */
  per_hour?: number;
  /** Whether `/api/me` lets an organisation's key in. */
  me_for_keys?: boolean;
  /** Members put into a document; `null` takes one out, and in place of the object clears them all. */
  metadata?: Record<string, unknown> | null;
  resource_metadata?: Record<string, unknown> | null;
  token_answer?: Record<string, unknown> | null;
}

/** What the sandbox's own authorization server can be told to forget. */
export type Granted = 'clients' | 'codes' | 'access_tokens' | 'refresh_tokens';

export interface Fault {
  /** Any method when absent. */
  method?: string;
  /**
   * Below a gateway's prefix, as in `buyer/storefronts` or `api/me`; of the other services, below the prefix of all,
   * as in `destinations/credentials` or `ims/ims/token/v3`. `*` stands for anything.
   */
  path: string;
  fault:
    | 'delay'
    | 'drop'
    | 'drop-before'
    | 'status'
    | 'html'
    | 'truncated'
    | 'wrong-types'
    | 'empty'
    | 'login-redirect'
    | 'panic';
  /** How many requests meet it; 1 when absent. */
  count?: number;
  status?: number;
  delay_ms?: number;
  /** Seconds, as the header tells them. */
  retry_after?: number;
  /** The request is carried out first and only its answer suffers. */
  after?: boolean;
  /** The `error` object of the envelope. */
  error?: unknown;
  /** A whole body, outside the envelope. */
  body?: unknown;
}

/** What the log keeps of a secret. */
export interface Fingerprint {
  sha256: string;
  length: number;
}

/** One request as it came; paths are byte for byte. */
export interface Logged {
  at: string;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | Record<string, unknown>>;
  // A body has whatever shape the request had; tests compare it as a whole.
  body: any;
  /** A form byte for byte, with `***` for each secret; `null` for everything else. */
  raw: string | null;
}

export interface Start {
  /** Whether the console is deployed under a path. */
  based?: boolean;
  /** The content of credenza.json, when it is not the sandbox's own. */
  config?: unknown;
  /** Whether credenza.json speaks of the registry. Its endpoints are there in any case. */
  registry?: boolean;
  /** The same of the credentials of destinations, and of the inventory. */
  destinations?: boolean;
  inventory?: boolean;
  /** Another authorization server in the place of the sandbox's own, at a loopback address. */
  issuer?: string | undefined;
}

/** What the log is to show for this secret. */
export function fingerprint(secret: string): Fingerprint {
  return { sha256: createHash('sha256').update(secret).digest('hex'), length: Buffer.byteLength(secret) };
}

/** A variable that the command for tests sets. */
/** A variable that `cargo xtask test e2e` sets. */
export function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with "cargo xtask test e2e"`);
  return value;
}

export class Sandbox {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string | undefined,
    /** Where the console is, with a slash at its end. */
    readonly console: string,
    /** The other origin, which plays the providers, with a slash at its end. */
    readonly auth: string,
    /** The origin that signs people in at the registry, without a slash at its end. */
    readonly identity: string,
  ) {}

  /** Starts one on free ports. */
  static async start({ based = false, config, issuer, ...services }: Start = {}): Promise<Sandbox> {
    const site = environment(based ? 'CREDENZA_SITE_BASED' : 'CREDENZA_SITE');
    const args = ['--site', site, '--port', '0', '--auth-port', '0'];
    if (based) args.push('--base', BASED);
    for (const service of ['registry', 'destinations', 'inventory'] as const) {
      if (services[service]) args.push(`--${service}`);
    }
    if (issuer !== undefined) args.push('--issuer', issuer);
    let folder: string | undefined;
    if (config !== undefined) {
      folder = await mkdtemp(join(tmpdir(), 'credenza-'));
      const file = join(folder, 'credenza.json');
      await writeFile(file, JSON.stringify(config));
      args.push('--config', file);
    }
    const child = spawn(environment('CREDENZA_SANDBOX'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const first = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the sandbox ended at once, with ${code}`)));
      const lines = createInterface({ input: child.stdout });
      lines.once('line', resolve);
      // What follows is for people; it must be read all the same, or the pipe fills.
      lines.on('line', () => {});
    });
    const { console, auth } = JSON.parse(first) as { console: string; auth: string };
    return new Sandbox(child, folder, console, auth, new URL(issuer ?? auth).origin);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    // One that is gone already sends no event any more.
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill();
      await ended;
    }
    if (this.folder) await rm(this.folder, { recursive: true });
  }

  /** The address of a page of the console, from a path below its base. */
  url(path = ''): string {
    return new URL(path.replace(/^\//, ''), this.console).href;
  }

  /** The path below which the storefront gateway answers. */
  get gateway(): string {
    return new URL('gateway/storefront/', this.console).pathname;
  }

  /** The path below which the registry's gateway answers. */
  get registryGateway(): string {
    return new URL('gateway/registry/', this.console).pathname;
  }

  /** Seeds everything anew: data, faults, log, sessions, limits. */
  async reset(scenario: Scenario = 'demo', options: ResetOptions = {}): Promise<void> {
    await this.control('POST', 'reset', { per_minute: 100_000, ...options, scenario });
  }

  /** Plans faults, each for the next requests that fit. */
  async faults(...faults: Fault[]): Promise<void> {
    for (const fault of faults) await this.control('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', 'faults');
  }

  /** The log, or those of its requests that have this method and a path below the gateway that fits. */
  requests(method?: string, path?: string | RegExp): Promise<Logged[]> {
    return this.logged(this.gateway, method, path);
  }

  /** The same of the registry's gateway, behind which the authorization server answers too, whichever it is. */
  registryRequests(method?: string, path: string | RegExp = /^/): Promise<Logged[]> {
    return this.logged(this.registryGateway, method, path);
  }

  /** The same of every other service: `path` begins with its name, as in `destinations/credentials`. */
  serviceRequests(method?: string, path: string | RegExp = /^/): Promise<Logged[]> {
    return this.logged(new URL('gateway/', this.console).pathname, method, path);
  }

  async clearRequests(): Promise<void> {
    await this.control('DELETE', 'requests');
  }

  /** Changes switches of the registry in the middle of a test, and forgets what is named. */
  async registry(switches: RegistrySwitches & { forget?: Granted[] }): Promise<void> {
    await this.control('POST', 'registry', switches);
  }

  /** The same of the credentials of destinations, and the acts of somebody else there. */
  async destinations(switches: DestinationsSwitches & DestinationsActs): Promise<void> {
    await this.control('POST', 'destinations', switches);
  }

  /** The same of the inventory. */
  async inventory(switches: InventorySwitches & InventoryActs): Promise<void> {
    await this.control('POST', 'inventory', switches);
  }

  async limits(perMinute: number): Promise<void> {
    await this.control('POST', 'limits', { per_minute: perMinute });
  }

  /** Signs this browser in, as for gateway access. */
  async session(context: BrowserContext, as: Token): Promise<void> {
    // The context's own client shares its cookies with the pages.
    const response = await context.request.post(this.at('session'), { data: { as } });
    if (!response.ok()) throw new Error(`POST session: ${response.status()} ${await response.text()}`);
  }

  /** Ends every session, as a portal does after a while. */
  async endSessions(): Promise<void> {
    await this.control('DELETE', 'session');
  }

  /** Plays the person at the provider, for the credential of this id. */
  async consent(id: string, outcome: 'approve' | 'deny'): Promise<void> {
    await this.control('POST', 'consent', { id, outcome });
  }

  private async logged(gateway: string, method?: string, path?: string | RegExp): Promise<Logged[]> {
    const all = JSON.parse(await this.control('GET', 'requests')) as Logged[];
    return all.filter((request) => {
      const below = request.path.startsWith(gateway) ? request.path.slice(gateway.length) : undefined;
      const fits = path === undefined || (below !== undefined && (typeof path === 'string' ? below === path : path.test(below)));
      return fits && (method === undefined || request.method === method);
    });
  }

  private at(name: string): string {
    return new URL(`/_sandbox/${name}`, this.console).href;
  }

  // Each call has a connection of its own: a kept one may be closed by a fault that is being planned.
  private control(method: string, name: string, body?: unknown): Promise<string> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(this.at(name), { method, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject).on('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve(text);
          else reject(new Error(`${method} ${name}: ${status} ${text}`));
        });
      });
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
