/** Names completed while one types; it loads when the editor is first used. */

import {
  CompletionContext,
  autocompletion,
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { FunctionEntry } from './api.ts';

export interface Names {
  functions(): Promise<readonly FunctionEntry[]>;
  names(): readonly string[];
  /** What the last result was, for `ans`. */
  lastResult(): string;
}

export function completion(names: Names): Extension {
  return autocompletion({ override: [(context) => complete(context, names)], selectOnOpen: false, icons: false });
}

/** Completes a name that was typed before this was loaded. */
export function completeTyped(view: EditorView): void {
  if (isName(nameBefore(new CompletionContext(view.state, view.state.selection.main.head, false)))) {
    startCompletion(view);
  }
}

type Word = ReturnType<CompletionContext['matchBefore']>;

function nameBefore(context: CompletionContext): Word {
  return context.matchBefore(/[\p{L}][\p{L}\p{N}_]*/u);
}

/** A single letter is nearly always a variable. */
function isName(word: Word): boolean {
  return word !== null && word.text.length > 1;
}

async function complete(context: CompletionContext, names: Names): Promise<CompletionResult | null> {
  const word = nameBefore(context);
  if (!context.explicit && !isName(word)) return null;
  const options: Completion[] = names.names().map((name) => ({ label: name, type: 'variable', boost: 1 }));
  for (const entry of await names.functions()) {
    for (const name of [entry.name, ...entry.aliases]) options.push(call(name, entry));
  }
  const last = names.lastResult();
  if (last !== '') options.push({ label: 'ans', detail: 'the last result', apply: `(${last})` });
  return { from: word ? word.from : context.pos, options, validFor: /^[\p{L}\p{N}_]*$/u };
}

/** A function comes with its brackets, and the cursor between them. */
function call(name: string, entry: FunctionEntry): Completion {
  return {
    label: name,
    type: 'function',
    detail: entry.signatures[0] ?? '',
    info: entry.summary,
    apply: (view, chosen, from, to) => {
      const has = view.state.sliceDoc(to, to + 1) === '(';
      view.dispatch({
        changes: { from, to, insert: has ? name : `${name}()` },
        selection: { anchor: from + name.length + 1 },
        annotations: pickedCompletion.of(chosen),
      });
    },
  };
}
