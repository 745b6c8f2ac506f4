// The package where there is no page, and what its files say of each other.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { folder, installed, text } from './support.mjs';

const PROGRAMS = ['clients', 'key', 'registry', 'storefront'];
const EXPORTED = ['CredenzaConnect', 'configure', 'diagnose', 'register'];

const hash = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** The hashes of modules that a script carries, by their names. */
function carried(script) {
  const row = /new URL\("\.\/(\w+)\.wasm",import\.meta\.url\),integrity:"(sha384-[\w+/=]+)"/g;
  return Object.fromEntries([...script.matchAll(row)].map(([, name, value]) => [name, value]));
}

for (const way of ['credenza', 'credenza/register']) {
  test(`importing ${way} without a page does nothing and throws nothing`, async () => {
    const home = await installed('plain');
    const file = join(home, 'import.mjs');
    await writeFile(
      file,
      `const before = Object.getOwnPropertyNames(globalThis).length;
      globalThis.fetch = () => { throw new Error('something was fetched'); };
      const { register, configure, diagnose, CredenzaConnect, ...rest } = await import('${way}');
      register();
      register('acme-connect');
      const after = Object.getOwnPropertyNames(globalThis).length;
      console.log(JSON.stringify([after - before, typeof CredenzaConnect, typeof configure, typeof diagnose, Object.keys(rest)]));`,
    );
    // A program that ends by itself has left no timer and no request behind.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { timeout: 10_000 });
    assert.deepEqual(JSON.parse(stdout), [0, 'function', 'function', 'function', []]);
    assert.equal(stderr, '');
  });
}

test('the class can be named on a server, and does nothing there', async () => {
  const { CredenzaConnect } = await import(pathToFileURL(join(folder, 'index.js')).href);
  class Ours extends CredenzaConnect {}
  assert.equal(typeof Ours, 'function');
});

for (const name of ['index.js', 'register.js']) {
  test(`${name} is one file and carries the hash of each module`, async () => {
    const script = text(name);
    assert.ok(!/\bimport(\s*[({"'*]|\s+\w)/.test(script), 'imports something');
    assert.ok(!script.includes('/*'), 'has a comment');
    const hashes = carried(script);
    assert.deepEqual(Object.keys(hashes).sort(), PROGRAMS);
    for (const program of PROGRAMS) {
      const bytes = await readFile(join(folder, `${program}.wasm`));
      assert.equal(hashes[program], hash(bytes));
      // One changed byte, and it is another module.
      bytes[bytes.length >> 1] ^= 1;
      assert.notEqual(hashes[program], hash(bytes));
    }
  });
}

test('each module takes from the script only what the script has, by short names', async () => {
  const provided = new Set([...text('index.js').matchAll(/[{,](_\w+):/g)].map(([, name]) => name));
  for (const program of PROGRAMS) {
    const module = await WebAssembly.compile(await readFile(join(folder, `${program}.wasm`)));
    const imports = WebAssembly.Module.imports(module);
    assert.ok(imports.length > 0, program);
    for (const { module: from, name, kind } of imports) {
      assert.deepEqual([from, kind, provided.has(name)], ['m', 'function', true], `${program}: ${name}`);
    }
    // The long names of the tool that made them would go over the wire twice.
    for (const { name } of imports) assert.ok(name.length <= 4, `${program}: ${name}`);
  }
});

test('integrity.json has the hash of every file that a page may load', async () => {
  const hashes = JSON.parse(text('integrity.json'));
  const loaded = (await readdir(folder)).filter((name) => /\.(js|wasm|css|html)$/.test(name));
  assert.deepEqual(Object.keys(hashes).sort(), loaded.sort());
  for (const name of loaded) assert.equal(hashes[name], hash(await readFile(join(folder, name))), name);
  assert.ok(text('README.md').includes(`src="/credenza/register.js" integrity="${hashes['register.js']}"`));
});

test('every way into the package leads to a file, the types first', () => {
  const { exports, sideEffects, customElements, name, peerDependenciesMeta } = JSON.parse(text('package.json'));
  assert.equal(name, 'credenza');
  for (const target of Object.values(exports)) {
    const files = typeof target === 'string' ? [target] : Object.values(target);
    if (typeof target !== 'string') assert.equal(Object.keys(target)[0], 'types');
    for (const file of files) assert.ok(text(file.slice(2)).length > 0, file);
  }
  assert.deepEqual(sideEffects, ['./register.js']);
  assert.ok(text(customElements).length > 0);
  assert.equal(peerDependenciesMeta.react.optional, true);
});

test('the types are found by the rules of Node', async () => {
  const home = await installed('types');
  await copyFile('widget/types/element.ts', join(home, 'element.mts'));
  await copyFile('widget/types/react.tsx', join(home, 'react.tsx'));
  const options = { module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom'], types: [], strict: true, noEmit: true, jsx: 'react-jsx' };
  await writeFile(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.mts', '*.tsx'] }));
  const tried = await promisify(execFile)('tsc', ['--project', home]).catch((error) => error);
  assert.equal(tried.stdout, '');
  assert.ok(!(tried instanceof Error), String(tried));
});

test('what is exported is what is described', async () => {
  const module = await import(pathToFileURL(join(folder, 'index.js')).href);
  assert.deepEqual(Object.keys(module).sort(), EXPORTED);
  const { modules } = JSON.parse(text('custom-elements.json'));
  for (const { exports } of modules) {
    const own = exports.filter(({ kind }) => kind === 'js').map(({ name }) => name);
    assert.deepEqual(own.sort(), EXPORTED);
  }
});
