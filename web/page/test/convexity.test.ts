import { expect, test } from 'vitest';
import { allowance } from '../src/convexity.ts';

test.each([
  ['convex', /^For any A, b that the declarations allow\.$/],
  ['strictly_convex', /^For any A, b that/],
  ['neither', /^Not for every A, b that .* values in the table are not looked at/],
  ['unknown', /^Asked for any A, b that .* values in the table are not looked at/],
])('%s is said of all that is allowed', (kind, said) => expect(allowance(kind, ['A', 'b'])).toMatch(said));
