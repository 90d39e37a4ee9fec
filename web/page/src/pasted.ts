/** LaTeX that was pasted: how it was read, and the choice where readers would differ. */

import { ask } from './api.ts';
import { button, element, fill } from './dom.ts';

/** `x^T` with a plain T: mostly a transpose, sometimes a power. */
const PLAIN_T = /\^(?:T\b|\{\s*T\s*\})/;

/** These follow an operand, which other commands there are only if a backslash solves: `A\b`. */
const BETWEEN = /\\(?:(?:top|cdot|times|odot|otimes|oslash|circ|frac|left|right|math\w+)(?![a-zA-Z])|[,|])/;
const BRACES_OR_DOLLARS = /[\^_\w]\{|\$.+\$/s;
const COMMAND = /(?<![\p{L}\p{N})\]'_]\s*)\\[a-zA-Z]{2,}/u;

/** Whether it is surely meant as LaTeX: only then something is offered. */
export function isLatex(text: string): boolean {
  return [BRACES_OR_DOLLARS, COMMAND, BETWEEN].some((sign) => sign.test(text));
}

/** What is offered is about a text that is still there. */
let offered = '';

export function dropPasted(container: HTMLElement, text: string): void {
  if (text !== offered) fill(container);
}

/** @param current the text that is there by now */
export async function showPasted(
  container: HTMLElement,
  current: () => string,
  where: string,
  use: (text: string) => void,
): Promise<void> {
  const whole = current();
  const answer = await ask('parse', where.trim() === '' ? { expr: whole } : { expr: whole, where });
  if (current() !== whole) return;
  offered = whole;
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
