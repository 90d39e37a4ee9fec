/** What the numeric check said, never green without a run. Each colour has its sign and its words. */

import type { Certificate, Check } from './api.ts';
import { copyButton } from './copy.ts';
import { button, element, fill } from './dom.ts';
import { writeNumber } from './values.ts';

export type Tone = 'good' | 'unsure' | 'bad';

export interface Finding {
  readonly tone: Tone;
  readonly text: string;
}

export function checked(check: Check, seed: number): Finding {
  if (check.passed === null) {
    return { tone: 'unsure', text: `not checked: ${check.reason ?? 'no point in the domain was found'}` };
  }
  const error = check.maxRelativeError === undefined ? '' : `, worst relative error ${writeNumber(check.maxRelativeError, 1)}`;
  const points = `${check.points} random ${check.points === 1 ? 'point' : 'points'}${sizesText(check.sizes)}`;
  const where = `at ${points}${error}, seed ${seed}`;
  if (check.passed) return { tone: 'good', text: `agrees with central differences ${where}` };
  const reason = check.reason ? `: ${check.reason}` : '';
  return { tone: 'bad', text: `does not agree with central differences ${where}${reason}` };
}

/** ` (m = 3, 5; n = 4, 3)`, as the points had them. */
function sizesText(sizes: readonly Readonly<Record<string, number>>[] | undefined): string {
  const names = Object.keys(sizes?.[0] ?? {});
  if (!sizes || names.length === 0) return '';
  return ` (${names.map((name) => `${name} = ${sizes.map((point) => point[name]).join(', ')}`).join('; ')})`;
}

export function proved(certificate: Certificate): Finding {
  if (certificate.refuted) return { tone: 'bad', text: `refuted in exact arithmetic: ${certificate.reason ?? ''}` };
  if (!certificate.certified) return { tone: 'unsure', text: `no proof: ${certificate.reason ?? ''}` };
  const points = certificate.points ?? 0;
  return {
    tone: 'good',
    text:
      `proved in exact arithmetic at ${points} random points${sizesText(certificate.sizes)} modulo ${certificate.primes?.length ?? 0} primes` +
      `, error probability < ${certificate.errorProbability ?? ''}`,
  };
}

const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', unsure: '!', bad: '✗' };

/**
 * @param again asks for the same with another seed
 * @param prove asks for a certificate
 * @param reproduce what somebody else needs to see the same, offered where something is wrong
 */
export function badges(
  first: Finding,
  again: () => Promise<Finding>,
  prove: () => Promise<Finding>,
  reproduce: (finding: Finding) => string,
): HTMLElement {
  let last = first;
  const copied = copyButton('Copy what disagrees', () => reproduce(last));
  const show = (target: HTMLButtonElement, finding: Finding): void => {
    last = finding;
    copied.hidden = finding.tone !== 'bad';
    draw(target, finding);
  };
  const run = async (target: HTMLButtonElement, question: () => Promise<Finding>): Promise<void> => {
    target.disabled = true;
    try {
      show(target, await question());
    } finally {
      target.disabled = false;
    }
  };
  const check = button('', () => void run(check, again), { class: 'badge', title: 'Check again at other points' });
  const proof = button('Prove', () => void run(proof, prove), {
    class: 'badge ask-proof',
    title: 'Compare with the function in exact arithmetic modulo random primes',
  });
  show(check, first);
  return element('div', { class: 'badges' }, check, proof, copied);
}

function draw(target: HTMLButtonElement, finding: Finding): void {
  target.dataset.tone = finding.tone;
  target.classList.remove('ask-proof');
  fill(target, element('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[finding.tone]), ' ', finding.text);
}
