/** The link in the address line follows the state; back and forward walk through the edits. */

import { type State } from './state.ts';
import { link, stateOf } from './url.ts';

/** Edits that follow each other faster are one. */
const ONE_EDIT = 2000;

export interface Address {
  save(state: State): void;
}

export function address(current: State, walked: (state: State) => void): Address {
  let last = JSON.stringify(current);
  let lastSave = 0;
  let saves = Promise.resolve();

  async function write(state: State): Promise<void> {
    const text = JSON.stringify(state);
    if (text === last) return;
    const hash = '#' + (await link(state));
    const same = Date.now() - lastSave < ONE_EDIT;
    lastSave = Date.now();
    last = text;
    if (same) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
  }

  window.addEventListener('popstate', () => {
    void stateOf(location.hash).then((read) => {
      // the address that the page was opened at has no link yet
      const state = location.hash === '' ? current : read;
      if (!state) return;
      last = JSON.stringify(state);
      lastSave = 0;
      walked(state);
    });
  });

  return {
    save(state) {
      saves = saves.then(() => write(state));
    },
  };
}
