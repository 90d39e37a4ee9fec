/** Somebody's own answer, judged: a derivative, an equality, or a derivation line by line. */

import { announce } from './announce.ts';
import { ask, type Answer, type DerivationAnswer, type VerdictAnswer } from './api.ts';
import type { Context, Tool } from './context.ts';
import { element, fill, select } from './dom.ts';
import { about, derivativeRequest } from './requests.ts';
import { verdictView, wrong } from './verdicts.ts';

type Kind = 'derivative' | 'equal' | 'derivation';

const KINDS: readonly (readonly [Kind, string])[] = [
  ['derivative', 'is the derivative'],
  ['equal', 'equals the expression'],
  ['derivation', 'is a derivation, line by line'],
];

const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  derivative: '2*A*x',
  equal: "x'*A'*x",
  derivation: "f = x'*A*x\ndf = dx'*A*x + x'*A*dx\n   = x'*(A + A')*dx\ndf/dx = (A + A')*x",
};

export function referee(body: HTMLElement, first: Context): Tool {
  let context = first;
  let kind: Kind = 'derivative';
  let by = context.by[0] ?? '';

  const claim = element('textarea', {
    rows: 2,
    class: 'claim',
    'aria-label': 'Your answer',
    placeholder: PLACEHOLDERS[kind],
    spellcheck: 'false',
    autocapitalize: 'off',
    keydown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (kind !== 'derivation' || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void judge();
      }
    },
  });
  const controls = element('div', { class: 'controls' });
  const result = element('div', { role: 'status' });

  function draw(): void {
    fill(
      controls,
      select('What you have', KINDS, kind, (chosen) => {
        kind = chosen;
        claim.placeholder = PLACEHOLDERS[kind];
        claim.rows = kind === 'derivation' ? 5 : 2;
        fill(result);
        draw();
      }),
      kind === 'derivative' &&
        context.by.length > 1 &&
        !context.state.together &&
        select('by', context.by.map((name) => [name, name] as const), by, (name) => (by = name)),
      element('button', { type: 'button', class: 'primary', click: () => void judge() }, 'Check'),
    );
  }

  async function judge(): Promise<void> {
    if (claim.value.trim() === '') return;
    const answer = await question();
    if (!answer.ok) {
      fill(result, wrong(answer.error));
      announce(answer.error.message, 0);
    } else if ('steps' in answer) fill(result, derivation(answer));
    else fill(result, verdictView(answer.verdict, kind === 'equal' ? 'the expression' : 'the derivative'));
  }

  function question(): Promise<Answer<VerdictAnswer | DerivationAnswer>> {
    const { state } = context;
    const { where } = about(state);
    const declared = where === undefined ? {} : { where };
    if (kind === 'derivation') return ask('check', { derivation: claim.value, ...declared });
    if (kind === 'equal') return ask('check', { ...about(state), equal: claim.value });
    const names = state.together ? context.by : [by];
    const { forms: _, nameRepeats: __, ...request } = derivativeRequest(state, names);
    return ask('check', { ...request, claim: claim.value });
  }

  fill(body, element('p', { class: 'muted' }, 'In any layout; what is wrong with a wrong one is said.'), claim, controls, result);
  draw();
  return {
    update(next) {
      const changed = JSON.stringify(next.state) !== JSON.stringify(context.state);
      context = next;
      if (!next.by.includes(by)) by = next.by[0] ?? '';
      draw();
      // a verdict on another question would mislead
      if (changed && kind !== 'derivation') fill(result);
    },
  };
}

function derivation(answer: DerivationAnswer): HTMLElement {
  return element(
    'ol',
    { class: 'derivation' },
    ...answer.steps.map((step) => {
      const { verdict } = step;
      const tone = !verdict ? 'plain' : verdict.right ? 'good' : 'bad';
      return element(
        'li',
        { value: step.line },
        element('span', { class: 'sign', 'data-tone': tone }, { plain: '·', good: '✓', bad: '✗' }[tone]),
        ' ',
        element('code', {}, step.text),
        verdict && !verdict.right && verdictView(verdict, step.against === 'above' ? 'the line above' : (step.against ?? '')),
      );
    }),
  );
}
