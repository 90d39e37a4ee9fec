/** Of a scalar function: whether it is convex, where it is least, and how it looks. */

import { ask, type Answer, type ConvexAnswer, type CounterExample, type Nested, type PlotAnswer } from './api.ts';
import { copyButton } from './copy.ts';
import type { Context, Tool } from './context.ts';
import { button, element, fill, select } from './dom.ts';
import { dataFor, sizeNames, usualSizes, type Data } from './draws.ts';
import { minimumView } from './minimum.ts';
import { about, data } from './requests.ts';
import { writeNested, writeNumber } from './values.ts';
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

export function study(body: HTMLElement, first: Context): Tool {
  let context = first;
  let picture: Picture = '';
  let seed = 1;
  const subject = element('input', {
    placeholder: 'sum(x) = 1',
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

  async function run(question: () => Promise<HTMLElement>): Promise<void> {
    const waiting = setTimeout(() => fill(result, element('p', { class: 'muted' }, 'working …')), 300);
    try {
      fill(result, await question());
    } finally {
      clearTimeout(waiting);
    }
  }

  async function convex(): Promise<HTMLElement> {
    const answer = await ask('convex', { ...about(context.state), over: context.by });
    return answer.ok ? convexView(answer) : wrong(answer.error);
  }

  /** What stands still, and where the search begins. */
  async function split(): Promise<Answer<{ at: Data; from: Data }>> {
    const { understood, state } = context;
    const names = sizeNames(understood.variables, data(state, understood.variables));
    const all = await dataFor(context, usualSizes(names, understood), seed);
    if (!all.ok) return all;
    const moves = (name: string): boolean => context.by.includes(name);
    const entries = Object.entries(all.values);
    return {
      ok: true,
      at: Object.fromEntries(entries.filter(([name]) => !moves(name))),
      from: Object.fromEntries(entries.filter(([name]) => moves(name))),
    };
  }

  async function least(): Promise<HTMLElement> {
    const values = await split();
    if (!values.ok) return wrong(values.error);
    const constraints = subject.value.split(';').map((c) => c.trim()).filter((c) => c !== '');
    const answer = await ask('minimize', {
      ...about(context.state),
      at: values.at,
      from: values.from,
      over: context.by,
      ...(constraints.length > 0 ? { subject: constraints } : {}),
      explain: true,
    });
    return answer.ok ? minimumView(answer) : wrong(answer.error);
  }

  async function plot(): Promise<HTMLElement> {
    const values = await split();
    if (!values.ok) return wrong(values.error);
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
    return answer.ok ? pictureView(answer) : wrong(answer.error);
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
      if (changed) fill(result);
    },
  };
}

function entries(value: Nested): number {
  return Array.isArray(value) ? (value as readonly Nested[]).reduce<number>((sum, entry) => sum + entries(entry), 0) : 1;
}

const CONVEXITY: Readonly<Record<string, string>> = {
  neither: 'neither convex nor concave',
  unknown: 'convexity unknown',
};

function convexView(answer: ConvexAnswer): HTMLElement {
  const kind = CONVEXITY[answer.kind] ?? answer.kind.replace(/_/g, ' ');
  const where = typeof answer.where === 'string' ? answer.where : answer.where.join(', ');
  return element(
    'div',
    { class: 'verdict', 'data-tone': answer.kind === 'unknown' ? 'unsure' : 'good' },
    element('p', { class: 'said' }, `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)} in ${answer.over.join(', ')}${where === '' ? '' : ` where ${where}`}`),
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
