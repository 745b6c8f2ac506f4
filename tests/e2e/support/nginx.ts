// One running nginx with the configuration that deploy/nginx.sh makes: started, asked byte for byte, and its log.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const DEPLOY = join(__dirname, '../../../deploy');
/** Debian's modules, of which brotli is one. */
const MODULES = '/etc/nginx/modules-enabled';

/** What deploy/nginx.sh reads. */
export type Settings = Record<string, string>;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Whether this system's nginx can send brotli as it lies there. */
export async function hasBrotli(): Promise<boolean> {
  const names = await readdir(MODULES).catch(() => []);
  return names.some((name) => name.includes('brotli-static'));
}

/** Runs deploy/nginx.sh, and gives what it says when it refuses. */
export async function configure(folder: string, settings: Settings): Promise<string> {
  // Nothing but these: a variable of whoever runs the tests would change what is tested.
  const env = { PATH: process.env['PATH'], ...settings };
  try {
    await promisify(execFile)('sh', [join(DEPLOY, 'nginx.sh'), folder], { env });
    return '';
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error);
  }
}

function program(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
  if (found === undefined) throw new Error('nginx is missing: run the tests with "cargo xtask test e2e", which installs it');
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Nginx {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** Where the console is, with a slash at its end. */
    readonly console: string,
  ) {}

  /** Starts one on a free port with this credenza.json. */
  static async start(settings: Settings, config: unknown): Promise<Nginx> {
    const nginx = program();
    const folder = await mkdtemp(join(tmpdir(), 'credenza-nginx-'));
    const file = join(folder, 'credenza.json');
    await writeFile(file, JSON.stringify(config));
    const refused = await configure(join(folder, 'made'), { CREDENZA_CONFIG: file, CREDENZA_LOG: join(folder, 'access.log'), ...settings });
    if (refused) throw new Error(refused);
    await mkdir(join(folder, 'temp'));
    // Debian names its modules relative to the folder that nginx was started for.
    await symlink('/usr/lib/nginx/modules', join(folder, 'modules'));
    // Another process may take the port in between.
    for (let tries = 1; ; tries += 1) {
      const port = await freePort();
      await writeFile(join(folder, 'nginx.conf'), main(folder, port));
      const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;']);
      let said = '';
      child.stderr.on('data', (part: Buffer) => (said += String(part)));
      if (await listens(child, port)) {
        return new Nginx(child, folder, `http://127.0.0.1:${port}${settings['CREDENZA_BASE'] ?? '/'}`);
      }
      if (tries === 3) throw new Error(`nginx did not start: ${said}`);
    }
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill();
      await ended;
    }
    await rm(this.folder, { recursive: true });
  }

  /** The address of a path below the base. */
  url(path = ''): string {
    return new URL(path.replace(/^\//, ''), this.console).href;
  }

  /** Asks for a path below the base, every byte of it as it stands here. */
  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return this.send(new URL(this.console).pathname + path, asked);
  }

  /** The same from the root of the host. */
  send(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    const { hostname, port } = new URL(this.console);
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      });
      sent.on('error', reject).end(body);
    });
  }

  /** What was logged until now, in either log. */
  async logged(): Promise<string> {
    const texts = ['access.log', 'error.log'].map((name) => readFile(join(this.folder, name), 'utf8').catch(() => ''));
    return (await Promise.all(texts)).join('\n');
  }

  /** The bodies that were written to the disk. */
  kept(): Promise<string[]> {
    return readdir(join(this.folder, 'temp'), { recursive: true });
  }
}

/** What a system has around our part. */
function main(folder: string, port: number): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/temp;`);
  // Started by root, it would work as somebody who may not read a site in root's own folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const modules = existsSync(MODULES) ? `include ${MODULES}/*.conf;` : '';
  return `${user} ${modules} worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log info;
events { worker_connections 64; }
http {
  ${temp.join(' ')}
  access_log ${folder}/access.log;
  include ${folder}/made/http.conf;
  server { listen 127.0.0.1:${port}; include ${folder}/made/server.conf; }
}
`;
}

/** Waits until it answers; false when it ended instead. */
async function listens(child: ChildProcess, port: number): Promise<boolean> {
  let ended = false;
  child.once('error', () => (ended = true)).once('exit', () => (ended = true));
  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const sent = request({ hostname: '127.0.0.1', port, path: '/', agent: false }, (response) => {
        response.resume();
        // Whoever took the port first may answer as well.
        resolve(String(response.headers.server).startsWith('nginx'));
      });
      sent.on('error', () => resolve(false)).end();
    });
  while (!ended) {
    if (await answers()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
