/** One derivative as a card: the formula first, what it means, whether it holds, and the way there. */

import { announce } from './announce.ts';
import { ask, type Check, type Derivative, type DerivativeAnswer, type Evidence, type Formula } from './api.ts';
import { badges, checked, proved, type Finding } from './badge.ts';
import { copyButton } from './copy.ts';
import { kindOf, shapeText } from './declarations.ts';
import { button, element } from './dom.ts';
import { formsSection } from './forms.ts';
import { formula, mathml } from './formulas.ts';
import { labelLatex, nameLatex } from './names.ts';
import { commandLine, curlCall, derivativeRequest } from './requests.ts';
import { spoken } from './speech.ts';
import type { State } from './state.ts';
import { stepsSection } from './steps.ts';

export type Shown = Derivative & Evidence & { readonly by: readonly string[] };

export function shownDerivatives(answer: DerivativeAnswer, by: readonly string[]): Shown[] {
  if (answer.derivatives) {
    return answer.derivatives.map((d) => ({ ...d, by: typeof d.wrt === 'string' ? [d.wrt] : d.wrt }));
  }
  if (!answer.derivative) return [];
  const { check, certificate } = answer;
  return [{ ...answer.derivative, ...(check ? { check } : {}), ...(certificate ? { certificate } : {}), by }];
}

/** What the whole is, as it was understood. */
export function echo(understood: Formula): HTMLElement {
  const letter = letterOf(understood.kind);
  // `f = f(A*x)` would say nothing, nor does a name of its own beside one that the user gave
  const named = new RegExp(`(?<![\\p{L}\\p{N}_])${letter}(?![\\p{L}\\p{N}_])`, 'u').test(understood.text);
  return element(
    'div',
    { class: 'understood' },
    formula(named ? understood.latex : `${letter} = ${understood.latex}`, understood.text, true),
    element('span', { class: 'shape' }, shapeText(understood.kind, understood.shape)),
  );
}

function letterOf(kind: string): string {
  return kind === 'scalar' ? 'f' : kind === 'vector' || kind === 'row' ? 'y' : 'Y';
}

/** `∂f/∂x` before a formula; an answer by indices has its own left side. */
function leftSide(state: State, shown: Shown, understood: Formula): string {
  if (/^D\[/.test(shown.text)) return '';
  const letter = letterOf(understood.kind);
  if (state.operator === 'laplacian') return `\\Delta ${letter} = `;
  if (state.operator === 'divergence') return `\\nabla \\cdot ${letter} = `;
  const names = shown.by.map(nameLatex);
  const order = state.operator === 'third' ? 3 : state.operator === 'first' ? names.length : 2;
  const below = names.length === 1 ? Array<string>(order).fill(names[0] ?? '') : names;
  const power = below.length > 1 ? `^{${below.length}}` : '';
  const bottom =
    names.length === 1 && order > 1
      ? `\\partial ${names[0]}^{${order}}`
      : below.map((name) => `\\partial ${name}`).join(' \\, ');
  return `\\frac{\\partial${power} ${letter}}{${bottom}} = `;
}

/** What Alt and Enter press. */
export const CHECK_BADGE = '.badges > .badge:first-child';

export interface CardEvents {
  /** The seed for the next run. */
  nextSeed(): number;
  useAsFunction(text: string): void;
  nameRepeats(): void;
}

export function card(state: State, shown: Shown, understood: Formula, seed: number, events: CardEvents): HTMLElement {
  const request = derivativeRequest({ ...state, together: true }, shown.by);
  const direction = state.operator === 'product' ? shown.forms?.find((f) => f.form === 'direction') : undefined;
  const best = direction ?? shown;
  const intermediate = /^(.*);\s*([^;]*)$/s.exec(best.latex.replace(/;\\;/g, ';'));
  const left = direction ? `${labelLatex(direction.label)} = ` : leftSide(state, shown, understood);
  const latex =
    intermediate && !direction
      ? `\\begin{aligned} & ${left}${intermediate[2] ?? ''} \\\\ & \\text{where } ${intermediate[1] ?? ''} \\end{aligned}`
      : left + best.latex;

  const shorten = button('This is long: name what is repeated', () => events.nameRepeats(), { class: 'quiet shorten', hidden: true });

  return element(
    'article',
    { class: 'card', 'aria-label': `Derivative by ${shown.by.join(', ')}` },
    element('h2', { class: 'hidden' }, `Derivative by ${shown.by.join(', ')}`),
    formula(latex, best.unicode, true, () => (shorten.hidden = state.repeats)),
    shorten,
    element('p', { class: 'hidden' }, `In words: ${spoken(best.text)}`),
    element(
      'p',
      { class: 'meaning' },
      element('span', { class: 'shape' }, shapeText(direction ? kindOf(best.shape) : shown.kind, best.shape)),
      direction ? element('span', {}, direction.meaning) : entryText(shown.axes),
    ),
    shown.check && evidence(shown.check, seed, request, events, commandLine(state, shown.by)),
    shown.conditions.length > 0 &&
      element('p', { class: 'needs' }, element('strong', {}, 'Holds where '), shown.conditions.join(', ')),
    ...(shown.notes ?? [])
      .filter((note) => !note.includes('does not stand in the expression'))
      .map((note) => element('p', { class: 'note' }, note.replace('--structure projected', 'the choice “within the structure”').replace(/, independent counts/, ', “free entries only” counts'))),
    element(
      'div',
      { class: 'copies', role: 'group', 'aria-label': 'Copy' },
      copyButton('LaTeX', () => best.latex),
      copyButton('Text', () => best.text),
      copyButton('Unicode', () => best.unicode),
      copyButton('MathML', () => mathml(best.latex)),
      copyButton('Command', () => commandLine(state, shown.by), 'The call of the command line that gives this answer'),
      copyButton('curl', () => curlCall(location.origin, state, shown.by), 'The request that gives this answer'),
      button('Differentiate this', () => events.useAsFunction(best.text), {
        class: 'quiet',
        title: 'Makes the result the next expression',
      }),
    ),
    stepsSection(request),
    formsSection(request, shown),
  );
}

/** `D[i,j] = ∂y_j/∂x_i` as a sentence; what is a sum over entries is one already. */
function entryText(axes: string): HTMLElement {
  const parts = /^D(?:\[(.*?)\])? = (.*)$/.exec(axes);
  const [, indices, what = axes] = parts ?? [];
  if (/\s/.test(what)) return element('span', {}, what);
  return element(
    'span',
    {},
    indices === undefined ? '' : `entry ${indices} is `,
    formula(labelLatex(what, true), what),
  );
}

function evidence(
  check: Check,
  seed: number,
  request: ReturnType<typeof derivativeRequest>,
  events: CardEvents,
  command: string,
): HTMLElement {
  const said = (finding: Finding): Finding => {
    announce(finding.text, 0);
    return finding;
  };
  const failed = (message: string): Finding => said({ tone: 'unsure', text: message });
  return badges(
    checked(check, seed),
    async () => {
      const next = events.nextSeed();
      const answer = await ask('derivative', { ...request, seed: next });
      if (!answer.ok) return failed(answer.error.message);
      return answer.check ? said(checked(answer.check, next)) : failed('not checked');
    },
    async () => {
      const answer = await ask('derivative', { ...request, check: false, proof: true, seed: events.nextSeed() });
      if (!answer.ok) return failed(answer.error.message);
      return answer.certificate ? said(proved(answer.certificate)) : failed('no proof');
    },
    (finding) => `${command}\n${finding.text}`,
  );
}
