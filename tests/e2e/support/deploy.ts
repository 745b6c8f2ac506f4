// `test` for a deployment: nginx in front of the sandbox, and the servers that a deployment has besides.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { BrowserContext } from '@playwright/test';
import { App } from './app';
import { Guard } from './guard';
import { Nginx, type Settings } from './nginx';
import { BASED, environment, type Sandbox } from './sandbox';
import { test as base, expect } from './test';

export const BASES = ['/', BASED] as const;
export type Base = (typeof BASES)[number];

/** Each service that is passed on, and the variable that has its address. */
export const SERVICES = {
  storefront: 'CREDENZA_STOREFRONT',
  destinations: 'CREDENZA_DESTINATIONS',
  ims: 'CREDENZA_IMS',
  inventory: 'CREDENZA_INVENTORY',
  'inventory-auth': 'CREDENZA_INVENTORY_AUTH',
  registry: 'CREDENZA_REGISTRY',
};

/** Settings by which all services are at one address, each below its own name. */
export function allAt(address: string): Settings {
  return Object.fromEntries(Object.entries(SERVICES).map(([name, variable]) => [variable, `${address}/${name}`]));
}

/** The built site for a base. */
export function siteFor(base: Base): Settings {
  return { CREDENZA_SITE: environment(base === '/' ? 'CREDENZA_SITE' : 'CREDENZA_SITE_BASED'), CREDENZA_BASE: base };
}

/** A request as it came: nothing of its path is decoded or tidied. */
export interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The name that was asked for before the connection was made safe. */
  name: string | false | null;
}

interface Reply {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
  /** Milliseconds until it is sent. */
  after?: number;
}

/** A server that writes down what it hears and answers as it is told: an API, or a portal. */
export class Recorder {
  readonly heard: Heard[] = [];
  reply: (heard: Heard) => Reply = () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' });

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(tls?: ServerOptions): Promise<Recorder> {
    const server = tls ? createTlsServer(tls) : createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const recorder = new Recorder(server, (server.address() as AddressInfo).port);
    server.on('request', async (request: IncomingMessage, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      const { method = '', url = '', headers, socket } = request;
      const heard: Heard = { method, path: url, headers, body, name: (socket as TLSSocket).servername ?? null };
      recorder.heard.push(heard);
      const reply = recorder.reply(heard);
      setTimeout(() => response.writeHead(reply.status, reply.headers).end(reply.body), reply.after ?? 0);
    });
    return recorder;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** The cookie of somebody who is signed in at the portal. */
const [COOKIE, VALUE] = ['portal', 'ann-42'];
/** The headers that a page of ours sends in such a session. */
export const OURS = { cookie: `${COOKIE}=${VALUE}`, 'x-credenza': '1', 'sec-fetch-site': 'same-origin' };

/** The server on which people sign in and which says whose session it is. */
export class Portal {
  /** What it says of anybody else. */
  otherwise: Reply = { status: 401 };

  private constructor(readonly recorder: Recorder) {
    recorder.reply = ({ headers }) => ((headers.cookie ?? '').split('; ').includes(OURS.cookie) ? { status: 204 } : this.otherwise);
  }

  static async start(): Promise<Portal> {
    return new Portal(await Recorder.start());
  }

  /** Where the gateway asks. */
  get check(): string {
    return `${this.recorder.address}/session`;
  }

  /** Signs this browser in. */
  async signIn(context: BrowserContext, nginx: Nginx): Promise<void> {
    await context.addCookies([{ name: COOKIE, value: VALUE, url: new URL(nginx.console).origin, httpOnly: true, sameSite: 'Lax' }]);
  }
}

interface Fixtures {
  /** Where the console lies on its host: `test.use({ below: '/tools/credenza/' })`. */
  below: Base;
  /** Settings of deploy/nginx.sh besides those for the sandbox; `PORTAL` in a value is the address to ask. */
  settings: Settings;
  /** Members of services in credenza.json besides the sandbox's own. */
  services: Record<string, object>;
  portal: Portal;
  /** An API that writes down what it hears, for those who name it in `settings` as `RECORDER`. */
  recorder: Recorder;
  nginx: Nginx;
}

async function configOf(sandbox: Sandbox): Promise<Record<string, object>> {
  const response = await fetch(sandbox.url('credenza.json'));
  return (await response.json()) as Record<string, object>;
}

export const test = base.extend<Fixtures>({
  below: ['/', { option: true }],
  settings: [{}, { option: true }],
  services: [{}, { option: true }],
  registry: true,
  destinations: true,
  inventory: true,
  portal: async ({}, use) => {
    const portal = await Portal.start();
    await use(portal);
    await portal.recorder.stop();
  },
  recorder: async ({}, use) => {
    const recorder = await Recorder.start();
    await use(recorder);
    await recorder.stop();
  },
  nginx: async ({ sandbox, portal, recorder, below, settings, services }, use) => {
    const config = await configOf(sandbox);
    for (const [name, members] of Object.entries(services)) config[name] = { ...config[name], ...members };
    const placed = (text: string): string => text.replace('PORTAL', portal.check).replace('RECORDER', recorder.address);
    const own = Object.fromEntries(Object.entries(settings).map(([name, text]) => [name, placed(text)]));
    const address = new URL('gateway', sandbox.console).href;
    const nginx = await Nginx.start({ ...siteFor(below), ...allAt(address), ...own }, config);
    await use(nginx);
    await nginx.stop();
  },
  baseURL: async ({ nginx }, use) => use(nginx.console),
  guard: async ({ context, sandbox, nginx }, use) => {
    const origins = [nginx.console, sandbox.auth, sandbox.identity].map((address) => new URL(address).origin);
    const guard = await Guard.over(context, origins);
    await use(guard);
    expect(guard.problems(), 'what the browser complained about').toEqual([]);
  },
  // Pages come from nginx; what went over the wire is asked of the sandbox behind it.
  app: async ({ page, sandbox, nginx }, use) => {
    const behind = Object.create(sandbox, { url: { value: (path?: string) => nginx.url(path) } }) as Sandbox;
    await use(new App(page, behind));
  },
});

export { expect };
