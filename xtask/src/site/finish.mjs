// The last touch to a site: node xtask/src/site/finish.mjs FOLDER
// Functions that are alike move together, the names between the module and its script are shortened, the page's style
// sheets become one file, scripts are made smaller (Trunk's own minifier refuses what wasm-bindgen writes), and so is the
// page that sign-ins return to, which Trunk only copies. Then NAME.br and NAME.gz are written beside each text and wasm
// file.
import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { oneStart, shortenExports, shortenImports } from './imports.mjs';
import { gzipped, minified, smallest } from './pack.mjs';
import { sortFunctions } from './sort.mjs';

const folder = process.argv[2];
const endings = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.txt', '.json', '.webmanifest']);
// Edited by whoever deploys the site: a compressed copy would go on telling the old content.
const edited = new Set(['credenza.json']);

async function minify(file) {
  await writeFile(file, await minified(await readFile(file, 'utf8'), extname(file).slice(1)));
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

// It is the same under every base: the outcome is kept beside the sites.
const sort = (file) => sortFunctions(file, join(dirname(folder), `sorted-${basename(file).split('-')[0]}`));

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
  await Promise.all([writeFile(file, short.wasm), writeFile(script, oneStart(short.script))]);
}

async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length === 0) return;
  await Promise.all([
    smallest(bytes).then((small) => writeFile(`${file}.br`, small)),
    gzipped(bytes).then((small) => writeFile(`${file}.gz`, small)),
  ]);
}

// Trunk gives only the main module a name with a hash in it.
async function nameModules(pages) {
  const names = await readdir(folder);
  for (const module of ['registry', 'clients']) {
    const hash = createHash('sha256').update(await readFile(join(folder, `${module}_bg.wasm`))).digest('hex').slice(0, 16);
    for (const ending of ['_bg.wasm', '.js']) {
      const settled = `${module}-${hash}${ending}`;
      for (const page of pages) await writeFile(page, (await readFile(page, 'utf8')).replaceAll(module + ending, settled));
      await copyFile(join(folder, module + ending), join(folder, settled));
    }
    const left = names.filter((one) => one.startsWith(module) && /^(_bg|\.js|\.d)/.test(one.slice(module.length)));
    await Promise.all(left.map((one) => rm(join(folder, one), { recursive: true })));
  }
}

const PAGES = ['index.html', '404.html'].map((name) => join(folder, name));
await nameModules(PAGES);
await joinStyles(PAGES);
await settleCallback(await readdir(folder));
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && endings.has(extname(entry.name)) && !edited.has(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.filter((file) => file.endsWith('_bg.wasm')).map(sort));
await Promise.all(files.filter((file) => file.endsWith('_bg.wasm')).map(shorten));
await Promise.all(files.filter((file) => extname(file) === '.js').map(minify));
await Promise.all(files.map(compress));
