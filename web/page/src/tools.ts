/** What one may do with an answer besides reading it. Each tool loads when it is first opened. */

import type { Context, Tool } from './context.ts';
import { element } from './dom.ts';

export interface Tools {
  update(context: Context): void;
  /** Unfolds one; `numbers` computes at once. */
  open(name: 'referee' | 'numbers' | 'study'): void;
}

type Load = (body: HTMLElement, context: Context) => Promise<Tool>;

export function tools(container: HTMLElement): Tools {
  let context: Context | undefined;

  function section(title: string, load: Load) {
    const body = element('div', { class: 'tool-body' });
    let tool: Promise<Tool> | undefined;
    const refresh = (): void => {
      const now = context;
      if (!now || !details.open) return;
      if (tool) void tool.then((t) => t.update(now));
      else tool = load(body, now);
    };
    const details = element('details', { class: 'tool', toggle: refresh }, element('summary', {}, title), body);
    container.append(details);
    return { details, refresh };
  }

  const sections = {
    referee: section('Check your own answer', async (body, now) => (await import('./referee.ts')).referee(body, now)),
    numbers: section('Numbers', async (body, now) => (await import('./numbers.ts')).numbers(body, now)),
    study: section('Convex? Least value? Picture', async (body, now) => (await import('./study.ts')).study(body, now)),
  };

  return {
    update(next) {
      context = next;
      for (const { refresh } of Object.values(sections)) refresh();
    },
    open(name) {
      const { details } = sections[name];
      details.open = true;
      details.querySelector('summary')?.focus();
      details.scrollIntoView({ block: 'nearest' });
    },
  };
}
