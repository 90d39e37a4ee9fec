/** The table of variables: what each name is taken for, and where one says otherwise. */

import type { Failure, Variable } from './api.ts';
import {
  KINDS,
  declarations,
  declare,
  declaredType,
  propertiesFor,
  readType,
  sizesFor,
  typeOf,
  writeType,
  type Kind,
  type Type,
} from './declarations.ts';
import { button, element, fill, redraw } from './dom.ts';
import { formula } from './formulas.ts';
import { nameLatex } from './names.ts';
import { unitsBefore } from './positions.ts';
import type { State } from './state.ts';
import { readValue } from './values.ts';

/** Of a value where there is little room. */
const MOST_SIGNS = 40;

export interface VariableEvents {
  declared(where: string): void;
  valued(name: string, text: string): void;
  /** Neither its declaration nor its value is kept. */
  forgotten(name: string): void;
}

export function showVariables(
  container: HTMLElement,
  state: State,
  variables: readonly Variable[],
  error: Failure | null,
  events: VariableEvents,
): void {
  const names = new Set(variables.map((v) => v.name));
  const types = new Map(declarations(state.where).flatMap((d) => d.names.map((name) => [name, d.type] as const)));
  // of a text that can't be read one does not know what it uses
  const stands = new Set(error ? state.expression.match(/\p{L}[\p{L}\p{N}_]*/gu) : []);
  const others = [...new Set([...types.keys(), ...Object.keys(state.values)])].filter(
    (name) => !names.has(name) && (!stands.has(name) || types.get(name)?.includes('->')),
  );
  const accused = accusedNames(state, error);
  redraw(container, () =>
    fill(
      container,
      ...variables.map((v) => row(v, state, accused.has(v.name), events)),
      ...others.map((name) => otherRow(name, types.get(name) ?? '', state, accused.has(name), events)),
    ),
  );
}

/** The names at the place of an error: a conflict has two sides. */
export function accusedNames(state: State, error: Failure | null): Set<string> {
  if (!error || error.column === undefined) return new Set();
  if (error.field === 'where') {
    const place = unitsBefore(state.where, error.column - 1);
    const own = declarations(state.where).find((d) => d.start <= place && place <= d.end);
    return new Set(own?.names);
  }
  if (error.code === 'syntax' || error.code === 'name') return new Set();
  const from = unitsBefore(state.expression, error.column - 1);
  const to = unitsBefore(state.expression, error.column - 1 + (error.length ?? 1));
  return new Set(state.expression.slice(from, to).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? []);
}

function row(variable: Variable, state: State, accused: boolean, events: VariableEvents): HTMLElement {
  const { name } = variable;
  const declared = declaredType(state.where, name);
  const type = readType(typeOf(variable));
  const change = (next: Type): void => events.declared(declare(state.where, name, writeType(next)));
  const controls = type ? typeControls(variable, type, change) : [element('code', {}, declared ?? variable.kind)];
  return element(
    'div',
    { class: `variable${accused ? ' accused' : ''}`, role: 'group', 'aria-label': `variable ${name}` },
    element('span', { class: 'name' }, formula(nameLatex(name), name)),
    ...controls,
    element('code', { class: 'printed' }, [typeOf(variable), shortened(state.values[name])].filter((text) => text !== '').join(' ')),
    valueField(name, state, events),
    declared === undefined
      ? element('span', { class: 'tag', title: 'Taken from its use and its letter' }, 'inferred')
      : button('↺', () => events.declared(declare(state.where, name, null)), {
          class: 'quiet icon',
          title: `Let ${name} be inferred`,
          'aria-label': `Let ${name} be inferred`,
        }),
  );
}

function typeControls(variable: Variable, type: Type, change: (next: Type) => void): HTMLElement[] {
  const { name } = variable;
  const kind = element('select', {
    'aria-label': `Kind of ${name}`,
    'data-key': `kind ${name}`,
    change: () => {
      const next = kind.value as Kind;
      change({ kind: next, sizes: sizesFor(next, type.sizes), properties: [] });
    },
  });
  for (const k of KINDS) kind.append(element('option', { value: k, selected: k === type.kind }, k));
  const sizes = element('input', {
    class: 'sizes',
    value: type.sizes.join(', '),
    'aria-label': `Sizes of ${name}`,
    'data-key': `sizes ${name}`,
    placeholder: 'sizes',
    disabled: type.kind === 'scalar',
    spellcheck: 'false',
    autocapitalize: 'off',
    change: () => {
      const written = sizes.value.split(/[,×x\s]+(?![^(]*\))/).filter((size) => size !== '');
      change({ ...type, sizes: written.length > 0 ? written : sizesFor(type.kind, []) });
    },
  });
  const known = propertiesFor(type.kind, variable.shape);
  const boxes = known.map((property) =>
    element(
      'label',
      { class: 'check' },
      element('input', {
        type: 'checkbox',
        checked: type.properties.includes(property),
        'data-key': `${property} ${name}`,
        change: (event: Event) => {
          const on = (event.target as HTMLInputElement).checked;
          const others = type.properties.filter((p) => p !== property);
          change({ ...type, properties: on ? [...others, property] : others });
        },
      }),
      property,
    ),
  );
  const chosen = type.properties.join(', ');
  return [
    kind,
    sizes,
    element(
      'details',
      { class: 'properties', 'data-key': `properties ${name}` },
      element('summary', {}, element('span', { class: 'hidden' }, `${name}: `), chosen || '+ property'),
      element('div', { class: 'boxes' }, ...boxes),
    ),
  ];
}

function valueField(name: string, state: State, events: VariableEvents): HTMLElement {
  const given = state.values[name] ?? '';
  const unread = given.trim() !== '' && readValue(given) === null;
  const field = element('textarea', {
    class: 'value',
    rows: 1,
    placeholder: 'value',
    'aria-label': `Value of ${name}`,
    'data-key': `value ${name}`,
    spellcheck: 'false',
    title: 'A number, [1, 2; 3, 4], [[1, 2], [3, 4]] or lines of CSV',
    ...(unread ? { 'aria-invalid': 'true' } : {}),
    change: () => events.valued(name, field.value),
  });
  field.value = given;
  return field;
}

/** A value as it was typed, or how it begins. */
function shortened(text = ''): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return '';
  return line.length > MOST_SIGNS ? `= ${line.slice(0, MOST_SIGNS)}…` : `= ${line}`;
}

/**
 * A function; or a name that is no longer used, which fades, while what was said of it is kept for
 * when it returns.
 */
function otherRow(
  name: string,
  type: string,
  state: State,
  accused: boolean,
  events: VariableEvents,
): HTMLElement {
  const called = type.includes('->') && new RegExp(`(?<![\\p{L}\\p{N}_])${name}\\s*'*\\(`, 'u').test(state.expression);
  return element(
    'div',
    {
      class: `variable other${called ? '' : ' unused'}${accused ? ' accused' : ''}`,
      role: 'group',
      'aria-label': called ? `function ${name}` : `variable ${name}, not used`,
    },
    element('span', { class: 'name' }, formula(nameLatex(name), name)),
    element('code', {}, [type, shortened(state.values[name])].filter((text) => text !== '').join(' ')),
    element('span', { class: 'tag' }, called ? 'function' : 'not used'),
    button('×', () => events.forgotten(name), {
      class: 'quiet icon',
      title: `Forget ${name}`,
      'aria-label': `Forget ${name}`,
    }),
  );
}
