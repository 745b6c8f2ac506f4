// One script for all modules of the package. wasm-bindgen writes one for each, and they are nearly the same: what two of
// them have in common stands here once, under one short name in both modules. A module takes what it asks for and leaves
// the rest. Everything stands in a function, so that each call of it makes a script with a state of its own.
import { transform } from 'esbuild';
import { asExport, importedFrom, oneStart, renameExports, renameImports, shortName } from '../site/imports.mjs';
import { SCRIPT } from '../site/pack.mjs';

const CALLED = ['open', 'tell', 'close', 'read'];

/** A piece of a script: from a line that is not indented to the line before the next such one. */
function pieces(script) {
  return script.split(/\n(?=[^\s})\]])/).map((piece) => piece.trimEnd());
}

// wasm-bindgen's own start takes addresses and much else, and warns of what it was used to take. This one takes what
// the element's script has: a response, bytes, or a compiled module.
const init = (memory) => `async function init(from) {
  const imports = __wbg_get_imports();
  const streams = from instanceof Response && from.headers.get('content-type') === 'application/wasm';
  const bytes = from instanceof Response && !streams ? await from.arrayBuffer() : from;
  const made = await (streams ? WebAssembly.instantiateStreaming(from, imports) : WebAssembly.instantiate(bytes, imports));
  wasm = (made.instance ?? made).exports;
  if (!wasm.${memory}) throw new TypeError('this is another module');
}`;
// What a function of the page throws is kept for the module, which asks whether there was something.
const handleError = (keep) => `const handleError = (f) => (...args) => {
  try {
    return f(...args);
  } catch (error) {
    wasm.${keep}(addHeapObject(error));
  }
};`;
const REPLACED = ['__wbg_load', '__wbg_init', '__wbg_finalize_init', 'handleError'];

// Every browser that runs the modules encodes into memory itself.
const STAND_IN = /^if \(!\("encodeInto" in /;

/** A function that is provided, written shorter: none of them has a `this`. */
function shorter(value) {
  const [, caught, catching] = /^function\(\) \{\s+return handleError\(function(\(.*?\)) (\{.*\}), arguments\);\s+\}$/s.exec(value) ?? [];
  const [, plain, body] = /^function(\(.*?\)) (\{.*\})$/s.exec(value) ?? [];
  const written = catching ? `handleError(${caught} => ${catching})` : `${plain} => ${body}`;
  if (!(catching ?? body) || /\b(this|arguments)\b/.test(written)) throw new Error(`the script provides something else: ${value}`);
  return written
    .replace(/const ret = ([^;]*);\s+return addHeapObject\(ret\);/, 'return addHeapObject($1);')
    .replace(/const ret = ([^;]*);\s+return ret;/, 'return $1;');
}

/** The functions that a script provides, by the names that its module asks for. */
function provided(piece, from) {
  const shape = /^function \w+\(\) \{\n  const (\w+) = \{\n    __proto__: null,\n(.*)\n  \};\n  return \{\n    __proto__: null,\n    "(.*)": \1\n  \};\n\}$/s;
  const [, , list, name] = shape.exec(piece) ?? [];
  if (name !== from) throw new Error('the script does not provide its functions as it did');
  const found = new Map();
  for (const entry of list.split(/,\n(?=    [\w$])/)) {
    const [, key, value] = /^    ([\w$]+): (.*)$/s.exec(entry) ?? [];
    if (key === undefined) throw new Error(`the script provides something else: ${entry}`);
    found.set(key, shorter(value));
  }
  return found;
}

/** What is given a short name, once: by a text that two modules may share. */
class Names {
  #known = new Map();

  short(text) {
    if (!this.#known.has(text)) this.#known.set(text, shortName(this.#known.size));
    return this.#known.get(text);
  }

  get all() {
    return [...this.#known];
  }
}

/**
 * Takes modules and the scripts that wasm-bindgen wrote for them; returns the modules with short names, and the text of
 * a function without parameters that returns `{ init, open, tell, close, read }`, the same one for every module.
 */
export async function glue(parts) {
  const [exported, imported] = [new Names(), new Names()];
  const top = new Map();
  const modules = [];
  for (const { wasm, script } of parts) {
    if (script.includes('wasm.__wbindgen_start()')) throw new Error('a module has something to begin with, which nobody calls');
    // What nobody calls is left out, and what is left is printed in one way.
    let { code } = await transform(oneStart(script), { ...SCRIPT, charset: 'utf8' });
    const shortened = renameExports(wasm, (long) => {
      if (!asExport(long).test(code)) return long;
      code = code.replace(asExport(long), exported.short(long));
      return exported.short(long);
    });
    let own;
    for (const piece of pieces(code)) {
      const name = /^(?:async )?(?:function|const|let|var) ([\w$]+)/.exec(piece)?.[1] ?? piece;
      if (name === '__wbg_get_imports') own = provided(piece, importedFrom(wasm));
      else if (!/^export \{/.test(piece) && !STAND_IN.test(piece) && !REPLACED.includes(name)) {
        if ((top.get(name) ?? piece) !== piece) throw new Error(`two scripts have another ${name} each`);
        top.set(name, piece);
      }
    }
    const short = renameImports(shortened, (long) => {
      if (!own.has(long)) throw new Error(`the script does not provide ${long}`);
      return imported.short(own.get(long));
    });
    modules.push(short);
  }
  for (const name of CALLED) if (!top.has(name)) throw new Error(`the modules have no ${name}`);
  const list = imported.all.map(([text, name]) => `${name}: ${text}`).join(',\n');
  const provides = `function __wbg_get_imports() { return { __proto__: null, m: { __proto__: null,\n${list}\n} }; }`;
  const body = [...top.values(), provides, handleError(exported.short('__wbindgen_exn_store')), init(exported.short('memory')), `return { init, ${CALLED.join(', ')} };`].join('\n');
  return { modules, factory: `() => {\n${body}\n}` };
}
