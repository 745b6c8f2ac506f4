// Gives the functions that a module imports and exports short names, in the wasm and in the script beside it.
// wasm-bindgen names each with a hash of sixteen digits, which nothing can compress, once in either file.

import { leb, number, section } from './sections.mjs';

/** How long the description of an import is that starts with its kind at `at`. Only functions are expected. */
function description(bytes, at) {
  if (bytes[at] !== 0) throw new Error(`an import of kind ${bytes[at]} is not known here`);
  return number(bytes, at + 1)[1] - at;
}

/** A module with another content of one of its sections. */
function replaced(wasm, id, { start, end }, content) {
  const fresh = Buffer.from([id, ...leb(content.length), ...content]);
  return Buffer.concat([wasm.subarray(0, start), fresh, wasm.subarray(end)]);
}

const text = (name) => [...leb(Buffer.byteLength(name)), ...Buffer.from(name)];

/** The module with other names for what it imports, all from a module `m`. `short` gives each, by its long name and its place. */
export function renameImports(wasm, short) {
  const found = section(wasm, 2);
  let [count, at] = number(wasm, found.content);
  const out = leb(count);
  for (let index = 0; index < count; index += 1) {
    const [moduleLength, module] = number(wasm, at);
    const [nameLength, name] = number(wasm, module + moduleLength);
    const kind = name + nameLength;
    at = kind + description(wasm, kind);
    out.push(...text('m'), ...text(short(wasm.toString('utf8', name, kind), index)), ...wasm.subarray(kind, at));
  }
  if (at !== found.end) throw new Error('the section of imports was not read to its end');
  return replaced(wasm, 2, found, out);
}

/** The same for what it exports. */
export function renameExports(wasm, short) {
  const found = section(wasm, 7);
  let [count, at] = number(wasm, found.content);
  const out = leb(count);
  for (let index = 0; index < count; index += 1) {
    const [length, name] = number(wasm, at);
    const kind = name + length;
    at = number(wasm, kind + 1)[1];
    out.push(...text(short(wasm.toString('utf8', name, kind), index)), ...wasm.subarray(kind, at));
  }
  if (at !== found.end) throw new Error('the section of exports was not read to its end');
  return replaced(wasm, 7, found, out);
}

/** The name of the module from which all functions are imported: that of the script, as wasm-bindgen writes it. */
export function importedFrom(wasm) {
  const [, first] = number(wasm, section(wasm, 2).content);
  const [length, at] = number(wasm, first);
  return wasm.toString('utf8', at, at + length);
}

/** Where the script names an export: as a member of `wasm`. */
export const asExport = (name) => new RegExp(`(?<=\\bwasm[.])${name}(?![\\w$])`, 'g');

/** A short name for each place in a list. */
export const shortName = (index) => `_${index.toString(36)}`;

/**
 * Takes a module and its script; returns both with short names for all imports of functions.
 * Fails when a name does not stand in the script, or a short name would meet another.
 */
export function shortenImports(wasm, script) {
  script = renameModule(script, importedFrom(wasm));
  const short = renameImports(wasm, (long, index) => {
    const known = new RegExp(`(?<![\\w$])${long}(?![\\w$])`, 'g');
    if (!known.test(script)) throw new Error(`the script does not provide ${long}`);
    script = script.replace(known, shortName(index));
    return shortName(index);
  });
  return { wasm: short, script };
}

/** The same for what the module exports. What the script does not read keeps its name. */
export function shortenExports(wasm, script) {
  const short = renameExports(wasm, (long, index) => {
    const known = asExport(long);
    if (!known.test(script)) return long;
    script = script.replace(known, shortName(index));
    return shortName(index);
  });
  return { wasm: short, script };
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
