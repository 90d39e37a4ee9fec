import { describe, expect, test } from 'vitest';
import { chosenNames } from '../src/state.ts';
import { toggled } from '../src/choices.ts';

const vector = (name: string) => ({ name, kind: 'vector' });
const matrix = (name: string) => ({ name, kind: 'matrix' });

describe('the names to differentiate by', () => {
  test('are those wanted', () => expect(chosenNames(['A'], [vector('x'), matrix('A')])).toEqual(['A']));
  test('are x if those wanted are gone', () => expect(chosenNames(['y'], [matrix('A'), vector('x')])).toEqual(['x']));
  test('are the first vector without x', () => expect(chosenNames([], [matrix('A'), vector('y')])).toEqual(['y']));
  test('may be entries', () => expect(chosenNames(['X[1,2]', 'y[1]'], [matrix('X')])).toEqual(['X[1,2]']));
  test('are none without variables', () => expect(chosenNames(['x'], [])).toEqual([]));
});

describe('a chip', () => {
  test('adds its name', () => expect(toggled(['x'], 'A')).toEqual(['x', 'A']));
  test('takes it away', () => expect(toggled(['x', 'A'], 'x')).toEqual(['A']));
  test('leaves the last one', () => expect(toggled(['x'], 'x')).toEqual(['x']));
});
