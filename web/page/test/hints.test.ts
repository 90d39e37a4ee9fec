import { expect, test } from 'vitest';
import { replacements } from '../src/hints.ts';

test('a name that was meant', () => {
  expect(replacements('did you mean norm2?')).toEqual([{ text: 'norm2', meaning: '' }]);
});

test('choices, with what they mean', () => {
  expect(replacements("write x'*y (a number), x*y' (a matrix) or x.*y (entry by entry)")).toEqual([
    { text: "x'*y", meaning: 'a number' },
    { text: "x*y'", meaning: 'a matrix' },
    { text: 'x.*y', meaning: 'entry by entry' },
  ]);
});

test('choices in LaTeX, without what is no formula', () => {
  expect(
    replacements('write \\mathbf{x}^\\top \\mathbf{y}, \\mathbf{x} \\odot \\mathbf{y}, or declare them').map((r) => r.text),
  ).toEqual(['\\mathbf{x}^\\top \\mathbf{y}', '\\mathbf{x} \\odot \\mathbf{y}']);
});

test.each([undefined, '', "add a ']'", "write one, such as x'*A*x", "write x^T*A", 'write x^2, or x.^2 entry by entry'])('%j replaces nothing', (hint) => {
  expect(replacements(hint)).toEqual([]);
});
