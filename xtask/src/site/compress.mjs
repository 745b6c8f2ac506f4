// Writes NAME.br and NAME.gz beside each text and wasm file of a site: node xtask/src/site/compress.mjs FOLDER
// Node's own zlib is compiled for speed, which a crate in a debug build of the commands is not.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = process.argv[2];
const endings = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.txt', '.json', '.webmanifest']);
// Edited by whoever deploys the site: a compressed copy would go on telling the old content.
const edited = new Set(['credenza.json']);

async function write(file) {
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
const files = entries.filter((entry) => entry.isFile() && endings.has(extname(entry.name)) && !edited.has(entry.name));
await Promise.all(files.map((entry) => write(join(entry.parentPath ?? entry.path, entry.name))));
