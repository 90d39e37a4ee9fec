/** The keys and the notation, in a dialog. */

import type { FunctionEntry } from './api.ts';
import { button, byId, element, fill } from './dom.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'answer now'],
  ['Shift + Enter', 'a new line, for named intermediates'],
  ['Ctrl + Enter', 'numbers'],
  ['Alt + Enter', 'check again at other points'],
  ['↑ ↓', 'earlier and later expressions'],
  ['Alt + ↑ ↓', 'select a wider or narrower part, and see what it is'],
  ['Ctrl + Space', 'complete a name'],
  ['Escape, then Tab', 'leave the editor'],
  ['?', 'this help, outside of text fields'],
  ['/', 'to the expression'],
];

const NOTATION: readonly (readonly [string, string])[] = [
  ["x'", 'transpose; a vector is a column'],
  ["A*x, x'*y, x*y'", 'matrix products'],
  ['.*  ./  .^', 'entry by entry'],
  ['A\\b, inv(A)', 'solve, inverse'],
  ['X[1,2], X[:,1]', 'entries, columns'],
  ["u = A*x; u'*u", 'intermediates'],
  ['D[i,j] = A[i,k]*B[j,k]', 'by indices; repeated ones are summed'],
  ['ans', 'the last result, by completion'],
  ['\\frac{1}{2}\\|Ax-b\\|_2^2', 'LaTeX is read, too'],
];

export function openHelp(functions: readonly FunctionEntry[]): void {
  const dialog = byId<HTMLDialogElement>('help');
  const list = (rows: readonly (readonly [string, string])[]): HTMLElement =>
    element('dl', { class: 'pairs' }, ...rows.flatMap(([left, right]) => [element('dt', {}, element('code', {}, left)), element('dd', {}, right)]));
  fill(
    dialog,
    element('div', { class: 'dialog-head' }, element('h2', {}, 'Keys and notation'), button('Close', () => dialog.close(), { class: 'quiet' })),
    element('h3', {}, 'Keys'),
    list(KEYS),
    element('h3', {}, 'Notation'),
    element('p', { class: 'muted' }, 'What is not declared is inferred: capitals are matrices, a to g scalars, h to z vectors, unless that makes no sense.'),
    list(NOTATION),
    element('h3', {}, 'Functions'),
    list(functions.map((f) => [[f.name, ...f.aliases].join(', '), f.summary] as const)),
  );
  dialog.showModal();
}
