/**
 * Formulas as KaTeX sets them, with MathML beside. KaTeX is a third of the page's code: it loads
 * beside the first question, and until it is there a formula is its text.
 */

import type { KatexOptions } from 'katex';
import { element } from './dom.ts';

type Katex = typeof import('katex').default;

/** Beyond that nobody reads a formula, and setting it would hold the page up. */
const LONGEST = 20_000;

let katex: Katex | undefined;
let loading: Promise<Katex> | undefined;

export function loadFormulas(): Promise<Katex> {
  loading ??= import('./katex.ts').then((loaded) => (katex = loaded.default));
  return loading;
}

function options(displayMode: boolean, output: 'htmlAndMathml' | 'mathml'): KatexOptions {
  return { displayMode, output, trust: false, throwOnError: false, strict: 'ignore' };
}

/** A formula in its own box, which scrolls where the formula is longer than the page is wide. */
export function formula(latex: string, text: string, display = false, tooLong: () => void = () => undefined): HTMLElement {
  const box = element(display ? 'div' : 'span', { class: display ? 'formula display' : 'formula' }, text);
  if (latex.length > LONGEST) return box;
  const set = (engine: Katex): void => {
    engine.render(latex, box, options(display, 'htmlAndMathml'));
    if (display) fit(box, text, tooLong);
  };
  if (katex) set(katex);
  else void loadFormulas().then(set, () => undefined);
  return box;
}

/**
 * A formula that is too wide is set smaller; where that is not enough it scrolls, with the keyboard,
 * too. Its place becomes narrower with the window, and has no width until it is unfolded.
 */
function fit(box: HTMLElement, text: string, tooLong: () => void): void {
  const over = (): boolean => box.scrollWidth > box.clientWidth;
  function look(): void {
    if (!box.isConnected) places.disconnect();
    if (!over()) return;
    box.classList.add('smaller');
    if (!over()) return;
    places.disconnect();
    tooLong();
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', `formula, scrolls sideways: ${text.slice(0, 200)}`);
  }
  const places = new ResizeObserver(() => requestAnimationFrame(look));
  places.observe(box);
}

/** The formula as MathML alone, for word processors. */
export async function mathml(latex: string): Promise<string> {
  const engine = await loadFormulas();
  const set = engine.renderToString(latex, options(true, 'mathml'));
  return /<math[\s\S]*<\/math>/.exec(set)?.[0] ?? '';
}
