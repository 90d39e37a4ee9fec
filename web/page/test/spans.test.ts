import { describe, expect, test } from 'vitest';
import { partsAround } from '../src/spans.ts';

/** The parts around the sign `|`, the smallest first. */
function around(marked: string): string[] {
  const place = marked.indexOf('|');
  const text = marked.replace('|', '');
  return partsAround(text, place, place + 1).map((part) => text.slice(part.from, part.to));
}

describe('the parts of an expression around a place', () => {
  test.each([
    ["x'*|A*x", ['A', "x'*A", "x'*A*x"]],
    ['norm2(A*|x - b)^2', ['x', 'A*x', 'A*x - b', 'norm2(A*x - b)', 'norm2(A*x - b)^2']],
    ['-|x^2', ['x', 'x^2', '-x^2']],
    ["inv(|X)'", ['X', 'inv(X)', "inv(X)'"]],
    ['a.*|b + c', ['b', 'a.*b', 'a.*b + c']],
    ["u = A*|x; u'*u", ['x', 'A*x', 'u = A*x']],
    ['X[1,2]*|y', ['y', 'X[1,2]*y']],
    ['[A, |B; C, D]', ['B', '[A, B; C, D]']],
  ])('%s', (marked, parts) => expect(around(marked)).toEqual(parts));

  test.each(['x*|*y', '(((|', ')|', "'|'"])('%s does no harm', (marked) => expect(() => around(marked)).not.toThrow());
});
