import { expect, test } from 'vitest';
import type { MinimumAnswer } from '../src/api.ts';
import { headline, lowest } from '../src/minimum.ts';

test.each([
  ['converged', 'strict_minimum', true, 'good', 'Least value -1.5, globally'],
  ['converged', 'flat', true, 'good', 'Least value -1.5, globally'],
  ['converged', 'strict_minimum', false, 'good', 'A local minimum: -1.5'],
  ['converged', 'flat', false, 'unsure', 'A flat point, perhaps no minimum: -1.5'],
  ['converged', 'saddle', false, 'unsure', 'A saddle point, no minimum: -1.5'],
  ['converged', 'maximum', false, 'unsure', 'A local maximum, no minimum: -1.5'],
  ['converged', 'unknown', false, 'unsure', 'A point that may be a minimum: -1.5'],
  ['iteration_limit', 'unknown', false, 'unsure', 'Why'],
])('%s, %s, global %s', (status, kind, global, tone, text) => {
  expect(headline({ status, reason: 'why', value: -1.5, curvature: { kind }, global })).toEqual({ tone, text });
});

test.each([
  ['a minimum that is less', 1, [['strict_minimum', -2], ['strict_minimum', 1]], -2],
  ['a saddle that is less', 1, [['saddle', -2], ['strict_minimum', 1]], 1],
  ['the same but for rounding', 1, [['strict_minimum', 1 - 1e-12]], 1],
  ['nothing', 1, [], 1],
] as const)('of other starts %s', (_, value, points, least) => {
  const point = (kind: string, at: number): MinimumAnswer =>
    ({ value: at, curvature: { kind } }) as unknown as MinimumAnswer;
  const found = lowest(point('strict_minimum', value), points.map(([kind, at]) => point(kind, at)));
  expect(found.value).toBe(least);
});
