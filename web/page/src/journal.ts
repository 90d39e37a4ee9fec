/** Expressions of before, kept in this browser only: for the up key, and in a list. */

import { copyButton } from './copy.ts';
import { button, byId, element, fill } from './dom.ts';
import { recallList, remember } from './memory.ts';
import type { State } from './state.ts';
import { plainLink, stateOf } from './url.ts';

const MOST = 100;

export interface Journal {
  note(state: State): void;
  /** The expression before or after the one that is shown. */
  step(direction: -1 | 1, shown: string): string | null;
  open(choose: (state: State) => void): void;
}

export function journal(): Journal {
  /** Links, the latest first. */
  let links = recallList('journal');
  let texts: string[] = [];
  let position = -1;

  async function read(): Promise<void> {
    const states = await Promise.all(links.map(stateOf));
    texts = [...new Set(states.map((s) => s?.expression ?? '').filter((text) => text !== ''))];
  }
  void read();

  return {
    note(state) {
      const link = plainLink(state);
      links = [link, ...links.filter((other) => other !== link)].slice(0, MOST);
      texts = [state.expression, ...texts.filter((text) => text !== state.expression)];
      position = -1;
      remember('journal', JSON.stringify(links));
    },
    step(direction, shown) {
      const next = position === -1 ? (direction === -1 ? (texts[0] === shown ? 1 : 0) : -1) : position - direction;
      const text = texts[next];
      if (text === undefined) return null;
      position = next;
      return text;
    },
    open(choose) {
      const dialog = byId<HTMLDialogElement>('history');
      const draw = async (): Promise<void> => {
        const states = await Promise.all(links.map(stateOf));
        fill(
          dialog,
          element('div', { class: 'dialog-head' }, element('h2', {}, 'History'), button('Close', () => dialog.close(), { class: 'quiet' })),
          element('p', { class: 'muted' }, 'Kept in this browser only.'),
          element(
            'ul',
            { class: 'journal' },
            ...states.map((state) => {
              if (!state) return null;
              const made = button('', () => {
                dialog.close();
                choose(state);
              }, { class: 'example' });
              fill(made, element('code', {}, state.expression), element('span', {}, `by ${state.by.join(', ') || '…'}${state.where === '' ? '' : `; ${state.where}`}`));
              return element('li', {}, made);
            }),
          ),
          links.length === 0 && element('p', {}, 'Nothing yet.'),
          links.length > 0 && copyButton('Copy as links', () => links.map((l) => `${location.origin}${location.pathname}#${l}`).join('\n')),
          links.length > 0 &&
            button('Forget all', () => {
              links = [];
              texts = [];
              remember('journal', '[]');
              void draw();
            }, { class: 'quiet' }),
        );
      };
      void draw().then(() => dialog.showModal());
    },
  };
}
