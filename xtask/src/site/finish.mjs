// The last touch to a site: node xtask/src/site/finish.mjs FOLDER
// Functions that are alike move together, the names between the module and its script are shortened, the page's style
// sheets become one file, scripts are made smaller (Trunk's own minifier refuses what wasm-bindgen writes), and so is the
// page that sign-ins return to, which Trunk only copies. Then NAME.br and NAME.gz are written beside each text and wasm
// file: Node's zlib is compiled for speed, which a crate in a debug build is not.
import { transform } from 'esbuild';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { shortenExports, shortenImports } from './imports.mjs';
import { WAYS, named } from './order.mjs';

const folder = process.argv[2];
const endings = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.txt', '.json', '.webmanifest']);
// Edited by whoever deploys the site: a compressed copy would go on telling the old content.
const edited = new Set(['credenza.json']);

async function minify(file) {
  const script = { loader: 'js', format: 'esm', target: 'es2022' };
  const kind = extname(file) === '.css' ? { loader: 'css' } : script;
  const { code } = await transform(await readFile(file, 'utf8'), { ...kind, minify: true });
  await writeFile(file, code);
}

// The address that sign-ins return to is registered elsewhere and has no hash in it. The icon is the console's, whose
// name has one.
async function settleCallback(names) {
  const page = join(folder, 'oauth-callback.html');
  const icon = names.find((name) => /^icon-[0-9a-f]+\.svg$/.test(name));
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replaceAll('icon.svg', icon).replace(/\n\s*/g, '\n'));
  await minify(join(folder, 'oauth-callback.css'));
}

// The three modes differ in how distances are written, and any of them can be the best for any file.
async function smallest(bytes) {
  const pack = (mode) => {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: mode,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return promisify(brotliCompress)(bytes, { params });
  };
  const all = await Promise.all([constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT, constants.BROTLI_MODE_FONT].map(pack));
  return all.reduce((best, one) => (one.length < best.length ? one : best));
}

// wasm-opt does the moving, which every reference to a function has to follow. The order that compresses best stays.
async function sortFunctions(file) {
  const features = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];
  const flags = features.map((feature) => `--enable-${feature}`);
  const before = await readFile(file);
  let best;
  for (const way of WAYS) {
    await writeFile(file, named(before, way));
    await promisify(execFile)('wasm-opt', [...flags, '--reorder-functions-by-name', '--strip-debug', file, '-o', file]);
    const module = await readFile(file);
    const { length } = await smallest(module);
    if (best === undefined || length < best.length) best = { length, module };
  }
  await writeFile(file, best.module);
}

// One file compresses better than three and is asked for once. The pages link to it in place of the first of them.
async function joinStyles(pages) {
  const link = /<link\b[^>]*\brel="?stylesheet"?[^>]*>/g;
  const page = await readFile(pages[0], 'utf8');
  const links = page.match(link) ?? [];
  const addresses = links.map((one) => /\bhref="?([^"\s>]+)/.exec(one)[1]);
  const names = addresses.map((address) => join(folder, basename(address)));
  const sheets = await Promise.all(names.map((name) => readFile(name, 'utf8')));
  const text = sheets.join('\n');
  const name = `style-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.css`;
  await writeFile(join(folder, name), text);
  const first = links[0].replace(basename(addresses[0]), name).replace(/\sintegrity="?[^"\s>]*"?/, '');
  for (const file of pages) {
    let count = 0;
    await writeFile(file, (await readFile(file, 'utf8')).replace(link, () => (count++ === 0 ? first : '')));
  }
  await Promise.all(names.map((one) => rm(one)));
}

// The module NAME_bg.wasm and the script NAME.js that starts it.
async function shorten(file) {
  const script = file.replace(/_bg\.wasm$/, '.js');
  const imports = shortenImports(await readFile(file), await readFile(script, 'utf8'));
  const short = shortenExports(imports.wasm, imports.script);
  await Promise.all([writeFile(file, short.wasm), writeFile(script, short.script)]);
}

async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length === 0) return;
  await Promise.all([
    smallest(bytes).then((small) => writeFile(`${file}.br`, small)),
    promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
  ]);
}

await joinStyles(['index.html', '404.html'].map((name) => join(folder, name)));
await settleCallback(await readdir(folder));
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && endings.has(extname(entry.name)) && !edited.has(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.filter((file) => file.endsWith('_bg.wasm')).map(sortFunctions));
await Promise.all(files.filter((file) => file.endsWith('_bg.wasm')).map(shorten));
await Promise.all(files.filter((file) => extname(file) === '.js').map(minify));
await Promise.all(files.map(compress));
