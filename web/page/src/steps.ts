/** The way to a derivative, one line after the other. The answer stands above; this is for who asks. */

import { ask, type Explanation, type Step } from './api.ts';
import { copyButton } from './copy.ts';
import { shapeText } from './declarations.ts';
import { button, element, fill, select } from './dom.ts';
import { formula } from './formulas.ts';
import type { Request } from './requests.ts';

const METHODS = [
  ['differential', 'By differentials'],
  ['chain', 'By the chain rule'],
  ['entries', 'Entry by entry'],
  ['limit', 'From the definition'],
] as const;
type Method = (typeof METHODS)[number][0];

const DETAILS = [
  ['0', 'Main steps'],
  ['1', 'As on a board'],
  ['2', 'Every step'],
  ['3', 'One rule a line'],
] as const;
type Detail = (typeof DETAILS)[number][0];

let method: Method = 'differential';
let detail: Detail = '1';
/** Whether each line is shown only when it is asked for, its rule before it. */
let guided = false;
/** Whether the rules are named only, not stated. */
let folded = false;

export function stepsSection(request: Request): HTMLDetailsElement {
  const body = element('div', { class: 'steps-body' });
  const section = element(
    'details',
    {
      'data-key': `steps ${String(request.wrt)}`,
      toggle: () => {
        if (section.open) void load();
      },
    },
    element('summary', {}, 'Steps'),
    body,
  );

  async function load(): Promise<void> {
    const answer = await ask('explain', { ...request, explain: method, detail: Number(detail) });
    const explanation = answer.ok ? (answer.explanation ?? answer.derivatives?.[0]?.explanation) : undefined;
    fill(
      body,
      controls(explanation),
      answer.ok
        ? explanation && list(explanation)
        : element('p', { class: 'muted' }, answer.error.message),
    );
  }

  function controls(explanation: Explanation | undefined): HTMLElement {
    return element(
      'div',
      { class: 'controls' },
      select('Way', METHODS, method, (m) => {
        method = m;
        void load();
      }),
      select('Detail', DETAILS, detail, (d) => {
        detail = d;
        void load();
      }),
      element(
        'label',
        { class: 'check' },
        element('input', {
          type: 'checkbox',
          checked: guided,
          change: (event: Event) => {
            guided = (event.target as HTMLInputElement).checked;
            void load();
          },
        }),
        'One at a time, hint first',
      ),
      explanation && foldButton(body),
      explanation && copyButton('LaTeX', () => asLatex(explanation)),
      explanation && copyButton('Markdown', () => asMarkdown(explanation)),
    );
  }

  return section;
}

function foldButton(body: HTMLElement): HTMLElement {
  const label = (): string => (folded ? 'Unfold all rules' : 'Fold all rules');
  const fold = button(label(), () => {
    folded = !folded;
    for (const rule of body.querySelectorAll<HTMLDetailsElement>('details.rule')) rule.open = !folded;
    fold.textContent = label();
  }, { class: 'quiet' });
  return fold;
}

function list(explanation: Explanation): HTMLElement {
  const lines = explanation.steps.map((step, k) => line(step, explanation.steps[k - 1]));
  const whole = element('ol', { class: `steps${guided ? ' guided' : ''}` }, ...lines);
  if (!guided) return whole;
  let shown = 1;
  const next = button('Show the next line', () => {
    lines[shown]?.classList.add('open');
    lines[shown]?.classList.remove('hint');
    shown += 1;
    lines[shown]?.classList.add('hint');
    next.hidden = shown >= lines.length;
  }, { class: 'plain' });
  lines[0]?.classList.add('open');
  lines[1]?.classList.add('hint');
  next.hidden = lines.length <= 1;
  return element('div', {}, whole, next);
}

function line(step: Step, before: Step | undefined): HTMLElement {
  const shape = shapeText(step.kind, step.shape);
  const news = !before || shapeText(before.kind, before.shape) !== shape;
  return element(
    'li',
    {},
    element('div', { class: 'line' }, formula(`\\displaystyle ${step.latex}`, `${step.left} = ${step.unicode}`, true)),
    element(
      'div',
      { class: 'why' },
      ...step.rules.map(reason),
      ...step.conditions.map((condition) => element('span', { class: 'needs' }, `needs ${condition}`)),
      news && element('span', { class: 'shape' }, shape),
    ),
  );
}

/** What is done, and, unless it is folded, by which rule. */
function reason(rule: Step['rules'][number]): HTMLElement {
  if (rule.statement === undefined) return element('span', { class: 'rule' }, rule.name);
  return element(
    'details',
    { class: 'rule', open: !folded },
    element('summary', {}, rule.name),
    element('code', {}, rule.statement),
  );
}

function asLatex(explanation: Explanation): string {
  const lines = explanation.steps.map((step) => {
    const why = step.rules.map((rule) => rule.name).join('; ');
    const [left, ...right] = step.latex.split(' = ');
    const aligned = right.length > 0 ? `${left} &= ${right.join(' = ')}` : `&${left}`;
    return `  ${aligned}${why === '' ? '' : ` && \\text{${why.replace(/[&%#_{}$\\^~]/g, '')}}`}`;
  });
  return `\\begin{align*}\n${lines.join(' \\\\\n')}\n\\end{align*}\n`;
}

function asMarkdown(explanation: Explanation): string {
  return explanation.steps
    .map((step, k) => {
      const why = step.rules.map((r) => (r.statement === undefined ? r.name : `${r.name}: \`${r.statement}\``));
      return `${k + 1}. $${step.latex}$${why.length > 0 ? `\n   ${why.join('; ')}` : ''}`;
    })
    .join('\n');
}
