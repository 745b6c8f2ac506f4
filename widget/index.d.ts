/** Types of the element `<credenza-connect>`, its events and its configuration. */

// What is not exported here is nobody else's.
export {};

/** The systems whose credentials the element takes. */
export type CredenzaService = 'storefront' | 'destinations' | 'inventory' | 'registry';

/** How things stand with the credential that the element is for. */
export type CredenzaStatus = 'needs_credentials' | 'pending' | 'connected' | 'none_needed' | 'unknown';

/** How one service is reached. Addresses are absolute, or relative to the page. */
interface Reached {
  /** Stands for the documented base of the service's API. */
  api: string;
  /** The environment's name, shown in headings and results. */
  label?: string;
  /** Values for fields that are not secret, by their names on the wire. */
  preset?: Record<string, string>;
}

/** The object of `credenza.json`: which services there are, and how each is reached. */
export interface CredenzaConfig {
  /** The page that sign-ins return to, on the origin of the page: `oauth-callback.html` of this package. */
  callback?: string;
  storefront?: Reached & { access?: 'token' | 'gateway'; admin?: boolean };
  destinations?: Reached & { auth?: string; access?: 'token' | 'gateway' };
  inventory?: Reached & { auth: string };
  registry?: Omit<Reached, 'preset'> & { identity?: string; access?: 'sign-in' | 'token' | 'gateway' };
}

/** Why a token is asked for: there is none yet, or the service did not accept the last one. */
export interface CredenzaTokenRequest {
  service: CredenzaService;
  reason: 'first' | 'unauthorized';
}

/** Gives the token that authorizes the element's own calls. The same token again after `unauthorized` is not tried again. */
export type CredenzaGetToken = (request: CredenzaTokenRequest) => Promise<string> | string;

/** Gives headers for a call, such as a CSRF token. Headers of the element's own are never replaced. */
export type CredenzaGetHeaders = (request: { service: CredenzaService }) => Record<string, string>;

/** What goes wrong without the service having a say: with a code that begins with `key_` the form goes on, without private keys. Codes of answers, such as `forbidden` or `rate_limited`, are also possible. */
export type CredenzaErrorCode =
  | 'configuration'
  | 'wasm_refused'
  | 'wasm_unreachable'
  | 'wasm_changed'
  | 'stopped'
  | 'key_unreachable'
  | 'key_changed'
  | 'session_expired'
  | 'offline'
  | 'network'
  | 'timed_out'
  | (string & {});

/** The details of all events, by name. All of these names and members are stable. No detail holds a secret. */
export interface CredenzaConnectEventDetails {
  /** Shown and ready to be used; again when the element is for something else, or somebody else asks. */
  'credenza-ready': { status: CredenzaStatus };
  /** Whether what is typed would pass every check; only when that changes. */
  'credenza-change': { valid: boolean };
  /** Everything passed and is about to be sent; `preventDefault()` keeps it from being sent. */
  'credenza-before-submit': { service: CredenzaService };
  /** Stored, and waiting for a person's consent. */
  'credenza-pending': { service: CredenzaService; id: string };
  /** Connected, just now. */
  'credenza-connected': { service: CredenzaService; id: string; accountIdentifier?: string; status: CredenzaStatus };
  /** Something did not work. `message` is what the person reads. */
  'credenza-error': { code: CredenzaErrorCode; message: string; retryable: boolean };
  /** The person pressed "Cancel". */
  'credenza-cancel': Record<string, never>;
  /** What authorizes the connection ends at `expiresAt` (ISO 8601), in a few minutes or days. */
  'credenza-expiring': { service: CredenzaService; expiresAt: string };
}

export type CredenzaConnectEventMap = {
  [Name in keyof CredenzaConnectEventDetails]: CustomEvent<CredenzaConnectEventDetails[Name]>;
};

/** Everything that can be heard at the element. */
type CredenzaEvents = HTMLElementEventMap & CredenzaConnectEventMap;

