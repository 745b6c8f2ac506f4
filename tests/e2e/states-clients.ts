// The states of everything about destinations and inventory, in a console that speaks of both.
import { destinationsStates } from './states-destinations';
import { inventoryStates } from './states-inventory';
import { first, seen, type State } from './support/state';

const shared: State[] = [
  { name: 'overview-clients', route: '/', go: first((_page, app) => app.open(), seen('A check of the client credentials for Verve’s Inventory API')) },
  { name: 'settings-clients', route: '/settings', go: first((_page, app) => app.open('settings'), seen('inventory.auth')) },
];

export const clientStates: State[] = [...destinationsStates, ...inventoryStates, ...shared].map((state) => ({ ...state, destinations: true, inventory: true }));
