// How the package is put together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { style, withoutRoot } from '../../xtask/src/widget/style.mjs';
import { text } from './support.mjs';

test('what a page has at its root is left out of the style', () => {
  for (const [given, left] of [
    [':root{a:b}c{d:e}', 'c{d:e}'],
    [':root,:host{a:b}', ':host{a:b}'],
    [':root[data-theme=dark],:host([data-theme=dark]){a:b}', ':host([data-theme=dark]){a:b}'],
    ['@media print{:root{a:b}:host{c:d}}', '@media print{:host{c:d}}'],
    ['@media print{:root{a:b}}c{d:e}', 'c{d:e}'],
    ['@keyframes a{to{b:c}}', '@keyframes a{to{b:c}}'],
    // Commas and brackets that divide and close nothing.
    ['a:is(b,c),:root d{e:f}', 'a:is(b,c){e:f}'],
    ['a::before{content:"}:root{\\""}b{c:d}', 'a::before{content:"}:root{\\""}b{c:d}'],
  ]) {
    assert.equal(withoutRoot(given), left);
  }
  assert.throws(() => withoutRoot('a{b:c'), /does not end/);
});

test('sheets become one, in their order', async () => {
  assert.equal(await style([':root, :host { --a: 1; }', '/* b */ .b { color: red; }']), ':host{--a: 1}.b{color:red}');
});

test('the element brings its style along, and nothing of a page', () => {
  for (const name of ['index.js', 'register.js']) {
    const script = text(name);
    for (const part of ['--cz-accent:', '.cz-field__label{', ':host{']) assert.ok(script.includes(part), `${name}: ${part}`);
    assert.ok(!script.includes(':root'), name);
  }
});

test('one script serves all modules: nothing stands in it three times', () => {
  const count = (sign) => text('register.js').split(sign).length - 1;
  assert.ok(count('new FinalizationRegistry') <= 1);
  // Two of the modules' script, two for answers: see src/element/wire.js.
  assert.ok(count('new TextDecoder') <= 4);
  assert.equal(count('WebAssembly.instantiateStreaming'), 1);
});
