// What the tests of the package have in common. CREDENZA_WIDGET is the folder of the built package.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const folder = process.env.CREDENZA_WIDGET;
if (!folder) throw new Error('CREDENZA_WIDGET is not set: cargo xtask test package');

/** What a file of the package holds. */
export const text = (name) => readFileSync(join(folder, name), 'utf8');

/** The declaration of the element in the manifest. */
export const element = JSON.parse(text('custom-elements.json')).modules[0].declarations[0];

/** The names of a list of the manifest, sorted. */
export const names = (list) => list.map(({ name }) => name).sort();

/** A folder in which the package is installed, as `npm install` leaves it. It is made anew, below the repository's node_modules. */
export async function installed(name) {
  const home = join(folder, '..', 'widget-parts', name);
  await rm(home, { recursive: true, force: true });
  await mkdir(join(home, 'node_modules'), { recursive: true });
  await symlink(folder, join(home, 'node_modules/credenza'));
  return home;
}

/** Imports a bundle of this text, in which `react` and `react-dom` are those of a version. */
export async function bundled(contents, version) {
  const home = await installed(`react-${version}`);
  const outfile = join(home, 'bundle.mjs');
  await build({
    stdin: { contents, resolveDir: home, loader: 'js' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'silent',
    alias: version === 19 ? {} : { react: `react-${version}`, 'react-dom': `react-dom-${version}` },
    // What React itself takes from Node.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
  return import(pathToFileURL(outfile).href);
}
