/** Says what happened to those who listen, once the typing has paused: at every key it would drown. */

import { byId } from './dom.ts';

const PAUSE = 1000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export function announce(text: string, pause = PAUSE): void {
  say('announcer', text, pause);
}

/** What is wrong interrupts, but not whoever is still typing. */
export function alarm(text: string): void {
  say('alarm', text, text === '' ? 0 : PAUSE);
}

/** Whoever types on hears nothing of the text that was there before. */
export function hush(): void {
  timers.forEach(clearTimeout);
}

function say(place: string, text: string, pause: number): void {
  clearTimeout(timers.get(place));
  timers.set(
    place,
    setTimeout(() => {
      byId(place).textContent = text;
    }, pause),
  );
}
