import { describe, expect, test } from 'vitest';
import { readValue, writeNested, writeNumber } from '../src/values.ts';

describe('numbers as they are pasted', () => {
  test.each([
    ['3', 3],
    ['-1.5e-3', -0.0015],
    ['[1, 2, 3]', [1, 2, 3]],
    ['[1 2 3]', [1, 2, 3]],
    ['[1; 2; 3]', [1, 2, 3]],
    ['[1, 2; 3, 4]', [[1, 2], [3, 4]]],
    ['[[1, 2], [3, 4]]', [[1, 2], [3, 4]]],
    ['array([[1., 2.],\n       [3., 4.]])', [[1, 2], [3, 4]]],
    ['np.array([[1, 2], [3, 4]], dtype=float32)', [[1, 2], [3, 4]]],
    ['[[1. 2.]\n [3. 4.]]', [[1, 2], [3, 4]]],
    ['1,2\n3,4\n', [[1, 2], [3, 4]]],
    ['1\t2\n3\t4', [[1, 2], [3, 4]]],
    ['1\n2\n3', [1, 2, 3]],
    ['[[[1,2],[3,4]],[[5,6],[7,8]]]', [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]],
  ])('%j', (text, value) => expect(readValue(text)).toEqual(value));

  test.each(['', 'x', '[1, 2; 3]', '[[1, 2], [x]]', '1,two', '[]'])('%j is none', (text) => expect(readValue(text)).toBeNull());
});

test('numbers are written short', () => {
  expect(writeNumber(0.30000000000000004)).toBe('0.3');
  expect(writeNumber(1.2345e-13, 1)).toBe('1e-13');
  expect(writeNumber('Infinity')).toBe('∞');
  expect(writeNested([[1, 2.5], ['NaN', -3]])).toBe('[[1, 2.5], [NaN, -3]]');
});
