/**
 * What an answer takes for granted, and what it would be if more were known: a property that makes it
 * shorter is offered, never assumed.
 */

import { ask, type Variable } from './api.ts';
import { declare, typeOf } from './declarations.ts';
import { button, element, fill } from './dom.ts';
import { derivativeRequest } from './requests.ts';
import type { Shown } from './result.ts';
import type { State } from './state.ts';

const MOST = 3;
const KNOWN = ['symmetric', 'pd', 'psd', 'diagonal', 'orthogonal', 'skew'];

export async function showAssumptions(
  container: HTMLElement,
  state: State,
  variables: readonly Variable[],
  shown: readonly Shown[],
  signal: AbortSignal,
  change: (where: string) => void,
): Promise<void> {
  const inferred = variables.filter((v) => !v.declared);
  const taken = inferred.map((v) => `${v.name}: ${typeOf(v)}`).join('; ');
  const base = [
    taken !== '' && element('p', {}, element('strong', {}, 'Inferred '), element('code', {}, taken)),
    taken !== '' &&
      button('Declare these', () => change([state.where.trim(), taken].filter((t) => t !== '').join('; ')), { class: 'quiet' }),
  ];
  fill(container, ...base);
  const offers = await Promise.all(
    candidates(variables).map((v) => offer(state, v, shown, signal, change)),
  );
  if (!signal.aborted) fill(container, ...base, ...offers);
}

function candidates(variables: readonly Variable[]): Variable[] {
  const square = (v: Variable): boolean => v.kind === 'matrix' && String(v.shape[0]) === String(v.shape[1]);
  return variables.filter((v) => square(v) && !v.properties.some((p) => KNOWN.includes(p))).slice(0, MOST);
}

async function offer(
  state: State,
  variable: Variable,
  shown: readonly Shown[],
  signal: AbortSignal,
  change: (where: string) => void,
): Promise<HTMLElement | null> {
  const first = shown[0];
  if (!first || first.by.includes(variable.name)) return null;
  const where = declare(state.where, variable.name, `${typeOf(variable)} symmetric`);
  const request = derivativeRequest({ ...state, where, together: true }, first.by);
  const answer = await ask('derivative', { ...request, check: false }, signal);
  const shorter = answer.ok ? answer.derivative?.text : undefined;
  if (shorter === undefined || shorter.length >= first.text.length) return null;
  return element(
    'p',
    { class: 'offer' },
    `If ${variable.name} is symmetric: `,
    element('code', {}, shorter),
    ' ',
    button(`Assume ${variable.name} symmetric`, () => change(where), { class: 'fix' }),
  );
}
