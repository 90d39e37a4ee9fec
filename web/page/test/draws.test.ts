import { describe, expect, test } from 'vitest';
import { sizeNames, usualSizes } from '../src/draws.ts';

const variable = (name: string, ...shape: (string | number)[]) => ({ name, kind: 'matrix', shape, properties: [], declared: false });
const VARIABLES = [variable('X', 'n', 'm'), variable('w', 'm'), variable('y', 'n'), variable('c')];

describe('sizes that one may choose are those that no data tell', () => {
  test.each([
    ['nothing given', {}, ['n', 'm']],
    ['all sizes given', { X: [[1, 2], [3, 4], [0, -1]] }, []],
    ['one size given', { w: [1, 2] }, ['n']],
    ['of another kind', { X: 3 }, ['m', 'n']],
    ['all variables given', { X: [[1]], w: [1], y: [1], c: 2 }, []],
  ])('%s', (_, given, names) => expect(sizeNames(VARIABLES, given)).toEqual(names));
  test('a size that is computed tells no name', () =>
    expect(sizeNames([variable('T', 'n + 1'), variable('x', 'n')], { T: [1, 2, 3] })).toEqual(['n']));
});

describe('a size to begin with', () => {
  test.each([
    ['100*(x[2] - x[1]^2)^2', { n: 2, m: 3 }],
    ['x[1:7]', { n: 7, m: 3 }],
    ['X[5,9]*xx[8]', { n: 9, m: 5 }],
    ['x[i] + X[j,i]', { n: 4, m: 3 }],
    ['x', { n: 4, m: 3 }],
  ])('of %s', (text, sizes) => {
    const variables = [variable('x', 'n'), variable('X', 'm', 'n')];
    expect(usualSizes(['n', 'm'], { function: { text, latex: '', kind: 'scalar', shape: [] }, variables })).toEqual(sizes);
  });
});
