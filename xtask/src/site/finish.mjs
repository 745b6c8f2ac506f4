// The last touch to a site: node xtask/src/site/finish.mjs FOLDER
// The names between the module and its script are shortened, scripts are made smaller (Trunk's own minifier refuses what wasm-bindgen writes), then NAME.br and NAME.gz are
// written beside each text and wasm file. Node's zlib is compiled for speed, which a crate in a debug build is not.
import { transform } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { shortenExports, shortenImports } from './imports.mjs';

const folder = process.argv[2];
const endings = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.txt', '.json', '.webmanifest']);
// Edited by whoever deploys the site: a compressed copy would go on telling the old content.
const edited = new Set(['credenza.json']);

async function minify(file) {
  const { code } = await transform(await readFile(file, 'utf8'), { minify: true, format: 'esm', target: 'es2020' });
  await writeFile(file, code);
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
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await Promise.all([
    promisify(brotliCompress)(bytes, { params }).then((small) => writeFile(`${file}.br`, small)),
    promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
  ]);
}

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && endings.has(extname(entry.name)) && !edited.has(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.filter((file) => file.endsWith('_bg.wasm')).map(shorten));
await Promise.all(files.filter((file) => extname(file) === '.js').map(minify));
await Promise.all(files.map(compress));
