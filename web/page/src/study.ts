/** Of a scalar function: whether it is convex, where it is least, and how it looks. */

import { ask, type Answer, type Nested, type PlotAnswer } from './api.ts';
import { constraints } from './constraints.ts';
import { convexView } from './convexity.ts';
import { copyButton } from './copy.ts';
import type { Context, Tool } from './context.ts';
import { button, element, fill, select, type Child } from './dom.ts';
import { drawnView } from './drawn.ts';
import { dataFor, sizeNames, usualSizes, type Data } from './draws.ts';
import { minimumView } from './minimum.ts';
import { about, data } from './requests.ts';
import { wrong } from './verdicts.ts';

const PICTURES = [
  ['', 'what fits'],
  ['contour', 'contour lines'],
  ['surface', 'surface'],
  ['curve', 'curve'],
  ['slice', 'slice'],
  ['convergence', 'a descent run'],
  ['taylor', 'Taylor test'],
] as const;
type Picture = (typeof PICTURES)[number][0];

/** Of so many numbers other starts are soon searched from. */
const FEW = 6;
const STARTS = 20;

export function study(body: HTMLElement, first: Context): Tool {
  let context = first;
  let picture: Picture = '';
  let seed = 1;
  let asked = 0;
  const subject = element('textarea', {
    rows: 1,
    class: 'subject',
    placeholder: 'sum(x) = 1, x >= 0',
    'aria-label': 'Subject to',
    spellcheck: 'false',
    autocapitalize: 'off',
  });
  const controls = element('div', { class: 'controls' });
  const result = element('div', { role: 'status' });

  function draw(): void {
    const scalar = context.understood.function.kind === 'scalar';
    fill(
      controls,
      !scalar && element('p', { class: 'muted' }, 'These are questions about scalar functions.'),
      scalar && button('Is it convex?', () => void run(convex), { class: 'plain' }),
      scalar && button('Where is it least?', () => void run(least), { class: 'plain' }),
      scalar && element('label', { class: 'field' }, element('span', {}, 'subject to'), subject),
      scalar && button('Draw it', () => void run(plot), { class: 'plain' }),
      scalar && select('Picture', PICTURES, picture, (kind) => (picture = kind)),
      scalar &&
        button('Other random data', () => {
          seed += 1;
          fill(result, element('p', { class: 'muted' }, `Data with seed ${seed} from now on.`));
        }, { class: 'quiet' }),
    );
  }

  async function run(question: () => Promise<readonly Child[]>): Promise<void> {
    const own = ++asked;
    const waiting = setTimeout(() => fill(result, element('p', { class: 'muted' }, 'working …')), 300);
    try {
      const shown = await question();
      if (own === asked) fill(result, ...shown);
    } finally {
      clearTimeout(waiting);
    }
  }

  const moves = (name: string): boolean => context.by.includes(name);

  async function convex(): Promise<readonly Child[]> {
    const answer = await ask('convex', { ...about(context.state), over: context.by });
    const others = context.understood.variables.map(({ name }) => name).filter((name) => !moves(name));
    return [answer.ok ? convexView(answer, others) : wrong(answer.error)];
  }

  /** What stands still, and where the search begins. */
  async function split(): Promise<Answer<{ at: Data; from: Data; drawn: Data }>> {
    const { understood, state } = context;
    const names = sizeNames(understood.variables, data(state, understood.variables));
    const all = await dataFor(context, usualSizes(names, understood), seed);
    if (!all.ok) return all;
    const entries = Object.entries(all.values);
    return {
      ok: true,
      at: Object.fromEntries(entries.filter(([name]) => !moves(name))),
      from: Object.fromEntries(entries.filter(([name]) => moves(name))),
      drawn: all.drawn,
    };
  }

  async function least(): Promise<readonly Child[]> {
    const values = await split();
    if (!values.ok) return [wrong(values.error)];
    const limits = constraints(subject.value);
    const question = { ...about(context.state), at: values.at, from: values.from, over: context.by };
    const answer = await ask('minimize', {
      ...question,
      ...(limits.length > 0 ? { subject: limits } : {}),
      explain: true,
    });
    // a search sees its own surroundings; others, from elsewhere, may find less
    const few = Object.values(values.from).reduce<number>((count, value) => count + entries(value), 0) <= FEW;
    const searched = answer.ok && !answer.global && limits.length === 0 && few;
    const others = searched ? await ask('minimize', { ...question, starts: STARTS }) : undefined;
    const elsewhere = others?.ok ? (others.stationaryPoints ?? []) : [];
    return [
      answer.ok ? minimumView(answer, elsewhere) : wrong(answer.error),
      drawnView(context, values.drawn, context.by, seed),
    ];
  }

  async function plot(): Promise<readonly Child[]> {
    const values = await split();
    if (!values.ok) return [wrong(values.error)];
    const { at, from } = values;
    const moving = Object.values(from).reduce<number>((count, value) => count + entries(value), 0);
    const kind = picture !== '' ? picture : moving > 2 ? 'slice' : '';
    const answer = await ask('plot', {
      ...about(context.state),
      at,
      over: context.by,
      ...(kind === '' ? {} : { kind }),
      ...(kind === 'slice' || kind === 'taylor' ? { center: from } : { from }),
      seed,
    });
    return [
      answer.ok ? pictureView(answer) : wrong(answer.error),
      answer.ok && constraints(subject.value).length > 0 && element('p', { class: 'muted' }, 'What it is “subject to” is not drawn.'),
      drawnView(context, values.drawn, context.by, seed),
    ];
  }

  fill(
    body,
    element('p', { class: 'muted' }, 'Over the variables chosen above. Others need values: those in the table, or else random ones.'),
    controls,
    result,
  );
  draw();
  return {
    update(next) {
      const changed = JSON.stringify(next.state) !== JSON.stringify(context.state);
      context = next;
      draw();
      if (!changed) return;
      asked += 1;
      fill(result);
    },
  };
}

function entries(value: Nested): number {
  return Array.isArray(value) ? (value as readonly Nested[]).reduce<number>((sum, entry) => sum + entries(entry), 0) : 1;
}

/** As an image, so that nothing in it can be more than a picture. */
function pictureView(answer: PlotAnswer): HTMLElement {
  const address = URL.createObjectURL(new Blob([answer.svg], { type: 'image/svg+xml' }));
  const image = element('img', {
    src: address,
    width: answer.width,
    height: answer.height,
    alt: `${answer.title}. ${answer.findings.join('. ')}`,
    load: () => URL.revokeObjectURL(address),
  });
  return element(
    'figure',
    { class: 'picture' },
    image,
    element('figcaption', {}, answer.title, element('ul', {}, ...answer.findings.map((finding) => element('li', {}, finding)))),
    copyButton('Copy SVG', () => answer.svg),
  );
}
