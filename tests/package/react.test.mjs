// What a server writes for the React component, with either version of React.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundled, element } from './support.mjs';

const APP = `
  export { CredenzaConnect } from 'credenza/react';
  export { createElement, version } from 'react';
  export { renderToString } from 'react-dom/server';
`;

for (const major of [18, 19]) {
  test(`React ${major} writes the tag with its attributes and children, and nothing else`, async () => {
    const said = [];
    console.error = (...words) => said.push(words.join(' '));
    const { CredenzaConnect, createElement, renderToString, version } = await bundled(APP, major);
    assert.ok(version.startsWith(`${major}.`), version);
    const values = element.attributes.map(({ fieldName, type }) => [fieldName, type.text === 'boolean' ? true : `some ${fieldName}`]);
    const html = renderToString(
      createElement(
        CredenzaConnect,
        {
          ...Object.fromEntries(values),
          className: 'form',
          hidden: false,
          'aria-busy': false,
          config: { storefront: { api: '/secret' } },
          getToken: () => 'secret',
          getHeaders: () => ({ secret: 'secret' }),
          value: { a: 'secret' },
          messages: { a: 'secret' },
          onCredenzaReady: () => {},
          ref: { current: null },
        },
        createElement('p', null, 'One moment'),
      ),
    );
    const [, tag, inside] = /^<credenza-connect ([^>]*)>(.*)<\/credenza-connect>$/.exec(html);
    assert.equal(inside, '<p>One moment</p>');
    const written = [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const expected = element.attributes.map(({ name, fieldName, type }) => [name, type.text === 'boolean' ? 'on' : `some ${fieldName}`]);
    // A name alone says it; React 18 writes "true" beside it.
    const plain = written.map(([name, value]) => [name, value === '' || (value === 'true' && major === 18) ? 'on' : value]);
    assert.deepEqual(plain.sort(), [...expected, ['class', 'form'], ['aria-busy', 'false']].sort());
    assert.ok(!html.includes('secret'), html);
    assert.deepEqual(said, []);
  });

  test(`React ${major} leaves out what is off or not told`, async () => {
    const { CredenzaConnect, createElement, renderToString } = await bundled(APP, major);
    const html = renderToString(createElement(CredenzaConnect, { service: 'registry', admin: false, lightDom: undefined, name: null }));
    assert.equal(html, '<credenza-connect service="registry"></credenza-connect>');
  });
}
