/** The page as a whole: a state, the questions that follow from it, and where the answers go. */

import './style.css';
import './variables.css';
import './dialogs.css';
import './print.css';
import { address } from './address.ts';
import { announce, hush } from './announce.ts';
import { ask, functions, version, type Failure, type FunctionEntry, type ParseAnswer, type Variable } from './api.ts';
import { showAssumptions } from './assumptions.ts';
import { checked } from './badge.ts';
import { showChoices } from './choices.ts';
import { copy } from './copy.ts';
import { declare, presumed, standing, typeOfValue } from './declarations.ts';
import { describePart, describedInWords } from './describe.ts';
import { button, byId, element, fill, redraw } from './dom.ts';
import { editor } from './editor.ts';
import { showError } from './errors.ts';
import { loadFormulas } from './formulas.ts';
import { journal } from './journal.ts';
import { keyBar } from './keybar.ts';
import { live } from './live.ts';
import { recall, remember } from './memory.ts';
import { dropPasted, showPasted } from './pasted.ts';
import { spanOf } from './positions.ts';
import { about, commandLine, derivativeRequest } from './requests.ts';
import { CHECK_BADGE, card, echo, shownDerivatives, type Shown } from './result.ts';
import { spoken } from './speech.ts';
import { LAYOUTS, START, chosenNames, type State } from './state.ts';
import { themeSwitch } from './theme.ts';
import { tools } from './tools.ts';
import { link, stateOf } from './url.ts';
import { readValue, shapeOf } from './values.ts';
import { showVariables } from './variables.ts';

const FIRST: State = { ...START, expression: "x'*A*x", by: ['x'] };
/** A text that stands this long is worth remembering. */
const SETTLED = 2000;
const TIP = 'Point at a part, or select it with Alt and ↑, to see what it is.';

themeSwitch(byId<HTMLButtonElement>('theme'));
void loadFormulas();

const rememberedLayout = LAYOUTS.find((layout) => layout === recall('layout')) ?? START.layout;

let state: State = (await stateOf(location.hash)) ?? { ...FIRST, layout: rememberedLayout };
let understood: ParseAnswer | null = null;
let by: readonly string[] = [];
let shown: readonly Shown[] = [];
let seed = 1;
let known: readonly FunctionEntry[] = [];
const listed = functions().then((all) => (known = all));
let settling: ReturnType<typeof setTimeout> | undefined;

const answerPlace = byId('answer');
const past = journal();
const bench = tools(byId('tools'));
const saved = address(state, (walked) => {
  state = walked;
  line.setText(state.expression);
  asking.now();
});
const asking = live(answer, (slow) => answerPlace.classList.toggle('slow', slow));

const line = editor(byId('editor'), state.expression, {
  changed(expression) {
    hush();
    state = { ...state, expression };
    asking.soon();
  },
  entered(how) {
    asking.now();
    if (understood) past.note(state);
    if (how === 'numbers') bench.open('numbers');
    if (how === 'check') document.querySelector<HTMLButtonElement>(CHECK_BADGE)?.click();
  },
  recalled: (direction) => past.step(direction, line.text()),
  pastedLatex: () =>
    void showPasted(byId('pasted'), line.text, state.where, (text) => change({ expression: text })),
  functions: () => listed,
  names: () => understood?.variables.map((v) => v.name) ?? [],
  lastResult: () => shown[0]?.text ?? '',
  describe: (part, calls) => describePart(part, calls, state, understood, by, known),
  selected: (part) => void showPart(part),
});

