// The manifest, the types, the React component, the style and the README name the same things.
import Ajv from 'ajv';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { element, names, text } from './support.mjs';

const types = text('index.d.ts');
const readme = text('README.md');

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const fields = element.members.filter(({ kind }) => kind === 'field');
const methods = element.members.filter(({ kind }) => kind === 'method');

/** The lines of an interface, without comments. */
function members(name) {
  const [, body] = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms').exec(types);
  return body.replace(/^ *\/\*\*.*?\*\/\n/gms, '');
}

/** The rows of the table below a heading of the README, each as the names in backticks of its cells. */
function rows(heading) {
  const [, section] = readme.split(`\n## ${heading}\n`);
  const [table] = /^\|.*(?:\n\|.*)+/m.exec(section);
  const cells = table.split('\n').slice(2).map((line) => line.replace(/^\| ?| ?\|$/g, '').split(' | '));
  return cells.map((row) => row.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name)));
}
const firsts = (heading) => rows(heading).flatMap(([first]) => first).sort();

test('the manifest follows the published schema', () => {
  const schema = createRequire(import.meta.url)('custom-elements-manifest/schema.json');
  const check = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const manifest = JSON.parse(text('custom-elements.json'));
  assert.equal(manifest.schemaVersion, '2.1.0');
  check(manifest);
  assert.deepEqual(check.errors, null);
  // It would notice: a member of a kind that there is not, an event without a type.
  const [first] = manifest.modules;
  first.declarations[0].members[0].kind = 'property';
  assert.ok(!check(manifest));
});

test('the types have the properties and methods of the manifest', () => {
  const body = members('CredenzaConnectElement');
  const properties = [...body.matchAll(/^  (readonly )?(\w+): (.*);$/gm)].map(([, readonly, name, type]) => [name, readonly !== undefined, type]);
  const described = fields.map(({ name, readonly = false, type }) => [name, readonly, type.text]);
  assert.deepEqual(described.sort(), properties.sort());
  const called = [...body.matchAll(/^  (\w+)\(.*\): (\w+);$/gm)].map(([, name, type]) => [name, type]);
  assert.deepEqual(methods.map(({ name, return: { type } }) => [name, type.text]).sort(), called.sort());
});

test('each attribute has its property', () => {
  const reflected = fields.filter(({ attribute }) => attribute !== undefined);
  assert.deepEqual(reflected.map(({ attribute }) => attribute).sort(), names(element.attributes));
  for (const { name, fieldName } of element.attributes) {
    assert.equal(fieldName, camel(name));
    assert.equal(reflected.find(({ attribute }) => attribute === name).name, fieldName);
  }
});

test('the types have the events of the manifest, with what they tell', () => {
  const rows = [...members('CredenzaConnectEventDetails').matchAll(/^  '([\w-]+)': (.*);$/gm)];
  const described = element.events.map(({ name, type }) => [name, type.text]);
  assert.deepEqual(described.sort(), rows.map(([, name, detail]) => [name, `CustomEvent<${detail}>`]).sort());
});

test('the React component has each attribute, property and event', () => {
  const script = text('react.js');
  const pairs = [...script.matchAll(/^  (\w+): '([\w-]+)',$/gm)].map(([, property, name]) => [property, name]);
  const [events, attributes] = [true, false].map((on) => pairs.filter(([property]) => property.startsWith('on') === on));
  assert.deepEqual(attributes.sort(), element.attributes.map(({ name, fieldName }) => [fieldName, name]).sort());
  assert.deepEqual(events.sort(), element.events.map(({ name }) => [camel(`on-${name}`), name]).sort());
  const lists = [...script.matchAll(/^const (?:OBJECTS|FUNCTIONS) = \[(.*)\];$/gm)].flatMap(([, list]) => list.match(/\w+/g));
  const settable = fields.filter(({ readonly, attribute }) => !readonly && attribute === undefined);
  assert.deepEqual(lists.sort(), names(settable));
});

test('the README names what the manifest names', () => {
  assert.deepEqual(firsts('Attributes'), names(element.attributes));
  assert.deepEqual(firsts('Properties'), names(fields.filter(({ attribute }) => attribute === undefined)));
  assert.deepEqual(firsts('Methods'), names(methods).map((name) => `${name}()`));
  const told = rows('Events').map(([[name], detail]) => [name, detail]);
  const keys = (type) => [...type.matchAll(/(\w+)\??: /g)].map(([, key]) => key);
  assert.deepEqual(told, element.events.map(({ name, type }) => [name, keys(type.text)]));
  const looks = rows('Looks').flatMap(([, cell]) => cell).sort();
  const { cssParts, cssProperties, cssStates } = element;
  assert.deepEqual(looks, names([...cssParts, ...cssProperties, ...cssStates]));
});

test('every part is a class of the style, and every custom property has a value', () => {
  const form = readFileSync('style/form.css', 'utf8');
  // The outermost is the script's own.
  const [base, ...parts] = element.cssParts;
  assert.equal(base.name, 'base');
  for (const { name } of parts) assert.match(form, new RegExp(`\\.cz-${name}(?![\\w-])`), name);
  for (const { name, default: value } of element.cssProperties) assert.ok(value, name);
});

test('the README says the policy first and what is never sent', () => {
  assert.match(readme.split('\n## ')[0], /^Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'$/m);
  assert.match(readme, /^## What is sent, and what never is$/m);
});
