// The package.json of the package.

/** Each way into the package, the types first: whoever reads the list takes the first that fits. */
const script = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });

const EXPORTS = {
  '.': script('index'),
  './register': script('register'),
  './react': script('react'),
};

const FILES = [
  'storefront.wasm',
  'registry.wasm',
  'clients.wasm',
  'key.wasm',
  'oauth-callback.html',
  'oauth-callback.js',
  'oauth-callback.css',
  'custom-elements.json',
  'integrity.json',
  'package.json',
];

/** The content of package.json. One that was built quickly is private, so that npm refuses to publish it. */
export function manifest({ version, license, quick }) {
  return {
    name: 'credenza',
    version,
    ...(quick ? { private: true } : {}),
    description: 'A custom element in which people connect the credentials of four documented APIs',
    license,
    type: 'module',
    sideEffects: ['./register.js'],
    customElements: 'custom-elements.json',
    types: './index.d.ts',
    exports: { ...EXPORTS, ...Object.fromEntries(FILES.map((name) => [`./${name}`, `./${name}`])) },
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  };
}
