// The page's own part: how the storefront is reached, and what is written into the ledger.

/** @typedef {import('credenza').CredenzaStatus} Status */

/** @type {Record<Status, string>} */
const WORDS = {
  needs_credentials: 'Not connected yet',
  pending: 'Waits for consent',
  connected: 'Connected',
  none_needed: 'Nothing needed',
  unknown: 'Not known',
};

const element = document.querySelector('credenza-connect');
if (!element) throw new Error('The page has no <credenza-connect>');

// The server of this page adds the authorization for whoever is signed in at the portal. Wherever the page lies, the gateway
// lies beside its folder.
element.config = { storefront: { api: new URL('../gateway/storefront', location.href).pathname, access: 'gateway' } };

element.addEventListener('credenza-ready', ({ detail }) => write('status', WORDS[detail.status]));
element.addEventListener('credenza-pending', ({ detail }) => {
  write('status', WORDS.pending);
  write('credential', detail.id);
});
element.addEventListener('credenza-connected', ({ detail }) => {
  write('status', WORDS[detail.status]);
  write('account', detail.accountIdentifier ?? '–');
  write('credential', detail.id);
  write('note', `Entered on ${new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })}.`);
});
element.addEventListener('credenza-error', ({ detail }) => write('note', `The last try did not work: ${detail.message}`));

/** @param {string} id @param {string} text */
function write(id, text) {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}
