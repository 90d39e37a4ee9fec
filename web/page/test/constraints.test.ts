import { expect, test } from 'vitest';
import { constraints } from '../src/constraints.ts';

test.each([
  ['', []],
  [' ; ,\n', []],
  ['sum(x) = 1', ['sum(x) = 1']],
  ['sum(x) = 1, x >= 0', ['sum(x) = 1', 'x >= 0']],
  ['sum(x) = 1; x >= 0;', ['sum(x) = 1', 'x >= 0']],
  ['sum(x) = 1\nx >= 0\n', ['sum(x) = 1', 'x >= 0']],
  ['X[1,2] = 0, max(x, y) <= 1', ['X[1,2] = 0', 'max(x, y) <= 1']],
  ['x = [1, 2; 3, 4]; y = (1, 2)', ['x = [1, 2; 3, 4]', 'y = (1, 2)']],
  ['max(x, y <= 1\nx >= 0, y >= 0', ['max(x, y <= 1', 'x >= 0', 'y >= 0']],
])('%j', (text, parts) => expect(constraints(text)).toEqual(parts));
