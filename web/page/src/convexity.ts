/** Whether a function is convex, why, and what shows that it is not. */

import type { ConvexAnswer, CounterExample, Nested } from './api.ts';
import { element } from './dom.ts';
import { writeNested, writeNumber } from './values.ts';

const CONVEXITY: Readonly<Record<string, string>> = {
  neither: 'neither convex nor concave',
  unknown: 'convexity unknown',
};

/** Convexity follows from what is declared: no value is looked at. */
export function allowance(kind: string, others: readonly string[]): string {
  const any = `${others.join(', ')} that the declarations allow`;
  if (kind === 'neither') return `Not for every ${any}; values in the table are not looked at.`;
  if (kind === 'unknown') return `Asked for any ${any}; values in the table are not looked at.`;
  return `For any ${any}.`;
}

/** @param others what does not move */
export function convexView(answer: ConvexAnswer, others: readonly string[]): HTMLElement {
  const kind = CONVEXITY[answer.kind] ?? answer.kind.replace(/_/g, ' ');
  const where = typeof answer.where === 'string' ? answer.where : answer.where.join(', ');
  return element(
    'div',
    { class: 'verdict', 'data-tone': answer.kind === 'unknown' ? 'unsure' : 'good' },
    element('p', { class: 'said' }, `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)} in ${answer.over.join(', ')}${where === '' ? '' : ` where ${where}`}`),
    others.length > 0 && element('p', { class: 'muted' }, allowance(answer.kind, others)),
    answer.kind !== 'neither' && element('ul', {}, ...answer.reason.map((line) => element('li', {}, line))),
    answer.notConvex && answer.kind === 'neither' && counterExample('not convex', answer.notConvex),
    answer.notConcave && answer.kind === 'neither' && counterExample('not concave', answer.notConcave),
  );
}

function counterExample(what: string, example: CounterExample): HTMLElement {
  const write = (values: Readonly<Record<string, Nested>>): string =>
    Object.entries(values).map(([name, value]) => `${name} = ${writeNested(value)}`).join(', ');
  return element(
    'p',
    { class: 'row' },
    `${what}: along`,
    element('code', {}, write(example.direction)),
    'from',
    element('code', {}, write(example.point)),
    `the second difference is ${writeNumber(example.difference, 3)}`,
  );
}
