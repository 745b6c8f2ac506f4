// The requests of a module, carried by the script: what a library would do weighs more.

// One request, for a module: the status, the body and the headers that it wants, or a word for what went wrong.
export const send = async (url, method, headers, body, credentials, limit, wanted) => {
  // Only before sending is it certain that nothing left the device.
  if (!navigator.onLine) return ['offline'];
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  let said = 'network';
  try {
    const options = { method, headers, body, credentials, signal: stop.signal, cache: 'no-store', redirect: 'manual' };
    const answer = await fetch(url, options);
    if (answer.type === 'opaqueredirect') return ['redirected'];
    said = 'interrupted';
    const bytes = await answer.arrayBuffer();
    return [answer.status, text(bytes), ...wanted.map((name) => answer.headers.get(name))];
  } catch {
    return [stop.signal.aborted ? 'late' : said];
  } finally {
    clearTimeout(timer);
  }
};

// What is no UTF-8 is an old page of some proxy.
const text = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
};

/** Whether a browser takes this for a header. */
export const fits = (name, value) => {
  try {
    return Boolean(new Headers([[name, value]]));
  } catch {
    return false;
  }
};
