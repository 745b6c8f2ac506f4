// Starts the console's module, or says in plain text why that was not possible.
const { js, wasm } = document.querySelector('script[data-js]').dataset;

const failed = (error) => {
  const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const box = document.createElement('main');
  box.setAttribute('role', 'alert');
  box.append(
    line('h1', 'Credenza could not start'),
    line('p', 'Reload the page. If that does not help, ask your administrator whether WebAssembly is blocked.'),
    line('p', `What the browser said: ${error?.message ?? error}`),
  );
  document.body.replaceChildren(box);
};

import(js).then((module) => module.default({ module_or_path: wasm })).catch(failed);

// Only a server that rebuilds names an address to listen at; elsewhere nothing is asked for.
const [page] = performance.getEntriesByType('navigation');
const reload = page?.serverTiming?.find(({ name }) => name === 'reload');
if (reload) new EventSource(reload.description).addEventListener('reload', () => location.reload());
