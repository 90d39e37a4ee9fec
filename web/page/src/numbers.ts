/** Values here and now: of the function and its derivative, on given and random data. */

import { ask, type Evaluated } from './api.ts';
import { arrayView } from './arrays.ts';
import type { Context, Tool } from './context.ts';
import { button, element, fill } from './dom.ts';
import { drawnView } from './drawn.ts';
import { sizeNames, usualSizes } from './draws.ts';
import { about, data, unread, type Request } from './requests.ts';
import { writeNested } from './values.ts';
import { wrong } from './verdicts.ts';

export function numbers(body: HTMLElement, first: Context): Tool {
  let context = first;
  let seed = 1;
  let sizes: Record<string, number> = {};
  let asked = 0;
  const controls = element('div', { class: 'controls' });
  const result = element('div', { role: 'status' });

  function draw(): void {
    const { state, understood } = context;
    const names = sizeNames(understood.variables, data(state, understood.variables));
    sizes = { ...usualSizes(names, understood), ...Object.fromEntries(Object.entries(sizes).filter(([name]) => names.includes(name))) };
    fill(
      controls,
      ...names.map((name) => {
        const input = element('input', {
          type: 'number',
          min: 1,
          max: 200,
          value: sizes[name] ?? 3,
          class: 'count',
          change: () => {
            sizes = { ...sizes, [name]: Math.max(1, Math.round(Number(input.value) || 1)) };
            void compute();
          },
        });
        return element('label', { class: 'field' }, element('span', {}, `size ${name}`), input);
      }),
      button('Other random numbers', () => {
        seed += 1;
        void compute();
      }, { class: 'plain' }),
    );
  }

  async function compute(): Promise<void> {
    const own = ++asked;
    const { state, understood } = context;
    const error = unread(state, understood.variables);
    if (error) return fill(result, wrong(error));
    const answer = await ask('evaluate', {
      ...about(state),
      at: data(state, understood.variables),
      size: sizes,
      seed,
      value: true,
      ...derivatives(context),
      layout: state.layout,
      structure: state.structure,
    });
    if (own !== asked) return;
    if (!answer.ok) return fill(result, wrong(answer.error));
    fill(result, ...answer.results.map(one), drawnView(context, answer.drawn ?? {}, [], seed));
  }

  fill(
    body,
    element('p', { class: 'muted' }, 'Values may be typed or pasted into the table of variables: [1, 2; 3, 4], NumPy or CSV. The rest is random.'),
    controls,
    result,
  );
  draw();
  void compute();
  return {
    update(next) {
      context = next;
      draw();
      void compute();
    },
  };
}

function derivatives(context: Context): Request {
  const { state, by } = context;
  const scalar = context.understood.function.kind === 'scalar';
  if (state.operator === 'laplacian' || state.operator === 'divergence') return {};
  if (state.together && by.length > 1) return { derivative: by };
  const order = state.operator === 'first' ? 1 : state.operator === 'third' ? 3 : 2;
  if (order === 3) return { derivative: Array<string>(3).fill(by[0] ?? '') };
  if (order === 2) return scalar ? { hessian: by } : { derivative: [by[0], by[0]] };
  return scalar ? { gradient: by } : { jacobian: by };
}

function one(result: Evaluated): HTMLElement {
  const by = [...new Set(result.wrt)].join(', ');
  const name = result.operator === 'value' ? 'value' : `${result.operator} by ${by}`;
  const shape = result.shape.length === 0 ? '' : `[${result.shape.join(',')}]`;
  return element(
    'div',
    { class: 'evaluated' },
    element('h3', {}, name, ' ', element('span', { class: 'shape' }, shape, result.structure === 'dense' || shape === '' ? '' : ` stored as ${result.structure}`)),
    result.shape.length === 0 ? element('code', { class: 'number' }, writeNested(result.numeric)) : arrayView(name, result.numeric),
  );
}
