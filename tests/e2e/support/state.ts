// The shape of an entry in `states.ts`, the one list of pages and states, and the ways that many of them share.
import { expect, type Page } from '@playwright/test';
import type { App, Phase } from './app';
import { fillKey, openForm, registration, type Where } from './connect';
import type { Guard } from './guard';
import type { Fault, ResetOptions, Sandbox, Scenario, Token } from './sandbox';

export interface State {
  /** Short, lower case, with hyphens: it names the picture. */
  name: string;
  /** The pattern of the route as `src/route.rs` has it, such as `/storefronts/:id`. */
  route?: string;
  /** The phase that the form is in. */
  phase?: Phase;
  /** What the sandbox answers as credenza.json, when it is not its own. */
  config?: unknown;
  /** Whether credenza.json speaks of the registry. */
  registry?: boolean;
  /** The same of the credentials of destinations, and of the inventory. */
  destinations?: boolean;
  inventory?: boolean;
  /** Brings the page there, from a fresh browser and a fresh `demo`. Waits until it stands still. */
  go(page: Page, app: App, sandbox: Sandbox, guard: Guard): Promise<void>;
}

export const BUYER = 'scope3_demo_buyer';
export const ADMIN = 'scope3_demo_admin';
/** Longer than any test, in milliseconds: the request stays on its way. */
export const NEVER = 60_000;
/** A credenza.json by which a gateway authorizes the calls. */
export const GATEWAY = { storefront: { api: 'gateway/storefront', access: 'gateway', label: 'Portal' } };

/** Several steps, one after the other. */
export function first(...steps: State['go'][]): State['go'] {
  return async (...all) => {
    for (const step of steps) await step(...all);
  };
}

/** Other data than the demo's. */
export function seeded(scenario: Scenario, options: ResetOptions = {}): State['go'] {
  return (_page, _app, sandbox) => sandbox.reset(scenario, options);
}

/** These words are to be seen. */
export function seen(words: string | RegExp): State['go'] {
  return (page) => expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible();
}

/** A button is pressed, by its `data-action`. */
export function press(action: string): State['go'] {
  return (_page, app) => app.action(action).first().click();
}

/** The next requests meet these faults. */
export function broken(...faults: Fault[]): State['go'] {
  return async (_page, _app, sandbox, guard) => {
    guard.allowStatus(400, 401, 403, 404, 409, 429, 500, 503);
    await sandbox.faults(...faults);
  };
}

/** A page that is read with this token, after these faults were planned. */
export function readAs(token: Token, path: string, words: string | RegExp, ...faults: Fault[]): State['go'] {
  return async (page, app, sandbox, guard) => {
    await app.open(path);
    await broken(...faults)(page, app, sandbox, guard);
    await app.giveToken(token);
    await seen(words)(page, app, sandbox, guard);
  };
}

/** The same as the buyer of the demo. */
export function read(path: string, words: string | RegExp, ...faults: Fault[]): State['go'] {
  return readAs(BUYER, path, words, ...faults);
}

/** The overview as the buyer of the demo sees it, who has just given the token on another page. */
export function overview(words: string | RegExp, ...faults: Fault[]): State['go'] {
  const follow: State['go'] = (_page, app) => app.follow('Overview');
  return first(read('storefronts/49', 'This storefront has no sources yet'), broken(...faults), follow, seen(words));
}

/** The form of a source, filled and sent into these faults. */
export function sent(words: string | RegExp, where: Where = {}, ...faults: Fault[]): State['go'] {
  return async (page, app, sandbox, guard) => {
    await openForm(app, where);
    await fillKey(app);
    guard.allowNetworkErrors();
    await broken(...faults)(page, app, sandbox, guard);
    await app.submit();
    await seen(words)(page, app, sandbox, guard);
  };
}

/** The registration is answered by an error of this status. */
export function refusedBy(status: number, more: Partial<Fault> = {}): Fault {
  return { method: 'POST', path: registration(), fault: 'status', status, ...more };
}
