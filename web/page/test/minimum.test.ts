import { expect, test } from 'vitest';
import { headline } from '../src/minimum.ts';

test.each([
  ['converged', 'strict_minimum', true, 'good', 'Least value -1.5, globally'],
  ['converged', 'flat', true, 'good', 'Least value -1.5, globally'],
  ['converged', 'strict_minimum', false, 'good', 'A local minimum: -1.5'],
  ['converged', 'flat', false, 'unsure', 'A flat point, perhaps no minimum: -1.5'],
  ['converged', 'saddle', false, 'unsure', 'A saddle point, no minimum: -1.5'],
  ['converged', 'maximum', false, 'unsure', 'A local maximum, no minimum: -1.5'],
  ['converged', 'unknown', false, 'unsure', 'A point that may be a minimum: -1.5'],
  ['iteration_limit', 'unknown', false, 'unsure', 'iteration limit: why'],
])('%s, %s, global %s', (status, kind, global, tone, text) => {
  expect(headline({ status, reason: 'why', value: -1.5, curvature: { kind }, global })).toEqual({ tone, text });
});
