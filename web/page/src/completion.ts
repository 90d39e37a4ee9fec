/** Names completed while one types; it loads when the editor is first used. */

import {
  autocompletion,
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { FunctionEntry } from './api.ts';

export interface Names {
  functions(): readonly FunctionEntry[];
  names(): readonly string[];
  /** What the last result was, for `ans`. */
  lastResult(): string;
}

export function completion(names: Names): Extension {
  return autocompletion({ override: [(context) => complete(context, names)], selectOnOpen: false, icons: false });
}

function complete(context: CompletionContext, names: Names): CompletionResult | null {
  const word = context.matchBefore(/[\p{L}][\p{L}\p{N}_]*/u);
  // a single letter is nearly always a variable
  if (!context.explicit && (!word || word.text.length < 2)) return null;
  const options: Completion[] = names.names().map((name) => ({ label: name, type: 'variable', boost: 1 }));
  for (const entry of names.functions()) {
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