/** Declarations as text, for what the table has no field for. */
const declarationsText = byId<HTMLTextAreaElement>('where');
declarationsText.addEventListener('input', () => {
  state = { ...state, where: declarationsText.value };
  asking.soon();
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
  clearTimeout(settling);
  dropPasted(byId('pasted'), asked.expression);
  if (asked.expression.trim() === '') return empty();
  const parsed = await ask('parse', about(asked), signal);
  if (signal.aborted) return;
  saved.save(asked);
  if (!parsed.ok) return fail(parsed.error);
  const read = standing(parsed);
  understood = read;
  by = chosenNames(asked.by, read.variables);
  redraw(byId('echo'), () => fill(byId('echo'), echo(read.function)));
  if (by.length === 0) {
    shown = [];
    fail(null);
    fill(byId('cards'), element('p', { class: 'muted' }, 'There is no variable in it to differentiate by.'));
    return;
  }
  const derived = await ask('derivative', { ...derivativeRequest(asked, by), seed }, signal);
  if (signal.aborted) return;
  if (!derived.ok) return fail(derived.error);
  shown = shownDerivatives(derived, by);
  fail(null);
  const cards = shown.map((d) =>
    card(asked, d, read.function, seed, {
      nextSeed: () => ++seed,
      useAsFunction: (text) => change({ expression: text }),
      nameRepeats: () => change({ repeats: true }),
    }),
  );
  redraw(byId('cards'), () => fill(byId('cards'), ...cards));
  byId('tools').hidden = false;
  bench.update({
    state: asked,
    understood: read,
    by,
    keepValues: (values) => change({ values: { ...state.values, ...values } }),
  });
  document.title = `${asked.expression.slice(0, 60)} · Nabla`;
  announce(sentence());
  settling = setTimeout(() => past.note(asked), SETTLED);
  // the answer is there: nobody waits for this
  void showAssumptions(byId('assumptions'), asked, read.variables, shown, signal, (where) => change({ where })).catch(
    () => undefined,
  );
}

function sentence(): string {
  return shown
    .map((d) => `Derivative by ${d.by.join(', ')}: ${spoken(d.text)}. ${d.check ? checked(d.check, seed).text : ''}`)
    .join(' ');
}

function empty(): void {
  saved.save(state);
  understood = null;
  shown = [];
  fail(null);
  for (const id of ['echo', 'choices', 'variables', 'assumptions']) fill(byId(id));
  byId('tools').hidden = true;
  fill(
    byId('cards'),
    element(
      'p',
      { class: 'welcome' },
      'Write an expression above, in the notation of MATLAB or in LaTeX, or take one of the ',
      button('examples', () => void showGallery(), { class: 'link' }),
      '.',
    ),
  );
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
  const before = understood?.variables ?? [];
  const isFunction = (name: string): boolean => known.some((f) => f.name === name || f.aliases.includes(name));
  const variables = error ? presumed(state.expression, state.where, error.code, before, isFunction) : before;
  if (document.activeElement !== declarationsText) declarationsText.value = state.where;
  declarationsText.setAttribute('aria-invalid', String(error?.field === 'where'));
  if (understood) showChoices(byId('choices'), state, before, by, change);
  showVariables(byId('variables'), state, variables, error, {
    declared: (where) => change({ where }),
    valued: (name, text) => {
      const { [name]: _, ...others } = state.values;
      const values = text.trim() === '' ? others : { ...others, [name]: text };
      change({ values, where: withKind(name, text, variables) });
    },
    forgotten: (name) => {
      const { [name]: _, ...values } = state.values;
      change({ where: declare(state.where, name, null), values });
    },
  });
}

/** The declarations, with one of a name that was taken for less than its value is. */
function withKind(name: string, text: string, variables: readonly Variable[]): string {
  const value = readValue(text);
  const shape = value === null ? null : shapeOf(value);
  const variable = variables.find((v) => v.name === name);
  if (!shape || !variable || variable.declared) return state.where;
  const type = typeOfValue(shape, variable);
  return type === null ? state.where : declare(state.where, name, type);
}

let partsShown = 0;

/** What is selected, said below the editor: for those without a mouse, too. */
async function showPart(part: string | null): Promise<void> {
  const own = ++partsShown;
  const place = byId('part');
  const call = part === null ? undefined : /^\s*(\p{L}[\p{L}\p{N}_]*)\(/u.exec(part)?.[1];
  const said = part === null ? null : await describePart(part, call, state, understood, by, known);
  // something else has been selected meanwhile
  if (own !== partsShown) return;
  place.classList.toggle('tip', said === null);
  fill(place, said ?? TIP);
  // whoever types selects nothing, and hears nothing
  if (part !== null && said) announce(describedInWords(part, said));
}

async function share(): Promise<void> {
  const copied = await copy(`${location.origin}${location.pathname}#${await link(state)}`);
  announce(copied ? 'Link copied' : 'The browser did not let the page copy', 0);
  byId('share').textContent = copied ? '✓ Copied' : 'Not copied';
  setTimeout(() => (byId('share').textContent = 'Copy link'), 1500);
}

async function report(): Promise<void> {
  const lines = [
    `Nabla ${await version()}`,
    commandLine(state, by),
    `answer: ${shown.map((d) => d.text).join(' | ')}`,
    `seed: ${seed}`,
    `link: ${location.origin}${location.pathname}#${await link(state)}`,
    'expected: ',
  ];
  const copied = await copy(lines.join('\n'));
  announce(copied ? 'A report is in the clipboard' : 'The browser did not let the page copy', 0);
  byId('report').textContent = copied ? 'The report is in your clipboard' : 'Not copied';
}

async function showGallery(): Promise<void> {
  const { openGallery } = await import('./gallery.ts');
  openGallery((chosen) => change(chosen));
}

async function showHelp(): Promise<void> {
  const { openHelp } = await import('./help.ts');
  openHelp(known);
}

byId('open-gallery').addEventListener('click', () => void showGallery());
byId('open-history').addEventListener('click', () => past.open((chosen) => change(chosen)));
byId('open-help').addEventListener('click', () => void showHelp());
byId('share').addEventListener('click', () => void share());
byId('report').addEventListener('click', () => void report());
void showPart(null);
keyBar(byId('keys'), (text) => line.insert(text));

for (const dialog of document.querySelectorAll('dialog')) {
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

document.addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement;
  const typing = target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === '?') void showHelp();
  if (event.key === '/') {
    event.preventDefault();
    line.focus();
  }
});

void version().then((text) => (byId('version').textContent = text === '' ? '' : `Nabla ${text}.`));
asking.now();
