// Facts of the page around the elements, and what its policy refused.

// The smallest module that there is.
const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Whether the page lets WebAssembly run. */
export const runs = () => {
  try {
    return new WebAssembly.Module(EMPTY) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
};

const found = [];
/** What the policy refused since the first element was there. */
export const refusals = () => [...found];

/** Begins to note what the policy refuses. */
export const listen = () => {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // That one is our own question: see below.
    if (effectiveDirective === 'require-trusted-types-for') return;
    const line = `${effectiveDirective}: ${blockedURI}`;
    if (!found.includes(line) && found.length < 20) found.push(line);
  });
};

const stores = (name) => {
  try {
    const store = globalThis[name];
    store.setItem('credenza.test', '');
    store.removeItem('credenza.test');
    return true;
  } catch {
    return false;
  }
};

const enforcesTypes = () => {
  try {
    // Throws where strings may not become addresses of scripts; the element is never put into the page.
    document.createElement('script').src = 'about:blank';
    return false;
  } catch {
    return true;
  }
};

/** Whether the page stands in a frame, and of whose page. */
export const frame = () => {
  if (globalThis.top === globalThis) return 'none';
  try {
    return globalThis.top.location.origin === globalThis.location.origin ? 'same-origin' : 'cross-origin';
  } catch {
    return 'cross-origin';
  }
};

/** All facts, and what follows from them in words. */
export function diagnose(version, { config, service, callback }) {
  if (typeof document === 'undefined') return undefined;
  const facts = {
    version,
    wasm: runs(),
    trustedTypes: enforcesTypes(),
    secureContext: globalThis.isSecureContext,
    crossOriginIsolated: Boolean(globalThis.crossOriginIsolated),
    frame: frame(),
    sessionStorage: stores('sessionStorage'),
    localStorage: stores('localStorage'),
    broadcastChannel: typeof BroadcastChannel === 'function',
    refused: refusals(),
  };
  const notes = [
    [!facts.wasm, "The page does not allow WebAssembly: add 'wasm-unsafe-eval' to its script-src."],
    [facts.refused.length > 0, `The page's policy refused something: ${facts.refused.join(', ')}.`],
    [!facts.secureContext, 'The page is not served over https: signing in, copying and checking what is loaded do not work.'],
    [service === '', 'The element has no service.'],
    [config === false, 'The element has no config yet.'],
    [service === 'registry' && !callback, 'The configuration names no callback: signing in comes back to oauth-callback.html beside this page.'],
    [facts.frame === 'cross-origin', 'The page stands in a frame of another site: signing in does not come back here. Open it in a tab of its own.'],
    [!facts.sessionStorage, 'Storage is blocked: signing in with the whole tab does not work.'],
    [!facts.broadcastChannel, 'There is no BroadcastChannel: signing in a tab of its own does not come back here.'],
  ];
  return { ...facts, notes: notes.filter(([holds]) => holds).map(([, note]) => note) };
}
