// The shape of an entry in `states.ts`, the one list of pages and states, and the ways that many of them share.
import { expect, type Page } from '@playwright/test';
import type { App, Phase } from './app';
import { fillKey, openForm, registration, type Where } from './connect';
import type { Guard } from './guard';
import type { Fault, Sandbox } from './sandbox';

export interface State {
  /** Short, lower case, with hyphens: it names the picture. */
  name: string;
  /** The pattern of the route as `src/route.rs` has it, such as `/storefronts/:id`. */
  route?: string;
  /** The phase that the form is in. */
  phase?: Phase;
  /** What the sandbox answers as credenza.json, when it is not its own. */
  config?: unknown;
  /** Brings the page there, from a fresh browser and a fresh `demo`. Waits until it stands still. */
  go(page: Page, app: App, sandbox: Sandbox, guard: Guard): Promise<void>;
}

export const BUYER = 'scope3_demo_buyer';
/** Longer than any test, in milliseconds: the request stays on its way. */
export const NEVER = 60_000;
/** A credenza.json by which a gateway authorizes the calls. */
export const GATEWAY = { storefront: { api: 'gateway/storefront', access: 'gateway', label: 'Portal' } };

/** A page that is read as the buyer of the demo, after these faults were planned. */
export function read(path: string, words: string | RegExp, ...faults: Fault[]): State['go'] {
  return async (page, app, sandbox, guard) => {
    await app.open(path);
    guard.allowStatus(404, 500, 503);
    await sandbox.faults(...faults);
    await app.giveToken(BUYER);
    await expect(page.getByText(words).first()).toBeVisible();
  };
}

/** The form of a source, filled and sent into these faults. */
export function sent(words: string | RegExp, where: Where = {}, ...faults: Fault[]): State['go'] {
  return async (page, app, sandbox, guard) => {
    await openForm(app, where);
    await fillKey(app);
    guard.allowStatus(400, 401, 403, 404, 429, 500);
    guard.allowNetworkErrors();
    await sandbox.faults(...faults);
    await app.submit();
    await expect(page.getByText(words).first()).toBeVisible();
  };
}

/** The registration is answered by an error of this status. */
export function refusedBy(status: number, more: Partial<Fault> = {}): Fault {
  return { method: 'POST', path: registration(), fault: 'status', status, ...more };
}
