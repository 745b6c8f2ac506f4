// The states of the page that sign-ins return to, which is no route of the console.
import { Callback, hashOf } from './support/callback';
import type { State } from './support/state';

const STATE = 'seen';

export const callbackStates: State[] = [
  {
    name: 'callback-nothing',
    go: async (page, _app, sandbox) => {
      const callback = new Callback(page, sandbox);
      await callback.arrive('');
      await callback.expectTold('No sign-in is waiting here', true);
    },
  },
  {
    name: 'callback-connected',
    go: async (page, _app, sandbox) => {
      const callback = new Callback(page, sandbox);
      await callback.answer(await callback.console(), callback.name(hashOf(STATE)), ['connected']);
      await page.bringToFront();
      await callback.arrive(`?code=x&state=${STATE}`);
      await callback.expectTold('You are signed in', false);
    },
  },
];
