/** What is wrong, where, and what to write instead. */

import { alarm } from './announce.ts';
import { OFFLINE, type Failure } from './api.ts';
import { button, element, fill } from './dom.ts';
import { replacements } from './hints.ts';

export function showError(
  container: HTMLElement,
  error: Failure | null,
  apply: (error: Failure, text: string) => void,
  retry: () => void,
): void {
  alarm(error ? [error.message, error.hint].filter(Boolean).join('. ') : '');
  if (!error) {
    if (container.childNodes.length > 0) fill(container);
    return;
  }
  const choices = replacements(error.hint);
  const fixes = choices.map(({ text, meaning }) => {
    const made = button('', () => apply(error, text), { class: 'fix' });
    fill(made, 'Write ', element('code', {}, text), meaning !== '' && ` (${meaning})`);
    return made;
  });
  fill(
    container,
    element('span', { class: 'sign', 'aria-hidden': 'true' }, '✗'),
    element('span', {}, error.field === 'where' ? `In the declarations: ${error.message}` : error.message),
    choices.length === 0 && error.hint !== undefined && element('span', { class: 'hint' }, error.hint),
    ...fixes,
    error.code === OFFLINE && button('Try again', retry, { class: 'fix' }),
  );
}
