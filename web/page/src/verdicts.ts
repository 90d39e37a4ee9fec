/** A verdict: right, wrong, or right only if; with numbers that show it. */

import type { Failure, Verdict } from './api.ts';
import { copyButton } from './copy.ts';
import { element } from './dom.ts';
import { writeNested, writeNumber } from './values.ts';

/** A question that has no answer. */
export function wrong(error: Failure): HTMLElement {
  return element('p', { class: 'verdict', 'data-tone': 'bad' }, error.message, ' ', error.hint ?? '');
}

export function verdictView(verdict: Verdict, against = 'the derivative'): HTMLElement {
  const unsure = verdict.kind === 'right-only-if' || verdict.kind === 'undecided';
  const tone = verdict.right ? 'good' : unsure ? 'unsure' : 'bad';
  const sign = { good: '✓', unsure: '!', bad: '✗' }[tone];
  const { witness } = verdict;
  return element(
    'div',
    { class: 'verdict', 'data-tone': tone },
    element('p', { class: 'said' }, element('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ' ', verdict.message),
    verdict.evidence !== undefined && element('p', { class: 'muted' }, verdict.evidence),
    !verdict.right && row('Right would be', verdict.correct),
    verdict.difference !== undefined && row('The claim lacks', verdict.difference),
    witness &&
      element(
        'div',
        { class: 'witness' },
        element('p', {}, `${entryOf(witness.index, against)} is ${writeNumber(witness.correct)}, the claim gives ${writeNumber(witness.claim)}, at`),
        element(
          'p',
          {},
          ...Object.entries(witness.at).map(([name, value]) => element('code', { class: 'datum' }, `${name} = ${writeNested(value)}`)),
        ),
        copyButton('Copy the values', () => JSON.stringify(witness.at)),
      ),
  );
}

function entryOf(index: readonly number[], against: string): string {
  return index.length === 0 ? against : `entry ${index.join(', ')} of ${against}`;
}

function row(label: string, text: string): HTMLElement {
  return element('p', { class: 'row' }, element('span', { class: 'muted' }, label), element('code', {}, text));
}
