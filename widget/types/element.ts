// The types of the element: what is right compiles, and what is wrong does not. A line after `@ts-expect-error` that
// compiles is an error itself.
import {
  CredenzaConnect,
  configure,
  diagnose,
  register,
  type CredenzaConfig,
  type CredenzaConnectElement,
  type CredenzaConnectEventDetails,
  type CredenzaGetToken,
} from 'credenza';
import * as registering from 'credenza/register';

const element = document.createElement('credenza-connect');
const found: CredenzaConnectElement | null = document.querySelector('credenza-connect');
const made: CredenzaConnectElement = new CredenzaConnect();
const any: HTMLElement = made;

const config: CredenzaConfig = {
  callback: 'oauth-callback.html',
  storefront: { api: '/gateway/storefront', access: 'gateway', label: 'Production', preset: { accountIdentifier: 'acme' } },
  inventory: { api: '/gateway/inventory', auth: '/gateway/inventory-auth' },
};
const getToken: CredenzaGetToken = async ({ service, reason }) => `${service} ${reason}`;
Object.assign(element, { service: 'storefront', storefrontId: '42' });
element.service = 'registry';
element.config = config;
element.getToken = getToken;
element.getHeaders = ({ service }) => ({ 'x-csrf': service });
element.value = undefined;
const status: 'needs_credentials' | 'pending' | 'connected' | 'none_needed' | 'unknown' = element.status;

// Each event by its name, with what it tells; those of every element too.
element.addEventListener('credenza-ready', ({ detail }) => detail.status === 'connected');
element.addEventListener('credenza-connected', ({ detail }) => detail.accountIdentifier?.trim(), { once: true });
element.addEventListener('credenza-before-submit', (event) => event.preventDefault());
element.addEventListener('credenza-error', function ({ detail }) {
  return this.submit(), detail.code === 'wasm_refused' && detail.retryable;
});
element.addEventListener('credenza-cancel', { handleEvent: (event) => event.detail });
element.addEventListener('click', (event) => event.clientX);
const heard = ({ detail }: CustomEvent<CredenzaConnectEventDetails['credenza-expiring']>) => Date.parse(detail.expiresAt);
element.addEventListener('credenza-expiring', heard);
element.removeEventListener('credenza-expiring', heard);

// @ts-expect-error An event that is misspelt is none.
element.addEventListener('credenza-conected', () => {});
// @ts-expect-error Not even when it is to be heard no more.
element.removeEventListener('credenza-conected', () => {});
// @ts-expect-error An event of somebody else's.
element.addEventListener('credenza', () => {});
// @ts-expect-error What it tells is what it tells.
element.addEventListener('credenza-change', ({ detail }) => detail.value);
// @ts-expect-error It is heard with a detail of its own.
element.addEventListener('credenza-change', heard);
// @ts-expect-error There is no such service.
element.service = 'storefronts';
// @ts-expect-error How things stand is read.
element.status = 'connected';
// @ts-expect-error An inventory is not reached without an authorization server.
const half: CredenzaConfig = { inventory: { api: '/gateway/inventory' } };
// @ts-expect-error Only a token or a promise of one is a token.
element.getToken = () => 42;

register();
register('acme-connect');
configure({ wasm: { storefront: new URL('https://acme.example/storefront.wasm'), clients: new Uint8Array() } });
// @ts-expect-error There is no module of that name.
configure({ wasm: { storefronts: '/storefront.wasm' } });
const notes: string[] = diagnose().notes;
// What registers is the same otherwise.
const same: typeof CredenzaConnect = registering.CredenzaConnect;

export { any, found, half, notes, same, status };
