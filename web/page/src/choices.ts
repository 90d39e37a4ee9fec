/** What is asked for: by which names, which derivative, in which layout. */

import type { Variable } from './api.ts';
import { button, element, fill, redraw, select } from './dom.ts';
import { formula } from './formulas.ts';
import { nameLatex } from './names.ts';
import type { Layout, Operator, State, Structure } from './state.ts';

const OPERATORS: readonly (readonly [Operator, string])[] = [
  ['first', 'Gradient / Jacobian'],
  ['second', 'Hessian (second)'],
  ['third', 'Third derivative'],
  ['product', 'Hessian × direction'],
  ['laplacian', 'Laplacian'],
  ['divergence', 'Divergence'],
];

const LAYOUTS: readonly (readonly [Layout, string])[] = [
  ['denominator', 'Denominator'],
  ['numerator', 'Numerator'],
  ['mixed', 'Mixed'],
];

const LAYOUT_SAYS: Readonly<Record<Layout, string>> = {
  denominator: 'The axes of the variable come first: a gradient is a column, ∂y/∂x is n×m with entry i,j = ∂yⱼ/∂xᵢ.',
  numerator: 'The axes of the expression come first: a gradient is a row, ∂y/∂x is m×n with entry i,j = ∂yᵢ/∂xⱼ.',
  mixed: 'Gradients are columns, Jacobians m×n with entry i,j = ∂yᵢ/∂xⱼ, as NumPy, JAX and PyTorch have them.',
};

const STRUCTURES: readonly (readonly [Structure, string])[] = [
  ['ambient', 'every entry by itself'],
  ['projected', 'within the structure'],
  ['independent', 'free entries only'],
];

const STRUCTURED = new Set(['symmetric', 'skew', 'diagonal', 'lower', 'upper', 'psd', 'pd', 'toeplitz']);

export function showChoices(
  container: HTMLElement,
  state: State,
  variables: readonly Variable[],
  by: readonly string[],
  change: (part: Partial<State>) => void,
): void {
  const names = variables.map((v) => v.name);
  const entries = by.filter((name) => !names.includes(name));
  const chips = [...names, ...entries].map((name) => {
    const chosen = by.includes(name);
    const chip = button('', () => change({ by: toggled(by, name) }), {
      class: 'chip',
      'aria-pressed': String(chosen),
      'aria-label': `by ${name}`,
      'data-key': `by ${name}`,
    });
    const label = entries.includes(name) ? element('code', {}, name) : formula(nameLatex(name), name);
    fill(chip, chosen && element('span', { 'aria-hidden': 'true' }, '✓ '), label);
    return chip;
  });
  const structured = variables.some((v) => by.includes(v.name) && v.properties.some((p) => STRUCTURED.has(p)));
  redraw(container, () =>
    fill(
      container,
      element(
        'div',
        { class: 'field', role: 'group', 'aria-label': 'Derivative by' },
        element('span', {}, 'Derivative by'),
        element('div', { class: 'chips' }, ...chips),
      ),
      by.length > 1 &&
        select(
          'Several names',
          [
            ['each', 'each by itself'],
            ['together', 'one after the other'],
          ] as const,
          state.together ? 'together' : 'each',
          (value) => change({ together: value === 'together' }),
          { 'data-key': 'together' },
        ),
      select('Which', OPERATORS, state.operator, (operator) => change({ operator }), { 'data-key': 'operator' }),
      select('Layout', LAYOUTS, state.layout, (layout) => change({ layout }), {
        'data-key': 'layout',
        'aria-describedby': 'layout-says',
      }),
      structured &&
        select('Structure changes', STRUCTURES, state.structure, (structure) => change({ structure }), {
          'data-key': 'structure',
        }),
      element(
        'label',
        { class: 'check' },
        element('input', {
          type: 'checkbox',
          checked: state.repeats,
          'data-key': 'repeats',
          change: (event: Event) => change({ repeats: (event.target as HTMLInputElement).checked }),
        }),
        'Name repeated parts',
      ),
      element('p', { id: 'layout-says', class: 'says' }, LAYOUT_SAYS[state.layout]),
    ),
  );
}

/** At least one name stays. */
export function toggled(by: readonly string[], name: string): string[] {
  if (!by.includes(name)) return [...by, name];
  return by.length === 1 ? [...by] : by.filter((other) => other !== name);
}
