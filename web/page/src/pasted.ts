/** LaTeX that was pasted: how it was read, and the choice where readers would differ. */

import { ask } from './api.ts';
import { button, element, fill } from './dom.ts';

/** `x^T` with a plain T: mostly a transpose, sometimes a power. */
const PLAIN_T = /\^(?:T\b|\{\s*T\s*\})/;

export async function showPasted(
  container: HTMLElement,
  whole: string,
  where: string,
  use: (text: string) => void,
): Promise<void> {
  const answer = await ask('parse', where.trim() === '' ? { expr: whole } : { expr: whole, where });
  const close = (): void => fill(container);
  // what is wrong with it is said where errors are
  if (!answer.ok) return close();
  const { text } = answer.function;
  const take = (next: string): void => {
    close();
    use(next);
  };
  fill(
    container,
    element('span', {}, 'LaTeX, read as ', element('code', {}, text)),
    button('Use this text', () => take(text), { class: 'fix' }),
    button('Keep the LaTeX', close, { class: 'fix' }),
    PLAIN_T.test(whole) && element('span', {}, '^T was taken for a transpose.'),
    PLAIN_T.test(whole) &&
      button('It is a power', () => take(whole.replace(new RegExp(PLAIN_T, 'g'), '^{t}')), {
        class: 'fix',
        title: 'Writes t, a scalar, for the exponent',
      }),
  );
}
