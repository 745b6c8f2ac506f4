// A small program of each version of React around the package's component, and the page that it draws.
import { build } from 'esbuild';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { environment } from './sandbox';

/** The versions that the component is for. */
export const VERSIONS = [18, 19] as const;
export type Version = (typeof VERSIONS)[number];

export const ORIGIN = 'https://portal.example';
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** The program of the page. What it is given stands in `window.props`, and what happens in `window.log`. */
const APP = `
import { createElement, StrictMode } from 'react';
import { CredenzaConnect } from 'credenza/react';
export const ref = { current: null };
export const app = (props, strict = true) => {
  const element = createElement(CredenzaConnect, { ...props, ref }, createElement('p', null, 'One moment'));
  return strict ? createElement(StrictMode, null, element) : element;
};`;

const CLIENT = `
import { createRoot, hydrateRoot } from 'react-dom/client';
import { app, ref } from './app.js';
const place = document.querySelector('main');
const before = place.firstElementChild;
let root;
Object.assign(window, {
  ref,
  before,
  hydrate: (props) => { root = hydrateRoot(place, app(props)); },
  draw: (props, strict) => { root ??= createRoot(place); root.render(app(props, strict)); },
  leave: () => root.unmount(),
});`;

const SERVER = `
import { renderToString } from 'react-dom/server';
import { app } from './app.js';
export const html = (props) => renderToString(app(props));`;

async function bundle(version: Version, entry: 'client' | 'server', text: string): Promise<string> {
  const folder = join(environment('CREDENZA_WIDGET'), `../e2e/react-${version}-${process.pid}`);
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  // Another test of this worker may have put it there.
  await symlink(environment('CREDENZA_WIDGET'), join(folder, 'node_modules/credenza')).catch(() => undefined);
  await writeFile(join(folder, 'app.js'), APP);
  const outfile = join(folder, `${entry}.mjs`);
  await build({
    stdin: { contents: text, resolveDir: folder, loader: 'js' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: entry === 'client' ? 'browser' : 'node',
    define: entry === 'client' ? { 'process.env.NODE_ENV': '"development"' } : {},
    alias: version === 19 ? {} : { react: `react-${version}`, 'react-dom': `react-dom-${version}` },
    banner: entry === 'client' ? {} : { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    logLevel: 'silent',
  });
  return outfile;
}

/** What a server writes for these properties. */
export async function written(version: Version, props: object): Promise<string> {
  const server = (await import(pathToFileURL(await bundle(version, 'server', SERVER)).href)) as { html: (props: object) => string };
  return server.html(props);
}

/** Opens a page with the program in it, and `html` where it draws. Returns what was complained of. */
export async function opened(page: Page, version: Version, html = ''): Promise<string[]> {
  const script = await readFile(await bundle(version, 'client', CLIENT));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const headers = { 'content-security-policy': POLICY };
    const body = `<!doctype html><title>Portal</title><main>${html}</main><script type="module" src="/app.js"></script>`;
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', headers, body });
    if (pathname === '/app.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    const file = await readFile(join(environment('CREDENZA_WIDGET'), pathname)).catch(() => undefined);
    if (!file) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: TYPES[extname(pathname)] ?? 'text/plain', body: file });
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const loading = /Failed to load resource/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !loading) complaints.push(message.text());
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => 'draw' in window);
  return complaints;
}
