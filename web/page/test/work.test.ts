import { expect, test } from 'vitest';
import { count, workText } from '../src/work.ts';

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

test.each([
  [{ ok: true, cost: { flops: 30000, bytes: 80800 } }, '30 kflop, 80.8 kB', ''],
  [{ ok: false, error: { code: 'limit', message: 'this has 1e10 numbers' } }, 'too large', 'this has 1e10 numbers'],
  [{ ok: false, error: { code: 'shape', message: 'not to be computed' } }, '', ''],
] as const)('%j is told as %j', (answer, text, why) => {
  expect(workText(answer)).toEqual({ text, why });
});
