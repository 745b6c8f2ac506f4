// The script that makes nginx's configuration: what it refuses, and what is written about it.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { siteFor } from './support/deploy';
import { configure, type Settings } from './support/nginx';

const DEPLOY = join(__dirname, '../../deploy');
const STOREFRONT = { CREDENZA_STOREFRONT: 'https://api.interchange.io/api/v2' };
const KEY = { CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer scope3_abc' };
const SESSION = { CREDENZA_SESSION: 'http://127.0.0.1:3000/session' };

const REFUSED: [why: string, settings: Settings, says: RegExp][] = [
  ['a key without a session check', { ...STOREFRONT, ...KEY }, /CREDENZA_STOREFRONT_AUTHORIZATION would act for everybody.+Set CREDENZA_SESSION/],
  ['a key for the registry without one', { CREDENZA_REGISTRY: 'https://a.example', CREDENZA_REGISTRY_AUTHORIZATION: 'Bearer x' }, /Set CREDENZA_SESSION/],
  ['a key and no service', { ...KEY, ...SESSION, CREDENZA_REGISTRY: 'https://a.example' }, /CREDENZA_STOREFRONT is not/],
  ['an API key alone', { CREDENZA_DESTINATIONS: 'https://a.example', CREDENZA_DESTINATIONS_API_KEY: 'x' }, /CREDENZA_DESTINATIONS_AUTHORIZATION is not/],
  ['half a key', { ...STOREFRONT, ...SESSION, CREDENZA_STOREFRONT_AUTHORIZATION: 'scope3_abc' }, /a whole value/],
  ['a key that ends its text', { ...STOREFRONT, ...SESSION, CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer a"; return 200 "' }, /no Authorization has/],
  ['a key with a variable', { ...STOREFRONT, ...SESSION, CREDENZA_STOREFRONT_AUTHORIZATION: 'Bearer $host' }, /no Authorization has/],
  ['a session check without a path', { ...STOREFRONT, ...KEY, CREDENZA_SESSION: 'http://127.0.0.1:3000' }, /CREDENZA_SESSION must be/],
  ['a session check that is no address', { ...STOREFRONT, ...KEY, CREDENZA_SESSION: 'yes' }, /CREDENZA_SESSION must be/],
  ['a session check that would ask itself', { ...STOREFRONT, ...KEY, CREDENZA_SESSION: '/gateway/session' }, /below the gateway/],
  ['no service', {}, /Nothing is passed on yet/],
  ['plain http to another machine', { CREDENZA_STOREFRONT: 'http://api.example/v2' }, /must be an https address/],
  ['plain http to a name that looks like ours', { CREDENZA_STOREFRONT: 'http://127.0.0.1.example/v2' }, /must be an https address/],
  ['a slash at the end', { CREDENZA_STOREFRONT: 'https://api.example/v2/' }, /no slash/],
  ['a line in an address', { CREDENZA_STOREFRONT: 'https://api.example/v2;\nreturn 200' }, /holds a character/],
  ['an address with a variable', { CREDENZA_STOREFRONT: 'https://$host' }, /holds a character/],
  ['no site', { ...STOREFRONT, CREDENZA_SITE: '/nowhere' }, /cargo xtask dist/],
  ['no configuration', { ...STOREFRONT, CREDENZA_CONFIG: '/nowhere.json' }, /no \/nowhere\.json/],
  ['half a base', { ...STOREFRONT, CREDENZA_BASE: '/tools' }, /begin and end with a slash/],
  ['an odd base', { ...STOREFRONT, CREDENZA_BASE: '/a{b}/' }, /CREDENZA_BASE must be a path/],
  ['an odd size', { ...STOREFRONT, CREDENZA_MAX_BODY: '1 GB' }, /CREDENZA_MAX_BODY/],
  ['an odd time', { ...STOREFRONT, CREDENZA_SECONDS: 'soon' }, /CREDENZA_SECONDS/],
  ['an odd proxy', { ...STOREFRONT, CREDENZA_TRUSTED_PROXIES: 'proxy;' }, /CREDENZA_TRUSTED_PROXIES/],
  ['an odd name server', { ...STOREFRONT, CREDENZA_RESOLVER: 'dns;' }, /CREDENZA_RESOLVER/],
  ['no certificates', { ...STOREFRONT, CREDENZA_RESOLVER: '127.0.0.1', CREDENZA_CA: '/nowhere.pem' }, /ca-certificates/],
  ['an odd word for brotli', { ...STOREFRONT, CREDENZA_BROTLI: 'yes' }, /on, off or auto/],
  ['an odd name', { ...STOREFRONT, CREDENZA_NAME: 'a-b' }, /CREDENZA_NAME/],
];

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'credenza-deploy-'));
  await writeFile(join(folder, 'credenza.json'), '{}');
  await act(folder);
  await rm(folder, { recursive: true });
}

test('what is missing or odd is said, and nothing is written', async () => {
  await inFolder(async (folder) => {
    for (const [why, settings, says] of REFUSED) {
      const said = await configure(join(folder, 'made'), { ...siteFor('/'), CREDENZA_CONFIG: join(folder, 'credenza.json'), ...settings });
      expect(said, why).toMatch(says);
      expect(said.trim().split('\n'), why).toHaveLength(1);
      expect(existsSync(join(folder, 'made')), why).toBe(false);
    }
  });
});

test('two deployments on one host keep apart', async () => {
  await inFolder(async (folder) => {
    const made = join(folder, 'made');
    const settings = { ...siteFor('/'), ...STOREFRONT, ...KEY, ...SESSION, CREDENZA_CONFIG: join(folder, 'credenza.json'), CREDENZA_RESOLVER: '127.0.0.1' };
    expect(await configure(made, { ...settings, CREDENZA_NAME: 'admins' })).toBe('');
    for (const file of ['http.conf', 'server.conf', 'common.conf', 'upstream.conf', 'errors.conf', 'tls.conf']) {
      expect(readFileSync(join(made, file), 'utf8').match(/[$@]credenza\w+|credenza_log/g), file).toBeNull();
    }
  });
});

test('the table of variables is the one that is read', () => {
  const script = readFileSync(join(DEPLOY, 'nginx.sh'), 'utf8');
  const table = readFileSync(join(DEPLOY, 'README.md'), 'utf8').split('\n').filter((line) => line.startsWith('|')).join('\n');
  const names = (text: string): string[] => [...new Set(text.match(/CREDENZA_[A-Z]+(?:_[A-Z]+)*/g))].sort();
  // What the script makes itself stands in its list for the templates.
  const made = names(script.slice(script.indexOf("variables='"), script.indexOf('filled()')));
  const own = ['CREDENZA_BASE', 'CREDENZA_CA', 'CREDENZA_CONFIG', 'CREDENZA_LOG', 'CREDENZA_MAX_BODY', 'CREDENZA_SECONDS', 'CREDENZA_SESSION', 'CREDENZA_SITE'];
  const services = ['STOREFRONT', 'DESTINATIONS', 'IMS', 'INVENTORY', 'INVENTORY_AUTH', 'REGISTRY'].map((name) => `CREDENZA_${name}`);
  const keys = ['STOREFRONT', 'DESTINATIONS', 'REGISTRY'].map((name) => `CREDENZA_${name}_AUTHORIZATION`);
  const read = names(script).filter((name) => !made.includes(name));
  expect(names(table)).toEqual([...new Set([...read, ...own, ...services, ...keys])].sort());
});
