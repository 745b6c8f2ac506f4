// Loading the module of a service, once for all elements of the page, and what is said when that does not work.
import { programs, version } from 'credenza:programs';
import { runs } from './page.js';

// Two copies of this script on one page share what runs.
export const shared = (globalThis[Symbol.for(`credenza ${version}`)] ??= { running: {}, sources: {}, said: {}, alive: new Set() });

export const SAID = {
  wasm_refused: [
    'This form could not start',
    'This page does not allow WebAssembly: its policy needs script-src \'wasm-unsafe-eval\'.',
  ],
  wasm_unreachable: ['This form could not be loaded', 'Check your connection, then reload the page.'],
  wasm_changed: ['This form could not start', 'What was loaded is not what this page expects. Reload the page; if that does not help, tell its owner.'],
  stopped: ['This form stopped', 'Reload the page. Nothing that you typed was kept.'],
  configuration: ['This form is not set up yet', 'Set service to storefront, destinations, inventory or registry.'],
};

export class Failed extends Error {
  constructor(code) {
    super(SAID[code].join(' '));
    this.code = code;
  }
}

const sha384 = async (bytes) => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
};

async function load(name) {
  if (!runs()) throw new Failed('wasm_refused');
  const { url, integrity, glue } = programs[name];
  const { init, ...module } = glue();
  const source = shared.sources[name] ?? url();
  let from = source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    // Without https there is nothing to compare with.
    if (globalThis.crypto?.subtle && (await sha384(source)) !== integrity) throw new Failed('wasm_changed');
  } else if (!(source instanceof WebAssembly.Module)) {
    try {
      from = await fetch(source, { integrity });
      if (!from.ok) throw new Failed('wasm_unreachable');
    } catch {
      // A browser does not say which of the two it was.
      const there = await fetch(source, { method: 'HEAD' }).catch(() => undefined);
      throw new Failed(there?.ok ? 'wasm_changed' : 'wasm_unreachable');
    }
  }
  await init(from);
  delete shared.said[name];
  return module;
}

export const start = (name) => {
  shared.running[name] ??= load(name).catch((error) => {
    // The next element tries again.
    delete shared.running[name];
    throw error;
  });
  return shared.running[name];
};

/** What the module for private keys tells of a text; nothing while there is none. An empty text has it loaded, and the elements hear of it. */
export const keys = (text) => {
  try {
    if (shared.reader) return shared.reader(text);
  } catch {
    // It trapped, and does nothing any more.
    shared.reader = undefined;
    delete shared.running.key;
  }
  if (text !== '' || shared.asked) return undefined;
  shared.asked = start('key')
    .then(
      ({ read }) => {
        shared.reader = read;
        return '';
      },
      ({ code }) => (code === 'wasm_changed' ? 'key_changed' : 'key_unreachable'),
    )
    .then((problem) => {
      shared.asked = undefined;
      for (const element of shared.alive) element.told('storefront', 'keys', problem);
    });
  return undefined;
};

// A module that trapped does nothing any more, and does so silently. The stack tells whose it was.
export const stopped = ({ error, reason }) => {
  const trap = error ?? reason;
  if (!(trap instanceof WebAssembly.RuntimeError)) return;
  for (const name of Object.keys(shared.running)) {
    const fetched = new RegExp(`\\b${name}\\b[^/]*\\.wasm`).test(trap.stack);
    if (!fetched && typeof (shared.sources[name] ?? '') === 'string') continue;
    delete shared.running[name];
    for (const element of shared.alive) element.stopped(name);
  }
};
