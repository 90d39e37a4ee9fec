/** Every other way to write an answer, and how much work each is. */

import { ask, type Derivative, type Form, type Formula } from './api.ts';
import { copyButton } from './copy.ts';
import { shapeText } from './declarations.ts';
import { element, fill } from './dom.ts';
import { formula } from './formulas.ts';
import { labelLatex } from './names.ts';
import type { Request } from './requests.ts';
import { workTable } from './work.ts';

/** Every other way to write the answer: by indices, with Kronecker products, as a differential. */
export function formsSection(request: Request, shown: Derivative & { readonly by: readonly string[] }): HTMLDetailsElement {
  const body = element('div', {});
  const section = element(
    'details',
    {
      'data-key': `forms ${shown.by.join(' ')}`,
      toggle: () => {
        if (section.open) void load();
      },
    },
    element('summary', {}, 'Other forms'),
    body,
  );
  async function load(): Promise<void> {
    const [answer, others] = await Promise.all([
      ask('derivative', { ...request, forms: true, check: false }),
      ask('derivative', { ...request, layout: 'all', check: false }),
    ]);
    const layouts = (others.ok ? (others.derivative?.layouts ?? []) : []).filter(({ text }) => text !== shown.text);
    if (!answer.ok) {
      fill(body, element('p', { class: 'muted' }, answer.error.message));
      return;
    }
    const { forms = [], whyIndexed } = answer.derivative ?? {};
    const work = workTable(answer.variables, String(request.where ?? ''));
    fill(
      body,
      whyIndexed !== undefined && element('p', { class: 'note' }, `No matrix form: ${whyIndexed}.`),
      work.controls,
      element('p', { class: 'muted work' }, 'The answer above: ', work.of(shown.text)),
      ...forms.filter((form) => form.text !== shown.text).map((form) => formView(form, work.of(form.text))),
      ...layouts.map(layoutView),
    );
  }
  // an answer without matrix form is best read in another one
  if (/^D\[/.test(shown.text) && shown.shape.length > 2) section.open = true;
  return section;
}

function layoutView(other: Formula & { readonly layout: string }): HTMLElement {
  return element(
    'div',
    { class: 'form' },
    element('h3', {}, `In ${other.layout} layout`),
    formula(other.latex, other.text, true),
    element('p', { class: 'shape' }, shapeText(other.kind, other.shape)),
  );
}

const FORM_NAMES: Readonly<Record<string, string>> = {
  expanded: 'Multiplied out',
  index: 'By entries',
  kronecker: 'With Kronecker products',
  differential: 'As a differential',
  slices: 'By entries of the variable',
  cotangent: 'As reverse mode computes it',
  direction: 'Times a direction',
};

function formView(form: Form, work: HTMLElement): HTMLElement {
  const withLeft = form.form === 'index' ? form.latex : `${labelLatex(form.label)} = ${form.latex}`;
  return element(
    'div',
    { class: 'form' },
    element('h3', {}, FORM_NAMES[form.form] ?? form.form),
    formula(withLeft, `${form.label} = ${form.unicode}`, true),
    element('p', { class: 'muted work' }, form.meaning, work),
    element(
      'div',
      { class: 'copies' },
      copyButton('LaTeX', () => form.latex),
      copyButton('Text', () => form.text),
      copyButton('Unicode', () => form.unicode),
    ),
  );
}
