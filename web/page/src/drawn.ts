/** Which numbers are random, and what they are: an answer is about them, too. */

import { arrayView } from './arrays.ts';
import type { Context } from './context.ts';
import { button, element, type Child } from './dom.ts';
import type { Data } from './draws.ts';

/** @param moving the variables of which a value is only where one begins */
export function drawnView(context: Context, drawn: Data, moving: readonly string[], seed: number): Child {
  const all = Object.entries(drawn);
  if (all.length === 0) return false;
  const texts = Object.fromEntries(all.map(([name, value]) => [name, JSON.stringify(value)]));
  return element(
    'details',
    { class: 'drawn' },
    element('summary', {}, drawnText(Object.keys(drawn), moving, seed)),
    ...all.map(([name, value]) => element('div', {}, element('code', {}, name), arrayView(name, value))),
    button('Keep as values', () => context.keepValues(texts), { class: 'plain', title: 'They become part of the link' }),
  );
}

export function drawnText(names: readonly string[], moving: readonly string[], seed: number): string {
  const still = names.filter((name) => !moving.includes(name));
  const begun = names.filter((name) => moving.includes(name));
  const parts = [...still, ...(begun.length > 0 ? [`where ${begun.join(', ')} begin${begun.length === 1 ? 's' : ''}`] : [])];
  return `Random: ${parts.join(', ')} (seed ${seed})`;
}
