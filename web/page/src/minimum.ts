/** What a search for the least value has found, and how much of that is proved. */

import type { MinimumAnswer } from './api.ts';
import type { Finding } from './badge.ts';
import { element } from './dom.ts';
import { writeNested, writeNumber } from './values.ts';

/** Values that differ by less are the same. */
const NEAR = 1e-9;

/** By curvature: what a point is where the gradient is zero. */
const POINTS: Readonly<Record<string, string>> = {
  strict_minimum: 'A local minimum',
  flat: 'A flat point, perhaps no minimum',
  saddle: 'A saddle point, no minimum',
  maximum: 'A local maximum, no minimum',
};

/** A search sees its own surroundings: that nothing is less elsewhere has to be proved. */
export function headline(answer: Pick<MinimumAnswer, 'status' | 'reason' | 'value' | 'curvature' | 'global'>): Finding {
  if (answer.status !== 'converged') return { tone: 'unsure', text: answer.reason.replace(/^./, (first) => first.toUpperCase()) };
  const value = writeNumber(answer.value);
  if (answer.global) return { tone: 'good', text: `Least value ${value}, globally` };
  const { kind } = answer.curvature;
  const point = POINTS[kind] ?? 'A point that may be a minimum';
  return { tone: kind === 'strict_minimum' ? 'good' : 'unsure', text: `${point}: ${value}` };
}

/** The least minimum of those that other starts led to, if it is less than what was found. */
export function lowest(answer: MinimumAnswer, elsewhere: readonly MinimumAnswer[]): MinimumAnswer {
  const less = (point: MinimumAnswer): boolean =>
    Number(point.value) < Number(answer.value) - NEAR * Math.max(1, Math.abs(Number(answer.value)));
  return elsewhere.find((point) => point.curvature.kind === 'strict_minimum' && less(point)) ?? answer;
}

function remark({ global, curvature }: MinimumAnswer): string {
  if (global) return curvature.kind.replace(/_/g, ' ');
  return curvature.kind === 'strict_minimum' ? 'it may be less elsewhere' : '';
}

/** @param elsewhere where the slope is zero, as other starts told */
export function minimumView(found: MinimumAnswer, elsewhere: readonly MinimumAnswer[] = []): HTMLElement {
  const answer = lowest(found, elsewhere);
  const good = answer.status === 'converged';
  const { tone, text } = headline(answer);
  const formulas = Object.entries(answer.formula);
  return element(
    'div',
    { class: 'verdict', 'data-tone': tone },
    element('p', { class: 'said' }, text),
    good && element('p', { class: 'muted' }, [answer.reason, `${answer.iterations} iterations`, remark(answer)].filter((part) => part !== '').join('; ')),
    ...formulas.map(([name, text]) => element('p', { class: 'row' }, element('code', {}, `${name} = ${text}`))),
    good && element('p', { class: 'row' }, ...pointView(answer)),
    ...Object.entries(answer.multipliers).map(([constraint, value]) => element('p', { class: 'row' }, `multiplier of ${constraint}: ${writeNested(value)}`)),
    elsewhere.length > 1 &&
      element(
        'details',
        { class: 'elsewhere' },
        element('summary', {}, `The slope is zero at ${elsewhere.length} points that were found`),
        ...elsewhere.map((point) => element('p', { class: 'row' }, headline(point).text, ...pointView(point))),
      ),
    (answer.explanation?.length ?? 0) > 0 &&
      element(
        'ol',
        {},
        ...(answer.explanation ?? []).map((step) => element('li', {}, element('code', {}, `${step.left} = ${step.text}`), ' ', element('span', { class: 'muted' }, step.remark))),
      ),
  );
}

function pointView({ point }: MinimumAnswer): HTMLElement[] {
  return Object.entries(point).map(([name, value]) => element('code', { class: 'datum' }, `${name} = ${writeNested(value)}`));
}
