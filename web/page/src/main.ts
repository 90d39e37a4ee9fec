/** The page as a whole: a state, the questions that follow from it, and where the answers go. */

import './style.css';
import { address } from './address.ts';
import { announce } from './announce.ts';
import { ask, functions, version, type Failure, type FunctionEntry, type ParseAnswer } from './api.ts';
import { checked } from './badge.ts';
import { showChoices } from './choices.ts';
import { copy } from './copy.ts';
import { byId, fill, redraw } from './dom.ts';
import { editor } from './editor.ts';
import { showError } from './errors.ts';
import { loadFormulas } from './formulas.ts';
import { gallery } from './gallery.ts';
import { live } from './live.ts';
import { recall, remember } from './memory.ts';
import { spanOf } from './positions.ts';
import { derivativeRequest, about } from './requests.ts';
import { card, echo, shownDerivatives, type Shown } from './result.ts';
import { spoken } from './speech.ts';
import { LAYOUTS, START, chosenNames, type State } from './state.ts';
import { themeSwitch } from './theme.ts';
import { link, stateOf } from './url.ts';
import { showVariables } from './variables.ts';

const FIRST: State = { ...START, expression: "x'*A*x", by: ['x'] };

const rememberedLayout = LAYOUTS.find((layout) => layout === recall('layout')) ?? START.layout;

let state: State = (await stateOf(location.hash)) ?? { ...FIRST, layout: rememberedLayout };
let understood: ParseAnswer | null = null;
let by: readonly string[] = [];
let shown: readonly Shown[] = [];
let seed = 1;
let known: readonly FunctionEntry[] = [];

const answerPlace = byId('answer');
const saved = address(state, (walked) => {
  state = walked;
  line.setText(state.expression);
  asking.now();
});

const asking = live(answer, (slow) => answerPlace.classList.toggle('slow', slow));

const line = editor(byId('editor'), state.expression, {
  changed(expression) {
    state = { ...state, expression };
    asking.soon();
  },
  entered: () => asking.now(),
  recalled: () => null,
  pastedLatex: () => undefined,
  functions: () => known,
  names: () => understood?.variables.map((v) => v.name) ?? [],
  lastResult: () => shown[0]?.text ?? '',
  describe: () => Promise.resolve(null),
  selected: () => undefined,
});

function change(part: Partial<State>): void {
  state = { ...state, ...part };
  if (part.layout) remember('layout', part.layout);
  line.setText(state.expression);
  showParts(null);
  asking.now();
}

async function answer(signal: AbortSignal): Promise<void> {
  const asked = state;
  const parsed = await ask('parse', about(asked), signal);
  saved.save(asked);
  if (signal.aborted) return;
  if (!parsed.ok) return fail(parsed.error);
  understood = parsed;
  by = chosenNames(asked.by, parsed.variables);
  showParts(null);
  redraw(byId('echo'), () => fill(byId('echo'), echo(parsed.function)));
  if (by.length === 0) {
    fail(null);
    fill(byId('cards'));
    return;
  }
  const derived = await ask('derivative', { ...derivativeRequest(asked, by), seed }, signal);
  if (signal.aborted) return;
  if (!derived.ok) return fail(derived.error);
  fail(null);
  shown = shownDerivatives(derived, by);
  const cards = shown.map((d) =>
    card(asked, d, parsed.function, seed, {
      nextSeed: () => ++seed,
      useAsFunction: (text) => change({ expression: text }),
    }),
  );
  redraw(byId('cards'), () => fill(byId('cards'), ...cards));
  document.title = `${asked.expression.slice(0, 60)} · Nabla`;
  announce(shown.map((d) => `Derivative by ${d.by.join(', ')}: ${spoken(d.text)}. ${d.check ? checked(d.check, seed).text : ''}`).join(' '));
}

/** The last good result stays, dimmed, while something is wrong. */
function fail(error: Failure | null): void {
  answerPlace.classList.toggle('stale', error !== null);
  line.showError(error);
  showError(byId('error'), error, applyFix, () => asking.now());
  showParts(error);
}

function applyFix(error: Failure, text: string): void {
  if (error.column === undefined) return;
  const length = error.length ?? 1;
  if (error.field === 'where') {
    const { from, to } = spanOf(state.where, error.column, length);
    change({ where: state.where.slice(0, from) + text + state.where.slice(to) });
    return;
  }
  const { from, to } = spanOf(line.text(), error.column, length);
  line.replace(from, to, text);
}

function showParts(error: Failure | null): void {
  if (!understood) return;
  showChoices(byId('choices'), state, understood.variables, by, change);
  showVariables(byId('variables'), state, understood.variables, error, {
    declared: (where) => change({ where }),
    valued: (name, text) => {
      const { [name]: _, ...others } = state.values;
      change({ values: text.trim() === '' ? others : { ...others, [name]: text } });
    },
  });
}

themeSwitch(byId<HTMLButtonElement>('theme'));
const openGallery = gallery((chosen) => change(chosen));
byId('open-gallery').addEventListener('click', openGallery);
byId('share').addEventListener('click', () => {
  void link(state).then(async (hash) => {
    const copied = await copy(`${location.origin}${location.pathname}#${hash}`);
    announce(copied ? 'Link copied' : 'The browser did not let the page copy', 0);
    byId('share').textContent = copied ? '✓ Copied' : 'Not copied';
    setTimeout(() => (byId('share').textContent = 'Copy link'), 1500);
  });
});

void loadFormulas();
void functions().then((all) => (known = all));
void version().then((text) => (byId('version').textContent = text === '' ? '' : `Nabla ${text}.`));
asking.now();
