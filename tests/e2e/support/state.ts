// The shape of an entry in `states.ts`, the one list of pages and states.
import type { Page } from '@playwright/test';
import type { App, Phase } from './app';
import type { Guard } from './guard';
import type { Sandbox } from './sandbox';

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
