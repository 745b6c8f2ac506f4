// The functions of a module in the order that compresses best. wasm-opt does the moving, which every reference to a function
// has to follow. It takes a while, so that the outcome is kept, by what it was made of.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WAYS, named } from './order.mjs';
import { pack } from './pack.mjs';

const FEATURES = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];

/**
 * Sorts the module in `file`. `kept` is a folder for the outcome of this one module, which stays until the module is another.
 * With `quick` only the first way of comparing is tried, and the outcome is not kept.
 */
export async function sortFunctions(file, kept, quick = false) {
  const before = await readFile(file);
  const tools = await readFile(new URL('order.mjs', import.meta.url));
  const name = createHash('sha256').update(before).update(tools).digest('hex').slice(0, 16);
  const path = join(kept, `${name}.wasm`);
  const known = await readFile(path).catch(() => undefined);
  if (known) return writeFile(file, known);
  const sorted = await sort(file, before, quick ? WAYS.slice(0, 1) : WAYS);
  if (quick) return;
  await rm(kept, { recursive: true, force: true });
  await mkdir(kept, { recursive: true });
  await writeFile(path, sorted);
}

async function sort(file, before, ways) {
  const flags = FEATURES.map((feature) => `--enable-${feature}`);
  let best;
  for (const way of ways) {
    await writeFile(file, named(before, way));
    await promisify(execFile)('wasm-opt', [...flags, '--reorder-functions-by-name', '--strip-debug', file, '-o', file]);
    const module = await readFile(file);
    const { length } = await pack(module);
    if (best === undefined || length < best.length) best = { length, module };
  }
  await writeFile(file, best.module);
  return best.module;
}
