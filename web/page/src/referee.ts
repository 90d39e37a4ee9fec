/** Somebody's own answer, judged: a derivative, an equality, or a derivation line by line. */

import { announce } from './announce.ts';
import { ask, type Answer, type DerivationAnswer, type VerdictAnswer } from './api.ts';
import type { Context, Tool } from './context.ts';
import { element, fill, select } from './dom.ts';
import { about, derivativeRequest, type Request } from './requests.ts';
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
  /** What the verdict that is shown, or awaited, is about. */
  let judged = '';

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
    // a verdict on another claim would mislead
    input: () => forget(),
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
        forget();
        draw();
      }),
      kind === 'derivative' &&
        context.by.length > 1 &&
        !context.state.together &&
        select('by', context.by.map((name) => [name, name] as const), by, (name) => {
          by = name;
          forget();
        }),
      element('button', { type: 'button', class: 'primary', click: () => void judge() }, 'Check'),
    );
  }

  function forget(): void {
    judged = '';
    fill(result);
  }

  async function judge(): Promise<void> {
    if (claim.value.trim() === '') return forget();
    const body = question();
    const own = JSON.stringify(body);
    judged = own;
    const answer: Answer<VerdictAnswer | DerivationAnswer> = await ask('check', body);
    // something else is claimed or asked meanwhile
    if (judged !== own) return;
    if (!answer.ok) {
      fill(result, wrong(answer.error));
      announce(answer.error.message, 0);
    } else if ('steps' in answer) fill(result, derivation(answer));
    else fill(result, verdictView(answer.verdict, kind === 'equal' ? 'the expression' : 'the derivative'));
  }

  function question(): Request {
    const { state } = context;
    const { where } = about(state);
    const declared = where === undefined ? {} : { where };
    if (kind === 'derivation') return { derivation: claim.value, ...declared };
    if (kind === 'equal') return { ...about(state), equal: claim.value };
    const names = state.together ? context.by : [by];
    const { forms: _, nameRepeats: __, ...request } = derivativeRequest(state, names);
    return { ...request, claim: claim.value };
  }

  fill(body, element('p', { class: 'muted' }, 'In any layout; what is wrong with a wrong one is said.'), claim, controls, result);
  draw();
  return {
    update(next) {
      context = next;
      if (!next.by.includes(by)) by = next.by[0] ?? '';
      draw();
      if (JSON.stringify(question()) !== judged) forget();
    },
  };
}

function derivation(answer: DerivationAnswer): HTMLElement {
  return element(
    'ol',
    { class: 'derivation' },
    ...answer.steps.map((step) => {
      const { verdict } = step;
      const tone = !verdict ? 'plain' : verdict.right ? 'good' : verdict.kind === 'undecided' ? 'unsure' : 'bad';
      return element(
        'li',
        { value: step.line },
        element('span', { class: 'sign', 'data-tone': tone }, { plain: '·', good: '✓', unsure: '?', bad: '✗' }[tone]),
        ' ',
        element('code', {}, step.text),
        verdict && !verdict.right && verdictView(verdict, step.against === 'above' ? 'the line above' : (step.against ?? '')),
      );
    }),
  );
}
