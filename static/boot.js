// Starts the module that the address belongs to, and another one when the person goes to its pages; or says in plain text
// why that was not possible. Modules that were started stay, with all that they know, and draw the page in turn.
const { base, ...files } = document.querySelector('script[data-js]').dataset;
const main = [files.js, files.wasm];
const clients = [files.clientsJs, files.clientsWasm];
// By the first step of the address; every other address is the main one's.
const modules = { agents: [files.agentsJs, files.agentsWasm], destinations: clients, inventory: clients };

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

const started = new Set();
const start = async (script, module) => {
  if (started.has(script)) return;
  const first = started.size === 0;
  started.add(script);
  const wait = Object.assign(document.createElement('p'), { className: 'cz-loading', textContent: 'One moment…' });
  wait.setAttribute('role', 'status');
  if (!first) document.body.append(wait);
  try {
    const bytes = fetch(module);
    // It may fail before anybody waits for it.
    bytes.catch(() => {});
    const { default: init } = await import(script);
    await init({ module_or_path: bytes });
  } catch (error) {
    failed(error);
  }
  wait.remove();
};
const arrive = () => {
  const [first] = location.pathname.slice(base.length).split('/');
  return start(...(Object.hasOwn(modules, first) ? modules[first] : main));
};
for (const name of ['popstate', 'credenza-route']) addEventListener(name, arrive);
arrive();

// Only a server that rebuilds names an address to listen at; elsewhere nothing is asked for.
const [page] = performance.getEntriesByType('navigation');
const reload = page?.serverTiming?.find(({ name }) => name === 'reload');
if (reload) new EventSource(reload.description).addEventListener('reload', () => location.reload());
