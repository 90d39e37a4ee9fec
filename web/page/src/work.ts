/** How much work it is to compute what formulas say, at sizes that one chooses. */

import { ask, type Answer, type EvaluateAnswer, type Variable } from './api.ts';
import { asUnderstood } from './declarations.ts';
import { element } from './dom.ts';
import { sizeNames } from './draws.ts';

const USUAL = 100;
const PREFIXES = ['', 'k', 'M', 'G', 'T'];

export interface WorkTable {
  /** Where the sizes are chosen. */
  readonly controls: HTMLElement | false;
  /** A place that tells the work of a formula; it stays empty if that is none that can be computed. */
  of(text: string): HTMLElement;
}

export function workTable(variables: readonly Variable[], where: string): WorkTable {
  const names = sizeNames(variables, {});
  const sizes: Record<string, number> = Object.fromEntries(names.map((name) => [name, USUAL]));
  const places: [string, HTMLElement][] = [];

  async function tell(text: string, place: HTMLElement): Promise<void> {
    const answer = await ask('evaluate', {
      expr: text,
      where: asUnderstood(variables, where),
      size: sizes,
      cost: true,
    });
    const { text: said, why } = workText(answer);
    place.textContent = said;
    place.title = why;
  }

  function size(name: string): HTMLElement {
    const input = element('input', {
      type: 'number',
      min: 1,
      max: 1000,
      value: USUAL,
      class: 'count',
      change: () => {
        sizes[name] = Math.max(1, Math.round(Number(input.value) || 1));
        for (const [text, place] of places) void tell(text, place);
      },
    });
    return element('label', { class: 'field' }, element('span', {}, `work for ${name} =`), input);
  }

  return {
    controls: names.length > 0 && element('div', { class: 'controls' }, ...names.map(size)),
    of(text) {
      const place = element('span', { class: 'shape' });
      places.push([text, place]);
      void tell(text, place);
      return place;
    },
  };
}

/** Short, with what the server says of sizes that are too large. */
export function workText(answer: Answer<Pick<EvaluateAnswer, 'cost'>>): { readonly text: string; readonly why: string } {
  if (!answer.ok) return answer.error.code === 'limit' ? { text: 'too large', why: answer.error.message } : { text: '', why: '' };
  const { cost } = answer;
  return { text: cost ? `${count(cost.flops)}flop, ${count(cost.bytes)}B` : '', why: '' };
}

/** `1.62 M` */
export function count(number: number): string {
  let rest = number;
  let prefix = 0;
  while (rest >= 1000 && prefix < PREFIXES.length - 1) {
    rest /= 1000;
    prefix += 1;
  }
  return `${Number(rest.toPrecision(3))} ${PREFIXES[prefix] ?? ''}`;
}
