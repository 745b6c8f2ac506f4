// How the destinations and the inventory of the sandbox behave; a default stands first, and what is absent stays.

/** How a token answer tells its lifetime. */
export type ExpiresIn = 'seconds' | 'milliseconds' | 'absent' | 'zero' | 'text';

/** The credentials of destinations, and the server that gives tokens for them. */
export interface DestinationsSwitches {
  list?: 'items' | 'array' | 'object' | 'pages-of-doc';
  created?: 'object' | 'array' | 'items' | 'empty';
  created_status?: 200 | 201;
  updated?: 'object' | 'array' | 'items' | 'empty';
  deleted?: 200 | 204;
  /** What becomes of secrets in answers. */
  secrets?: 'live' | 'masked' | 'omitted';
  type?: 'enum' | 'bodyKey' | 'absent' | 'unknown';
  /** In whose words refusals are told; `own` is the gateway's or the service's, whichever refuses. */
  errors?: 'own' | 'gateway' | 'service' | 'flow' | 'segmentation' | 'text' | 'html' | 'empty';
  error_code?: 'string' | 'integer';
  /** A `PUT` succeeds and changes nothing. */
  ignore_put?: boolean;
  /** Whether the caller may author destinations; true when absent. */
  permission?: boolean;
  /** Calls, and tokens, for each minute; 100,000 when absent. */
  per_minute?: number;
  tokens_per_minute?: number;
  /** The status for a client or a secret that is not known. */
  token_refusal?: 401 | 400;
  expires_in?: ExpiresIn;
  /** Seconds; 86,399 when absent. */
  token_lifetime?: number;
}

/** What is done once: somebody else's change of the credential with this id, and the end of every token. */
export interface DestinationsActs {
  touch?: string;
  forget?: 'tokens'[];
}

/** The list of devices, and the server that gives tokens for it. */
export interface InventorySwitches {
  devices?: 'object' | 'empty' | 'populated' | 'lines';
  errors?: 'own' | 'text' | 'html' | 'empty';
  /** The status for a project that is somebody else's. */
  foreign_project?: 403 | 404;
  token_refusal?: 401 | 400;
  expires_in?: ExpiresIn;
  /** Seconds; 43,199 when absent. */
  token_lifetime?: number;
}

/** The end of every token. */
export interface InventoryActs {
  forget?: 'tokens'[];
}

/** What the sandbox's Developer Console shows. */
export const DESTINATIONS = {
  clientId: '4c9d7e21f0b84a63958e1c2da7f3b605',
  clientSecret: 'p8e-Xq4vT2mLw9RkZs7BdJ1hNcYf5UgA',
  organization: '7A1C428F5DE324E90A49402B@AdobeOrg',
  /** Has nine credentials. */
  sandbox: 'prod',
  /** Has none. */
  emptySandbox: 'acme-dev',
  /** An access token that was made before, for the client above. */
  token: 'ims_demo_access_token',
};

/** A service account of the inventory. */
export const INVENTORY = {
  clientId: 'demo-user@demo-org',
  clientSecret: 'Vw3kQz8TnR5bLx2JdHs7GfPc9YmA',
  project: '01ABCDEFGHIJKLMNOPQRSTUVWX',
};
