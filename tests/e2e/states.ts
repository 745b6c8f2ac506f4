// The one list of pages and states: axe, the canary and the pictures go through all of them.
import type { State } from './support/state';

export const states: State[] = [
  {
    name: 'overview',
    route: '/',
    go: async (_page, app) => app.open(),
  },
];
