/** Examples by field; one click runs one. */

import { button, byId, element, fill } from './dom.ts';
import examples from './gallery.json';
import { START, type Layout, type Operator, type State, type Structure } from './state.ts';

export interface Example {
  readonly field: string;
  readonly title: string;
  readonly why: string;
  readonly expr: string;
  readonly wrt: readonly string[];
  readonly where?: string;
  readonly operator?: Operator;
  readonly layout?: Layout;
  readonly structure?: Structure;
}

export const EXAMPLES = examples as readonly Example[];

export function stateOfExample(example: Example): State {
  return {
    ...START,
    expression: example.expr,
    by: example.wrt,
    where: example.where ?? '',
    operator: example.operator ?? START.operator,
    layout: example.layout ?? START.layout,
    structure: example.structure ?? START.structure,
  };
}

export function openGallery(choose: (state: State) => void): void {
  const dialog = byId<HTMLDialogElement>('gallery');
  const search = element('input', {
    type: 'search',
    placeholder: 'Find an example',
    'aria-label': 'Find an example',
    input: () => show(search.value),
  });
  const list = element('div', { class: 'examples' });

  function show(wanted: string): void {
    const words = wanted.toLowerCase().split(/\s+/);
    const shown = EXAMPLES.filter((example) => {
      const text = `${example.field} ${example.title} ${example.why} ${example.expr}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const fields = [...new Set(shown.map((example) => example.field))];
    fill(
      list,
      ...fields.map((field) =>
        element(
          'section',
          {},
          element('h3', {}, field),
          ...shown.filter((example) => example.field === field).map(entry),
        ),
      ),
      shown.length === 0 && element('p', {}, 'There is no such example.'),
    );
  }

  function entry(example: Example): HTMLElement {
    const made = button('', () => {
      dialog.close();
      choose(stateOfExample(example));
    }, { class: 'example' });
    fill(
      made,
      element('strong', {}, example.title),
      element('code', {}, example.expr),
      example.where !== undefined && element('code', { class: 'where' }, example.where),
      element('span', {}, example.why),
    );
    return made;
  }

  fill(
    dialog,
    element(
      'div',
      { class: 'dialog-head' },
      element('h2', {}, 'Examples'),
      button('Close', () => dialog.close(), { class: 'quiet' }),
    ),
    search,
    list,
  );
  show('');
  dialog.showModal();
  // on a phone the keyboard would cover what there is to choose from
  if (matchMedia('(hover: hover)').matches) search.focus();
}
