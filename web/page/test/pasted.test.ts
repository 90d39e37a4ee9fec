import { describe, expect, test } from 'vitest';
import { isLatex } from '../src/pasted.ts';

describe('is offered as LaTeX', () => {
  test.each(['\\frac{1}{2} x^T A x', 'x^\\top A x', '$x^T A x$', 'x^{2}', 'a \\cdot b', 'A\\odot B', '\\log x', '2 + \\mu', 'W_{1} x', '\\|Ax\\|^2', '\\mathbf{x}'])(
    '%s',
    (text) => expect(isLatex(text)).toBe(true),
  );
});

describe('is not', () => {
  test.each(["x'*A*x", 'A\\b', 'A \\ b', "A'\\bb", '(A + B)\\(c)', 'A\\beta', 'A\\circle', 'inv(A)\\y1', 'x[1]\\z'])('%s', (text) =>
    expect(isLatex(text)).toBe(false),
  );
});
