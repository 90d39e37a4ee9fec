/** Says what happened to those who listen, once the typing has paused: at every key it would drown. */

import { byId } from './dom.ts';

const PAUSE = 1000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string, pause = PAUSE): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    byId('announcer').textContent = text;
  }, pause);
}
