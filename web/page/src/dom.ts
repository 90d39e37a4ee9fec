/** Elements by one call. Text only ever becomes text: nothing here reads HTML. */

export type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | undefined | ((event: never) => void);

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value as EventListener);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  append(made, children);
  return made;
}

function append(parent: Element, children: Child[]): void {
  for (const child of children) if (child) parent.append(child);
}

/** Puts these in the place of what was there. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

export function button(label: string, click: () => void, attributes: Record<string, Value> = {}) {
  return element('button', { type: 'button', click, ...attributes }, label);
}

/** A labelled choice among few. */
export function select<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  change: (value: T) => void,
  attributes: Record<string, Value> = {},
): HTMLLabelElement {
  const list = element('select', {
    change: () => change(list.value as T),
    ...attributes,
  });
  for (const [value, text] of options) {
    list.append(element('option', { value, selected: value === chosen }, text));
  }
  return element('label', { class: 'field' }, element('span', {}, label), list);
}

/** Draws anew without taking the focus, or what is unfolded, from who is at work there. */
export function redraw(container: HTMLElement, draw: () => void): void {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const key = active instanceof HTMLElement ? active.dataset.key : undefined;
  const open = new Set(
    [...container.querySelectorAll<HTMLDetailsElement>('details[open][data-key]')].map((d) => d.dataset.key),
  );
  draw();
  for (const details of container.querySelectorAll<HTMLDetailsElement>('details[data-key]')) {
    if (open.has(details.dataset.key)) details.open = true;
  }
  if (key !== undefined) container.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
