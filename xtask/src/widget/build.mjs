// Makes the npm package: node xtask/src/widget/build.mjs PROGRAMS FOLDER VERSION LICENSE
// PROGRAMS has NAME.js and NAME_bg.wasm of each program, as wasm-bindgen and wasm-opt left them; FOLDER becomes the package.
// Functions that are alike move together, their scripts become one (glue.mjs), and the element's own script, src/element,
// is bundled with it and with the style into two files without imports: index.js does nothing by itself, register.js
// defines the element. CREDENZA_QUICK=1 sorts in one way only, for trying things: what comes out cannot be published.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { minified, gzipped, SCRIPT, smallest } from '../site/pack.mjs';
import { sortFunctions } from '../site/sort.mjs';
import { customElements, readme } from './describe.mjs';
import { glue } from './glue.mjs';
import { manifest } from './package.mjs';
import { style } from './style.mjs';

const [programs, folder, version, license] = process.argv.slice(2);
const quick = process.env.CREDENZA_QUICK === '1';
const NAMES = ['storefront', 'registry', 'clients', 'key'];
const SHEETS = ['tokens', 'form', 'element'];
const COPIED = ['widget/index.d.ts', 'widget/register.d.ts', 'widget/react.js', 'widget/react.d.ts', 'LICENSE-APACHE', 'LICENSE-MIT'];

const text = (path) => readFile(path, 'utf8');
const save = (name, content) => writeFile(join(folder, name), content);
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const integrity = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

// The sorted modules are kept beside the programs, each in a folder of its own.
async function programsOf() {
  const parts = [];
  for (const name of NAMES) {
    const file = join(programs, `${name}_bg.wasm`);
    await sortFunctions(file, join(programs, '..', `sorted-${name}`), quick);
    parts.push({ wasm: await readFile(file), script: await text(join(programs, `${name}.js`)) });
  }
  const { modules, factory } = await glue(parts);
  await Promise.all(NAMES.map((name, index) => save(`${name}.wasm`, modules[index])));
  // The addresses stand here as literals: that is how bundlers find the files.
  const rows = NAMES.map((name, index) => {
    const url = `() => new URL('./${name}.wasm', import.meta.url)`;
    return `  ${name}: { url: ${url}, integrity: '${integrity(modules[index])}', glue },`;
  });
  return [
    `const glue = ${factory};`,
    `export const programs = {\n${rows.join('\n')}\n};`,
    `export const version = ${JSON.stringify(version)};`,
  ].join('\n');
}

async function sheet() {
  const sheets = await Promise.all(SHEETS.map((name) => text(`style/${name}.css`).catch(() => '')));
  return `export default ${JSON.stringify(await style(sheets))};`;
}

/** Bundles a script of the package; the names `credenza:…` are modules that exist here only. */
async function bundle(name, contents, virtual) {
  const made = {
    name: 'made',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^credenza:/ }, ({ path }) => ({ path, namespace: 'made' }));
      onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ contents: virtual[path] }));
    },
  };
  const { outputFiles, metafile } = await build({
    ...SCRIPT,
    stdin: { contents, resolveDir: 'src/element', sourcefile: name },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [made],
  });
  const [{ imports, exports }] = Object.values(metafile.outputs);
  if (imports.length > 0) throw new Error(`${name} imports ${imports[0].path}: it has to be one file`);
  if (exports.length !== 4) throw new Error(`${name} exports ${exports.join(', ')}`);
  await save(name, outputFiles[0].contents);
}

// The page that sign-ins return to, as the console has it, but the icon is the console's.
async function callback() {
  const page = await text('static/oauth-callback.html');
  const plain = page.replace(/\s*<link rel="icon"[^>]*>/, '').replace(/<img src="icon\.svg"[^>]*>/, '');
  if (plain.includes('icon')) throw new Error('oauth-callback.html names an icon in another way than it did');
  await save('oauth-callback.html', plain.replace(/\n\s*/g, '\n'));
  for (const kind of ['css', 'js']) {
    const name = `oauth-callback.${kind}`;
    await save(name, await minified(await text(`static/${name}`), kind));
  }
}

/** What a page may load: the hash of each file, for whoever pins it, and beside the package what each weighs on the wire. */
async function measure() {
  const [hashes, weights] = [{}, {}];
  for (const name of (await readdir(folder)).sort()) {
    if (!['.js', '.wasm', '.css', '.html'].includes(extname(name))) continue;
    const bytes = await readFile(join(folder, name));
    hashes[name] = integrity(bytes);
    weights[name] = { raw: bytes.length, gzip: (await gzipped(bytes)).length, brotli: (await smallest(bytes)).length };
  }
  await save('integrity.json', json(hashes));
  await save('README.md', await readme(hashes['register.js']));
  await writeFile(join(programs, '..', 'weights.json'), json(weights));
}

await mkdir(folder, { recursive: true });
const virtual = { 'credenza:programs': await programsOf(), 'credenza:style': await sheet() };
const names = '{ CredenzaConnect, register, configure, diagnose }';
await bundle('index.js', `export ${names} from './shim.js';`, virtual);
await bundle('register.js', `import ${names} from './shim.js';\nexport ${names};\nregister();`, virtual);
await callback();
await Promise.all(COPIED.map((path) => copyFile(path, join(folder, basename(path)))));
await save('package.json', json(manifest({ version, license, quick })));
await save('custom-elements.json', json(await customElements()));
await measure();
