import { expect, test } from 'vitest';
import { count } from '../src/work.ts';

test.each([
  [0, '0 '],
  [999, '999 '],
  [1616, '1.62 k'],
  [2e6, '2 M'],
  [1.23456e9, '1.23 G'],
  [5e17, '500000 T'],
])('%d is written %s', (number, written) => {
  expect(count(number)).toBe(written);
});
