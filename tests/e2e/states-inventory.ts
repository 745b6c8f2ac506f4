// The states of the inventory's page: the form, the steps of a check, and the token's life.
import { expect } from '@playwright/test';
import { DEVICES, TOKEN, connect, fillInventory, life, notRenewed, openInventory, type ClientValues } from './support/inventory';
import type { Fault } from './support/sandbox';
import { NEVER, broken, first, press, seen, type State } from './support/state';
import type { InventorySwitches } from './support/switches';
import { ownTime } from './support/time';

const INVENTORY = '/inventory';
/** Often enough for any test. */
const MANY = 100;

const opened: State['go'] = (_page, app) => app.open('inventory');
const filled = (values: ClientValues = {}): State['go'] => (_page, app) => openInventory(app, values);
/** The form, sent into these faults. */
const tried = (words: string | RegExp, values: ClientValues = {}, ...faults: Fault[]): State['go'] => async (page, app, sandbox, guard) => {
  guard.allowNetworkErrors();
  await first(filled(values), broken(...faults), press('connect'), seen(words))(page, app, sandbox, guard);
};
const connected = (switches: InventorySwitches = {}): State['go'] => async (_page, app, sandbox) => {
  await sandbox.inventory(switches);
  await connect(app);
};
/** A token of 1,000 seconds that nobody gives anew, so many of them later. */
const aged = (seconds: number): State['go'] => first(
  (page) => ownTime(page),
  connected({ token_lifetime: 1000 }),
  broken({ path: TOKEN, fault: 'status', status: 503, count: MANY }),
  async (page) => {
    await page.clock.fastForward(seconds * 1000);
    await expect(notRenewed(page)).toContainText('Sandbox has a problem (status 503)');
  },
);

export const inventoryStates: State[] = [
  { name: 'inventory', route: INVENTORY, phase: 'editing', go: opened },
  { name: 'inventory-errors', route: INVENTORY, phase: 'editing', go: first(opened, press('connect'), seen('There is a problem')) },
  {
    name: 'inventory-doubts',
    route: INVENTORY,
    phase: 'editing',
    go: first(filled({ client_id: 'demo-user%40demo-org', project_id: 'project: acme' }), async (page, app) => {
      await app.control('client_secret').focus();
      await expect(page.getByText('We removed “project:”')).toBeVisible();
      await expect(page.getByText('This is an unusual project ID.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Use demo-user@demo-org' })).toBeVisible();
    }),
  },
  { name: 'inventory-token-running', route: INVENTORY, phase: 'submitting', go: tried('Running', {}, { path: TOKEN, fault: 'delay', delay_ms: NEVER }) },
  {
    name: 'inventory-devices-running',
    route: INVENTORY,
    phase: 'submitting',
    go: first(tried('Passed', {}, { path: DEVICES, fault: 'delay', delay_ms: NEVER }), seen('Running')),
  },
  { name: 'inventory-refused', route: INVENTORY, phase: 'editing', go: tried('Not accepted by Sandbox', { client_secret: 'wrong' }) },
  { name: 'inventory-project', route: INVENTORY, phase: 'editing', go: tried('This project is not open to the client', { project_id: 'Z'.repeat(26) }) },
  { name: 'inventory-namespace', route: INVENTORY, phase: 'editing', go: tried('Sandbox did not accept the project ID', { project_id: 'acme' }) },
  { name: 'inventory-network', route: INVENTORY, phase: 'editing', go: tried('rules for other origins (CORS)', {}, { path: TOKEN, fault: 'drop-before' }) },
  { name: 'inventory-unreadable', route: INVENTORY, phase: 'editing', go: tried('could not be read', {}, { path: DEVICES, fault: 'html', status: 200 }) },
  { name: 'inventory-connected', route: INVENTORY, go: connected() },
  { name: 'inventory-untold', route: INVENTORY, go: first(connected({ expires_in: 'absent' }), seen('How long it lasts was not told')) },
  {
    name: 'inventory-half',
    route: INVENTORY,
    go: first((page) => ownTime(page), connected({ token_lifetime: 1000 }), async (page) => {
      await page.clock.fastForward(500_000);
      await expect(life(page)).toHaveText('9 minutes left');
    }),
  },
  {
    name: 'inventory-checking',
    route: INVENTORY,
    go: first(connected(), broken({ path: DEVICES, fault: 'delay', delay_ms: NEVER }), press('check'), seen('Checking…')),
  },
  {
    name: 'inventory-check-failed',
    route: INVENTORY,
    go: first(connected(), broken({ path: DEVICES, fault: 'status', status: 403 }), press('check'), seen('The last check failed')),
  },
  { name: 'inventory-renewal-failing', route: INVENTORY, go: aged(930) },
  { name: 'inventory-ended', route: INVENTORY, go: first(aged(1100), (page) => expect(life(page)).toHaveText('Ended')) },
  {
    name: 'inventory-copied',
    route: INVENTORY,
    go: first(
      (page) => page.context().grantPermissions(['clipboard-read', 'clipboard-write']),
      connected(),
      press('copy-token'),
      seen('Clear the clipboard when you are done'),
    ),
  },
  {
    name: 'inventory-over',
    route: INVENTORY,
    phase: 'editing',
    go: first(connected(), press('start-over'), (_page, app) => fillInventory(app)),
  },
];
