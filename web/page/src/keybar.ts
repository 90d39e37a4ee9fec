/** Signs that a phone hides two keyboards deep. */

import { button, element, fill } from './dom.ts';

const SIGNS = ["'", '*', '^', '.*', '(', ')', '[', ']', ',', 'norm2(', 'sum(', 'inv(', 'tr(', 'log('];

export function keyBar(container: HTMLElement, insert: (text: string) => void): void {
  fill(
    container,
    ...SIGNS.map((sign) => {
      const key = button(sign, () => insert(sign), { 'aria-label': `insert ${sign}` });
      // the editor keeps the focus, and so the keyboard stays open
      key.addEventListener('pointerdown', (event) => event.preventDefault());
      return key;
    }),
    element('span', { class: 'end' }),
  );
}