/** Hears one of the events: a function, or an object with one. */
export type CredenzaListener<Name extends keyof CredenzaEvents> =
  | ((this: CredenzaConnectElement, event: CredenzaEvents[Name]) => unknown)
  | { handleEvent(event: CredenzaEvents[Name]): unknown };

/** Facts of the page around the element that decide what can work in it. */
export interface CredenzaDiagnosis {
  version: string;
  /** False where the page's policy refuses WebAssembly (`script-src` without `'wasm-unsafe-eval'`). */
  wasm: boolean;
  /** True where the page enforces Trusted Types. */
  trustedTypes: boolean;
  secureContext: boolean;
  crossOriginIsolated: boolean;
  /** Whether the page stands in a frame, and whether the page around it is of another site. */
  frame: 'none' | 'same-origin' | 'cross-origin';
  /** Whether storage can be used: that of the session and that between visits. */
  sessionStorage: boolean;
  localStorage: boolean;
  broadcastChannel: boolean;
  /** What the page's policy refused while the element was loaded, as `directive: address`. */
  refused: string[];
  /** What does not work here, in plain words. Empty where everything works. */
  notes: string[];
}

/** The element `<credenza-connect>`. */
export interface CredenzaConnectElement extends HTMLElement {
  service: CredenzaService | '';
  storefrontId: string;
  sourceId: string;
  instanceId: string;
  agentUrl: string;
  /** One name fixes the choice, several (separated by spaces) are offered in this order. */
  authType: string;
  /** A BCP 47 tag: how dates are written. All elements of a service on a page share it: what is set last counts. */
  locale: string;
  theme: 'light' | 'dark' | 'auto';
  /** Draws into the element's own children, for password managers. Fixed when the element is first connected. */
  lightDom: boolean;
  /** The host says that this person is an admin. */
  admin: boolean;
  disabled: boolean;
  /** A host `<form>` cannot be sent before the credential is connected. */
  required: boolean;
  name: string;
  config: CredenzaConfig | undefined;
  getToken: CredenzaGetToken | undefined;
  getHeaders: CredenzaGetHeaders | undefined;
  /** Values for fields that are not secret, by their names on the wire. They go before those of the configuration. */
  value: Record<string, string> | undefined;
  /**
   * Other words for what the element says: the English sentence, with `{}` for each value in it, and its replacement. All
   * elements of a service on a page share them: what is set last counts.
   */
  messages: Record<string, string> | undefined;
  /** How things stand. */
  readonly status: CredenzaStatus;
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  /** Does what the form's button does. */
  submit(): void;
  /** Forgets what was typed. */
  reset(): void;
  /** True when connected, or when what is typed passes every check. */
  checkValidity(): boolean;
  /** The same, and shows what is wrong. */
  reportValidity(): boolean;
  diagnose(): CredenzaDiagnosis;
  /** Takes the names of events that there are: one that is misspelt does not compile. */
  addEventListener<Name extends keyof CredenzaEvents>(
    type: Name,
    listener: CredenzaListener<Name>,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof CredenzaEvents>(
    type: Name,
    listener: CredenzaListener<Name>,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The names of the modules: one for each kind of service, and `key`, which reads private keys for `storefront`. */
export type CredenzaModule = 'storefront' | 'clients' | 'registry' | 'key';

/** Where a module is taken from: an address, its bytes, or the compiled module. */
export type CredenzaModuleSource = string | URL | BufferSource | WebAssembly.Module;

/** The element's class; on a server, a class that does nothing. */
export declare const CredenzaConnect: { new (): CredenzaConnectElement; prototype: CredenzaConnectElement };
/** Defines the element, unless it is defined already. Does nothing on a server. */
export declare function register(tagName?: string): void;
/** Takes modules from elsewhere than beside the script. To be called before the first element is connected. */
export declare function configure(options: { wasm: Partial<Record<CredenzaModule, CredenzaModuleSource>> }): void;
/** The same as the element's method. */
export declare function diagnose(): CredenzaDiagnosis;

declare global {
  interface HTMLElementTagNameMap {
    'credenza-connect': CredenzaConnectElement;
  }
}
