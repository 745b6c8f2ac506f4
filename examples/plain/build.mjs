// Puts the page and the package's files into portal/, and the package's hash into the page:
//   node build.mjs [FOLDER]
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';

const here = fileURLToPath(new URL('.', import.meta.url));
const from = join(here, 'node_modules/credenza');
const to = resolve(process.argv[2] ?? join(here, 'portal'));

await rm(to, { recursive: true, force: true });
await mkdir(join(to, 'credenza'), { recursive: true });
for (const name of ['portal.css', 'portal.js', 'icon.svg']) await cp(join(here, name), join(to, name));

// What was unpacked must be what the package says of itself.
/** @type {Record<string, string>} */
const hashes = JSON.parse(await readFile(join(from, 'integrity.json'), 'utf8'));
// The page loads the one script that registers the element; the others are for programs that are bundled.
const files = Object.keys(hashes).filter((name) => name !== 'index.js' && name !== 'react.js');
for (const name of files) {
  const bytes = await readFile(join(from, name));
  const hash = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  if (hash !== hashes[name]) throw new Error(`${name} is not the one that the package was made with: run "npm ci" again`);
  await writeFile(join(to, 'credenza', name), bytes);
}

const page = await readFile(join(here, 'index.html'), 'utf8');
const [before = '', after, ...more] = page.split('%INTEGRITY%');
if (after === undefined || more.length > 0) throw new Error('index.html must have exactly one %INTEGRITY%');
await writeFile(join(to, 'index.html'), `${before}${hashes['register.js']}${after}`);
console.log(`${to} has the page and ${files.length} files of the package.`);
