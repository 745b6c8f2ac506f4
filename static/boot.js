// Starts the console's module, or says in plain text why that was not possible.
const { js, wasm } = document.querySelector('script[data-js]').dataset;

const say = (title, ...texts) => {
  const make = (name, className, textContent) => Object.assign(document.createElement(name), { className, textContent });
  const words = make('div', 'cz-page', '');
  words.setAttribute('role', 'alert');
  words.append(make('h1', 'cz-page__title', title), ...texts.map((text) => make('p', '', text)));
  const main = make('main', 'cz-main', '');
  main.append(words);
  document.body.replaceChildren(main);
};

const failed = (error) =>
  say(
    'Credenza could not start',
    'Reload the page. If that does not help, WebAssembly may be blocked here.',
    `The browser said: ${error?.message ?? error}`,
  );

// A module that trapped does nothing any more, and does so silently.
const stopped = ({ error, reason }) => {
  if ((error ?? reason) instanceof WebAssembly.RuntimeError) {
    say('Credenza stopped', 'Reload the page. Nothing that you typed was kept.');
  }
};
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);

import(js).then((module) => module.default({ module_or_path: wasm })).catch(failed);

// Only a server that rebuilds names an address to listen at; elsewhere nothing is asked for.
const [page] = performance.getEntriesByType('navigation');
const reload = page?.serverTiming?.find(({ name }) => name === 'reload');
if (reload) new EventSource(reload.description).addEventListener('reload', () => location.reload());
