/** The line that one types in: CodeMirror with an error underlined, names completed, parts explained. */

import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Prec, StateEffect, StateField, Transaction } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  drawSelection,
  hoverTooltip,
  keymap,
  placeholder,
  tooltips,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import type { Failure } from './api.ts';
import type { Names } from './completion.ts';
import { element } from './dom.ts';
import { replacements } from './hints.ts';
import { isLatex } from './pasted.ts';
import { spanOf } from './positions.ts';
import { partsAround } from './spans.ts';

export interface EditorEvents extends Names {
  changed(text: string): void;
  /** Enter; with Ctrl numbers are wanted, with Alt another check. */
  entered(how: 'now' | 'numbers' | 'check'): void;
  /** An earlier text: -1 is the one before, 1 the one after; null if there is none. */
  recalled(direction: -1 | 1): string | null;
  /** LaTeX was pasted. */
  pastedLatex(text: string): void;
  /** What a part of the expression is, in a line or two. */
  describe(part: string, calls: string | undefined): Promise<Node | null>;
  selected(part: string | null): void;
}

export interface Editor {
  text(): string;
  setText(text: string): void;
  /** Typed as if by hand, for keys that a phone hides. */
  insert(text: string): void;
  replace(from: number, to: number, text: string): void;
  showError(error: Failure | null): void;
  focus(): void;
}

const light = StateEffect.define<{ from: number; to: number } | null>();

/** The part that is pointed at. */
const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(light)) continue;
      next = effect.value
        ? Decoration.set(Decoration.mark({ class: 'lit' }).range(effect.value.from, effect.value.to))
        : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const tokens = new MatchDecorator({
  regexp: /([\p{L}][\p{L}\p{N}_]*)(?=\()|(\d+\.?\d*(?:[eE][-+]?\d+)?)|(\\[a-zA-Z]+)|(['ᵀ^]|\.[*/^])/gu,
  decoration: (match) =>
    Decoration.mark({
      class: match[1] || match[3] ? 'token-function' : match[2] ? 'token-number' : 'token-operator',
    }),
});

const coloured = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = tokens.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = tokens.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export function editor(parent: HTMLElement, text: string, events: EditorEvents): Editor {
  const completing = new Compartment();
  let settingText = false;

  const hover = hoverTooltip(
    async (view, position) => {
      const part = partsAround(view.state.doc.toString(), position)[0];
      if (!part) return null;
      const about = await events.describe(view.state.sliceDoc(part.from, part.to), part.calls);
      if (!about) return null;
      return {
        pos: part.from,
        end: part.to,
        above: true,
        create: () => ({
          dom: element('div', { class: 'part-tooltip' }, about),
          // not within an update, which mounting and destroying are part of
          mount: () => queueMicrotask(() => view.dispatch({ effects: light.of(part) })),
          destroy: () => queueMicrotask(() => view.dispatch({ effects: light.of(null) })),
        }),
      };
    },
    { hideOnChange: true, hoverTime: 350 },
  );

  /** To the part around the selection, or back to the smallest one at the cursor. */
  function selectPart(view: EditorView, wider: boolean): boolean {
    const { from, to } = view.state.selection.main;
    const around = partsAround(view.state.doc.toString(), from, to);
    const next = wider ? around.find((part) => part.from < from || part.to > to) : around[0]?.children[0];
    if (!next) return true;
    view.dispatch({ selection: { anchor: next.from, head: next.to } });
    return true;
  }

  function recallText(view: EditorView, direction: -1 | 1): boolean {
    if (view.state.doc.lines > 1) return false;
    const earlier = events.recalled(direction);
    if (earlier === null) return false;
    const insert = view.state.toText(earlier);
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert },
      selection: { anchor: insert.length },
    });
    return true;
  }

  const enter = (how: 'now' | 'numbers' | 'check') => () => {
    events.entered(how);
    return true;
  };

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        bracketMatching(),
        coloured,
        lit,
        hover,
        completing.of([]),
        placeholder("x'*A*x"),
        tooltips({ position: 'fixed' }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': 'Expression',
          'aria-describedby': 'error editor-help',
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        Prec.high(
          keymap.of([
            { key: 'Enter', run: enter('now') },
            { key: 'Mod-Enter', run: enter('numbers') },
            { key: 'Alt-Enter', run: enter('check') },
            { key: 'Alt-ArrowUp', run: (v) => selectPart(v, true) },
            { key: 'Alt-ArrowDown', run: (v) => selectPart(v, false) },
            { key: 'ArrowUp', run: (v) => recallText(v, -1) },
            { key: 'ArrowDown', run: (v) => recallText(v, 1) },
          ]),
        ),
        keymap.of([...standardKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !settingText) events.changed(update.state.doc.toString());
          if (update.selectionSet || update.docChanged) {
            const { from, to } = update.state.selection.main;
            events.selected(from < to ? update.state.sliceDoc(from, to) : null);
          }
        }),
        EditorView.domEventHandlers({
          paste(event) {
            const pasted = event.clipboardData?.getData('text/plain') ?? '';
            if (isLatex(pasted)) setTimeout(() => events.pastedLatex(pasted));
            return false;
          },
        }),
      ],
    }),
  });

  view.contentDOM.addEventListener(
    'focus',
    () => {
      const before = view.state.doc;
      void import('./completion.ts').then(({ completion, completeTyped }) => {
        view.dispatch({ effects: completing.reconfigure(completion(events)) });
        if (!view.state.doc.eq(before)) completeTyped(view);
      });
    },
    { once: true },
  );

  return {
    text: () => view.state.doc.toString(),
    setText(next) {
      if (next === view.state.doc.toString()) return;
      settingText = true;
      // one sign a line end, as the editor counts them, however a link has them
      const insert = view.state.toText(next);
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert },
        selection: { anchor: insert.length },
        annotations: Transaction.addToHistory.of(true),
      });
      settingText = false;
    },
    insert(typed) {
      view.dispatch(view.state.replaceSelection(typed), { scrollIntoView: true });
      view.focus();
    },
    replace(from, to, typed) {
      view.dispatch({ changes: { from, to, insert: typed }, selection: { anchor: from + typed.length } });
      view.focus();
    },
    showError(error) {
      view.dispatch(setDiagnostics(view.state, error ? diagnostics(view, error) : []));
    },
    focus: () => view.focus(),
  };
}

function diagnostics(view: EditorView, error: Failure): Diagnostic[] {
  if (error.column === undefined || error.field === 'where') return [];
  const span = spanOf(view.state.doc.toString(), error.column, error.length ?? 1);
  return [
    {
      ...span,
      severity: 'error',
      message: error.message,
      actions: replacements(error.hint).map(({ text, meaning }) => ({
        name: meaning === '' ? text : `${text} (${meaning})`,
        apply: (v, from, to) => v.dispatch({ changes: { from, to, insert: text } }),
      })),
    },
  ];
}
