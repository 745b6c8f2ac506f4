// Gives the functions that a module imports and exports short names, in the wasm and in the script beside it.
// wasm-bindgen names each with a hash of sixteen digits, which nothing can compress, once in either file.

import { leb, number, section } from './sections.mjs';

/** How long the description of an import is that starts with its kind at `at`. Only functions are expected. */
function description(bytes, at) {
  if (bytes[at] !== 0) throw new Error(`an import of kind ${bytes[at]} is not known here`);
  return number(bytes, at + 1)[1] - at;
}

/**
 * Takes a module and its script; returns both with short names for all imports of functions.
 * Fails when a name does not stand in the script, or a short name would meet another.
 */
export function shortenImports(wasm, script) {
  const { start, content, end } = section(wasm, 2);
  let [count, at] = number(wasm, content);
  const out = leb(count);
  for (let index = 0; index < count; index += 1) {
    const [moduleLength, module] = number(wasm, at);
    const [nameLength, name] = number(wasm, module + moduleLength);
    const kind = name + nameLength;
    const size = description(wasm, kind);
    const long = wasm.toString('utf8', name, kind);
    const short = `_${index.toString(36)}`;
    const known = new RegExp(`(?<![\\w$])${long}(?![\\w$])`, 'g');
    if (!known.test(script)) throw new Error(`the script does not provide ${long}`);
    script = script.replace(known, short);
    out.push(...leb(1), 'm'.charCodeAt(0), ...leb(short.length), ...Buffer.from(short), ...wasm.subarray(kind, kind + size));
    if (index === 0) script = renameModule(script, wasm.toString('utf8', module, module + moduleLength));
    at = kind + size;
  }
  if (at !== end) throw new Error('the section of imports was not read to its end');
  const imports = Buffer.from([2, ...leb(out.length), ...out]);
  return { wasm: Buffer.concat([wasm.subarray(0, start), imports, wasm.subarray(end)]), script };
}

/** The same for what the module exports; the script reads it as a member of `wasm`. What it does not read keeps its name. */
export function shortenExports(wasm, script) {
  const { start, content, end } = section(wasm, 7);
  let [count, at] = number(wasm, content);
  const out = leb(count);
  for (let index = 0; index < count; index += 1) {
    const [length, name] = number(wasm, at);
    const kind = name + length;
    const long = wasm.toString('utf8', name, kind);
    const next = number(wasm, kind + 1)[1];
    const known = new RegExp(`(?<=\\bwasm[.])${long}(?![\\w$])`, 'g');
    const short = known.test(script) ? `_${index.toString(36)}` : long;
    script = script.replace(known, short);
    out.push(...leb(short.length), ...Buffer.from(short), ...wasm.subarray(kind, next));
    at = next;
  }
  if (at !== end) throw new Error('the section of exports was not read to its end');
  const exports = Buffer.from([7, ...leb(out.length), ...out]);
  return { wasm: Buffer.concat([wasm.subarray(0, start), exports, wasm.subarray(end)]), script };
}

/** The script without its second way to start, which nobody takes; what only that one calls goes with it. */
export function oneStart(script) {
  const both = /^export \{ initSync, (\w+ as default) \};$/m;
  if (!both.test(script)) throw new Error('the script does not export what it did');
  return script.replace(both, 'export { $1 };');
}

/** The script provides the imports under the name of the script itself. */
function renameModule(script, name) {
  const key = `"${name}"`;
  if (script.split(key).length !== 2) throw new Error(`the script names ${name} other than once`);
  return script.replace(key, '"m"');
}
