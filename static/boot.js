// Starts the console's module, or says in plain text why that was not possible.
const { js, wasm } = document.querySelector('script[data-js]').dataset;

const failed = (error) => {
  const make = (name, className, textContent) => Object.assign(document.createElement(name), { className, textContent });
  const words = make('div', 'cz-page', '');
  words.setAttribute('role', 'alert');
  words.append(
    make('h1', 'cz-page__title', 'Credenza could not start'),
    make('p', '', 'Reload the page. If that does not help, ask your administrator whether WebAssembly is blocked.'),
    make('p', 'cz-muted', `What the browser said: ${error?.message ?? error}`),
  );
  const main = make('main', 'cz-main', '');
  main.append(words);
  document.body.replaceChildren(main);
};

import(js).then((module) => module.default({ module_or_path: wasm })).catch(failed);

// Only a server that rebuilds names an address to listen at; elsewhere nothing is asked for.
const [page] = performance.getEntriesByType('navigation');
const reload = page?.serverTiming?.find(({ name }) => name === 'reload');
if (reload) new EventSource(reload.description).addEventListener('reload', () => location.reload());
