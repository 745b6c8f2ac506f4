// Hands the answer of an authorization server to the console that waits for it. It relays and decides nothing: whether
// an answer is good is judged where the sign-in began.
//
// HASH is base64url(SHA-256(state)), so that no name tells a state. BASE is the folder of this page, as in the name of
// the stored theme, so that two deployments on one origin do not meet.
//
//   sessionStorage   `credenza.flow.HASH BASE`  {mode: "redirect", expires: ms, path}: a sign-in of this very tab.
//                                               The console writes it.
//   sessionStorage   `credenza.callback BASE`   The query without its `?`. Written here when there is such a record; the
//                                               console reads and deletes both.
//   BroadcastChannel `credenza.HASH BASE`       {type: "credenza-callback", query} from here, {type: "credenza-ack",
//                                               outcome} back; the same between this window and its opener.
//   localStorage     `credenza.used BASE`       {HASH: ms}: answers that were taken, and until when each is remembered
//                                               (10 minutes). The console that exchanges adds its hash and sweeps, under
//                                               the Web Lock of the same name, before it sends a code anywhere. It alone
//                                               decides; here the list is only read, to tell the person.
//
// An ack may come more than once: any other word first ("I have it"), and then how it ended.
const { origin, pathname, search } = location;
history.replaceState(null, '', origin + pathname);

const base = pathname.slice(0, pathname.lastIndexOf('/') + 1);
const query = search.slice(1);
const named = (name) => `credenza.${name} ${base}`;

const OUTCOMES = {
  connected: ['You are signed in', 'Go on in Credenza. You can close this tab.'],
  refused: ['Access was not granted', 'Nothing was changed. You can close this tab and try again in Credenza.'],
  failed: ['The sign-in did not work', 'Credenza tells why, and what to do. You can close this tab.'],
};
const PASSED_ON = ['Credenza has the answer', 'How the sign-in went is shown there. You can close this tab.'];
const ON_ITS_WAY = ['One moment', 'The answer is being handed to Credenza.'];
const NOTHING = ['No sign-in is waiting here', 'It is over, or it began in another browser. To sign in, start again in Credenza.'];
const EXPIRED = ['This sign-in has expired', 'It took longer than ten minutes. Start again in Credenza.'];
const USED = ['This sign-in was already used', 'Each works once. If you are not signed in, start again in Credenza.'];
const NO_WAY = ['This sign-in cannot go on', 'The way back to where it began is closed. Start again in Credenza.'];

const [title, words, link] = document.querySelectorAll('h1, h1 + p, a');
const say = ([heading, text], offersWayBack = false) => {
  document.title = `${heading} · Credenza`;
  title.textContent = heading;
  words.textContent = text;
  link.hidden = !offersWayBack;
};

// Storage and channels may be missing or refused. What cannot be reached holds nothing.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const hashed = async (text) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const letters = { '+': '-', '/': '_', '=': '' };
  return btoa(String.fromCharCode(...new Uint8Array(digest))).replace(/[+/=]/g, (letter) => letters[letter]);
};

// Only a page of this deployment: what begins with two slashes, or becomes so, is another host to a browser.
const inside = (path) => {
  const url = new URL(path, origin);
  const single = [path, url.pathname].every((one) => /^\/(?![/\\])/.test(one));
  return single && url.origin === origin && url.pathname.startsWith(base) ? url.href : undefined;
};

const goBack = ({ expires, path }) => {
  if (!(Date.now() < expires)) return say(EXPIRED, true);
  const address = attempt(() => {
    const found = inside(path);
    if (found) sessionStorage.setItem(named('callback'), query);
    return found;
  });
  return address ? location.replace(address) : say(NO_WAY, true);
};

const handOver = (hash) => {
  const nobody = setTimeout(() => say(NOTHING, true), 3000);
  const hear = ({ data }) => {
    if (data?.type !== 'credenza-ack') return;
    clearTimeout(nobody);
    say(Object.hasOwn(OUTCOMES, data.outcome) ? OUTCOMES[data.outcome] : PASSED_ON);
  };
  addEventListener('message', (event) => {
    if (event.origin === origin) hear(event);
  });
  const message = { type: 'credenza-callback', query };
  attempt(() => {
    const channel = new BroadcastChannel(named(hash));
    channel.addEventListener('message', hear);
    channel.postMessage(message);
  });
  attempt(() => opener?.postMessage(message, origin));
};

const relay = async () => {
  const state = new URLSearchParams(query).get('state');
  if (!state) return say(NOTHING, true);
  say(ON_ITS_WAY);
  const hash = await hashed(state);
  const used = attempt(() => JSON.parse(localStorage.getItem(named('used'))));
  if (used?.[hash] > Date.now()) return say(USED, true);
  const record = attempt(() => JSON.parse(sessionStorage.getItem(named(`flow.${hash}`))));
  // A window that the console opened began with a copy of its storage: that a record is there says nothing yet.
  return record?.mode === 'redirect' ? goBack(record) : handOver(hash);
};

// The theme that was chosen in the console holds here too.
document.documentElement.style.colorScheme = attempt(() => localStorage.getItem(named('theme'))) ?? '';
// Without https a browser has no digest; then nothing can be found or told.
relay().catch(() => say(NO_WAY, true));
