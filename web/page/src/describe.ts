/** What a part of the expression is: its shape, and the rule by which it is differentiated. */

import { ask, type FunctionEntry, type ParseAnswer } from './api.ts';
import { asUnderstood, shapeText } from './declarations.ts';
import { element } from './dom.ts';
import { formula } from './formulas.ts';
import { spoken } from './speech.ts';
import type { State } from './state.ts';

export async function describePart(
  part: string,
  calls: string | undefined,
  state: State,
  understood: ParseAnswer | null,
  by: readonly string[],
  functions: readonly FunctionEntry[],
): Promise<HTMLElement | null> {
  if (!understood || part.trim() === '') return null;
  // a part by itself says less of its variables than the whole
  const where = asUnderstood(understood.variables, state.where);
  const parsed = await ask('parse', { expr: part, where });
  if (!parsed.ok) return null;
  const summary = functions.find((f) => f.name === calls || (calls !== undefined && f.aliases.includes(calls)))?.summary;
  const rule = await ruleOf(part, where, state, by);
  return element(
    'div',
    { class: 'described' },
    element(
      'span',
      {},
      formula(parsed.function.latex, parsed.function.text),
      ' ',
      element('span', { class: 'shape' }, shapeText(parsed.function.kind, parsed.function.shape)),
    ),
    summary !== undefined && element('span', { class: 'muted' }, `${calls}: ${summary}`),
    rule !== '' && element('span', { class: 'muted' }, rule),
  );
}

/** The same for those who listen: a formula as one reads it out, then what is said of it. */
export function describedInWords(part: string, said: HTMLElement): string {
  const remarks = [...said.querySelectorAll('.shape, .muted')].map((remark) => remark.textContent);
  return [spoken(part), ...remarks].join('. ');
}

async function ruleOf(part: string, where: string, state: State, by: readonly string[]): Promise<string> {
  const name = by.find((variable) => new RegExp(`(?<![\\p{L}\\p{N}_])${variable}(?![\\p{L}\\p{N}_])`, 'u').test(part));
  if (name === undefined || part === name) return '';
  const answer = await ask('explain', { expr: part, where, wrt: name, detail: 3, layout: state.layout });
  const steps = answer.ok ? (answer.explanation?.steps ?? []) : [];
  const rule = steps.flatMap((step) => step.rules).find((r) => r.statement !== undefined && r.name !== 'read off');
  return rule ? `${rule.name}: ${rule.statement ?? ''}` : '';
}
