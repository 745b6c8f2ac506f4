// Scripts and styles made smaller, and what they weigh on the wire. Node's zlib is compiled for speed, which a crate in a
// debug build is not.
import { transform } from 'esbuild';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What every script is written for. */
export const SCRIPT = { format: 'esm', target: 'es2022', treeShaking: true, legalComments: 'none' };

/** A script (`js`) or a style sheet (`css`) with nothing in it that a browser does not need. */
export async function minified(text, kind) {
  const options = kind === 'css' ? { loader: 'css' } : { loader: 'js', ...SCRIPT };
  const { code } = await transform(text, { ...options, minify: true });
  return code;
}

/** Brotli at its best quality, in one mode. */
export function pack(bytes, mode = constants.BROTLI_MODE_GENERIC) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: mode,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}

/** The modes differ in how distances are written, and either can be the best for any file. (That for text is the generic one.) */
export async function smallest(bytes) {
  const all = await Promise.all([constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT].map((mode) => pack(bytes, mode)));
  return all.reduce((best, one) => (one.length < best.length ? one : best));
}

/** Gzip at its best. */
export const gzipped = (bytes) => promisify(gzip)(bytes, { level: 9 });
