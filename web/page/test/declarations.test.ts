import { describe, expect, test } from 'vitest';
import { declare, declaredType, presumed, readType, sizesFor, standing, typeOfValue, writeType } from '../src/declarations.ts';

const WHERE = 'A, B: matrix[n,n] symmetric; x: vector[n]; f: vector[n] -> scalar';

describe('a declaration', () => {
  test('is found by name', () => expect(declaredType(WHERE, 'B')).toBe('matrix[n,n] symmetric'));
  test('is added', () => expect(declare('', 'x', 'vector[n]')).toBe('x: vector[n]'));
  test('is changed', () => expect(declare('x: vector[n]; c: scalar', 'x', 'vector[m]')).toBe('x: vector[m]; c: scalar'));
  test('leaves those that it shared a line with', () =>
    expect(declare(WHERE, 'A', 'matrix[n,n]')).toBe(
      'B: matrix[n,n] symmetric; A: matrix[n,n]; x: vector[n]; f: vector[n] -> scalar',
    ));
  test('is taken away', () => expect(declare(WHERE, 'x', null)).toBe('A, B: matrix[n,n] symmetric; f: vector[n] -> scalar'));
  test('that is not understood is kept', () => expect(declare('q: vector[n', 'x', 'scalar')).toBe('q: vector[n; x: scalar'));
});

describe('a type', () => {
  test.each(['scalar', 'vector[n]', 'matrix[m,n] positive', 'matrix[n,n] symmetric invertible', 'tensor[m,n,k]', 'matrix[2*n,n + 1]'])(
    '%s is read and written',
    (text) => expect(writeType(readType(text) ?? { kind: 'scalar', sizes: [], properties: [] })).toBe(text),
  );
  test('of a function is none', () => expect(readType('vector[n] -> scalar')).toBeNull());
  test('of another kind gets sizes', () => {
    expect(sizesFor('matrix', ['n'])).toEqual(['n', 'm']);
    expect(sizesFor('vector', ['m', 'n'])).toEqual(['m']);
    expect(sizesFor('scalar', ['m'])).toEqual([]);
  });
});

describe('a value', () => {
  const variable = (kind: string) => ({ name: 'a', kind, shape: [], properties: [], declared: false });
  test.each([
    ['scalar', [], null],
    ['scalar', [3], 'vector'],
    ['scalar', [2, 2], 'matrix'],
    ['scalar', [1, 1], null],
    ['vector', [3], null],
    ['vector', [3, 1], null],
    ['vector', [1, 3], null],
    ['vector', [2, 3], 'matrix'],
    ['matrix', [3], null],
    ['matrix', [2, 2, 2], 'tensor[n,m,k]'],
    ['tensor', [2, 2, 2], null],
  ])('for a %s of sizes %j asks for the type %s', (kind, shape, type) => expect(typeOfValue(shape, variable(kind))).toBe(type));
});

test('what does not stand in the expression is no variable', () => {
  const variable = (name: string) => ({ name, kind: 'scalar', shape: [], properties: [], declared: true });
  const parsed = { function: { text: "x1'*A", latex: '', kind: 'row', shape: [] }, variables: ['x1', 'x', 'A'].map(variable) };
  expect(standing(parsed).variables.map((v) => v.name)).toEqual(['x1', 'A']);
});

describe('variables of what does not fit together', () => {
  const functions = (name: string): boolean => ['norm2', 'sum'].includes(name);
  test('are as declared, or as their letters have it', () => {
    const found = presumed("u = norm2(A*x); u + b'*pi", 'b: vector[m]', 'shape', [], functions);
    expect(found.map((v) => `${v.name} ${v.kind}`)).toEqual(['A matrix', 'x vector', 'b vector']);
  });
  test('stay while one types', () => expect(presumed('A*', '', 'syntax', [], functions)).toEqual([]));
});
