// What is written about the package by hand, with what only the build knows.
import { readFile } from 'node:fs/promises';

/** The custom properties of a style sheet's first block, with their values. */
function values(sheet) {
  const block = sheet.slice(sheet.indexOf('{') + 1, sheet.indexOf('}'));
  return new Map([...block.matchAll(/(--cz-[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
}

/** The manifest of custom elements: what each custom property is unless it is set stands in style/tokens.css. */
export async function customElements() {
  const known = values(await readFile('style/tokens.css', 'utf8'));
  const all = JSON.parse(await readFile('widget/custom-elements.json', 'utf8'));
  for (const declaration of all.modules.flatMap((module) => module.declarations ?? [])) {
    for (const property of declaration.cssProperties ?? []) {
      const value = known.get(property.name);
      if (value === undefined) throw new Error(`style/tokens.css has no ${property.name}`);
      property.default = value;
    }
  }
  return all;
}

/** The README, with the hash that pins this very script. */
export async function readme(integrity) {
  const [before, after, ...more] = (await readFile('widget/README.md', 'utf8')).split('%INTEGRITY%');
  if (after === undefined || more.length > 0) throw new Error('widget/README.md is to have one %INTEGRITY%');
  return before + integrity + after;
}
