import { describe, expect, test } from 'vitest';
import { checked, proved } from '../src/badge.ts';
import { labelLatex, nameLatex } from '../src/names.ts';
import { spanOf, unitsBefore } from '../src/positions.ts';
import { commandLine, curlCall, data, derivativeRequest, unread } from '../src/requests.ts';
import { spoken } from '../src/speech.ts';
import { START, type State } from '../src/state.ts';

describe('places', () => {
  test('count in code points', () => expect(unitsBefore('𝐀*x', 2)).toBe(3));
  test('of an error', () => expect(spanOf('A*x + B', 1, 7)).toEqual({ from: 0, to: 7 }));
  test('at the end are the last character', () => expect(spanOf("x'*", 4, 1)).toEqual({ from: 2, to: 3 }));
  test('of nothing', () => expect(spanOf('', 1, 0)).toEqual({ from: 0, to: 0 }));
});

describe('a formula read out', () => {
  test.each([
    ["2*A'*(A*x - b)", '2 times A transpose times open bracket A times x minus b close bracket'],
    ["inv(X)'", 'the inverse of X transpose'],
    ['x.^2', 'x entrywise squared'],
  ])('%s', (text, words) => expect(spoken(text)).toBe(words));
});

describe('names and labels as formulas', () => {
  test.each([
    ['x', 'x'],
    ['lambda', '\\lambda'],
    ['x1', 'x_{1}'],
    ['x_i', 'x_{i}'],
    ['X[1,2]', 'X_{1,2}'],
    ['W1[1,2]', '(W_{1})_{1,2}'],
    ['mu0', '\\mu_{0}'],
    ['price', '\\mathrm{price}'],
    ['\\evil{', '\\mathrm{evil}'],
  ])('%s', (name, latex) => expect(nameLatex(name)).toBe(latex));

  test.each([
    ['∂f/∂x_i', '\\frac{\\partial f}{\\partial x_{i}}'],
    ['∂Y_{i,j}/∂X_{r,s}', '\\frac{\\partial Y_{i,j}}{\\partial X_{r,s}}'],
    ['∂²f/∂x_i∂x_j', '\\frac{\\partial^2 f}{\\partial x_{i}\\partial x_{j}}'],
    ["∂vec(Y)'/∂vec(X)", '\\frac{\\partial \\operatorname{vec}(Y)^{\\top}}{\\partial \\operatorname{vec}(X)}'],
    ['∂²f/∂w∂w·v', '\\frac{\\partial^2 f}{\\partial w\\partial w} \\cdot v'],
    ['∂f/∂X[1,2]', '\\frac{\\partial f}{\\partial X_{1,2}}'],
    ['∂f/∂X[:,1]_i', '\\frac{\\partial f}{\\partial (X_{:,1})_{i}}'],
    ['∂f/∂W1_{i,j}', '\\frac{\\partial f}{\\partial (W_{1})_{i,j}}'],
    ['∂f/∂x1_i', '\\frac{\\partial f}{\\partial (x_{1})_{i}}'],
    ['∂f/∂x1[2]', '\\frac{\\partial f}{\\partial (x_{1})_{2}}'],
    ['d²f', '\\mathrm{d}^2 f'],
    ['dY', '\\mathrm{d} Y'],
  ])('%s', (label, latex) => expect(labelLatex(label)).toBe(latex));
});

const STATE: State = { ...START, expression: "x'*A*x", where: 'A: matrix[n,n]', layout: 'mixed' };

describe('a question', () => {
  test('by one name', () =>
    expect(derivativeRequest(STATE, ['x'])).toEqual({ expr: "x'*A*x", where: 'A: matrix[n,n]', wrt: 'x', layout: 'mixed' }));
  test('by each of several', () => expect(derivativeRequest(STATE, ['x', 'A'])).toMatchObject({ each: ['x', 'A'] }));
  test('by one after the other', () =>
    expect(derivativeRequest({ ...STATE, together: true }, ['x', 'A'])).toMatchObject({ wrt: ['x', 'A'] }));
  test('times a direction', () =>
    expect(derivativeRequest({ ...STATE, operator: 'product' }, ['x'])).toMatchObject({ order: 2, forms: true }));
  test('as a command', () =>
    expect(commandLine(STATE, ['x'])).toBe(`nabla "x'*A*x" x --where 'A: matrix[n,n]' --layout mixed`));
  test('as a command in LaTeX', () =>
    expect(commandLine({ ...START, expression: '\\frac{1}{2}x' }, ['x'])).toBe(`nabla '\\frac{1}{2}x' x`));
  test('for curl', () => expect(curlCall('http://h', STATE, ['x'])).toContain(`"expr":"x'\\''*A*x"`));
});

describe('a badge', () => {
  test('is green after a run that passed', () =>
    expect(checked({ passed: true, points: 3, maxRelativeError: 1.4e-13 }, 1)).toEqual({
      tone: 'good',
      text: 'agrees with central differences at 3 random points, worst relative error 1e-13, seed 1',
    }));
  test('says the sizes of its points', () =>
    expect(checked({ passed: true, points: 2, maxRelativeError: 1e-9, sizes: [{ m: 3, n: 4 }, { m: 5, n: 3 }] }, 7).text).toBe(
      'agrees with central differences at 2 random points (m = 3, 5; n = 4, 3), worst relative error 1e-9, seed 7',
    ));
  test('is red after one that did not', () => expect(checked({ passed: false, points: 3, maxRelativeError: 0.5 }, 1).tone).toBe('bad'));
  test('is amber without one', () => expect(checked({ passed: null, points: 0, reason: 'x' }, 1).tone).toBe('unsure'));
  test('is amber without a proof', () => expect(proved({ certified: false, reason: 'max has a kink' }).tone).toBe('unsure'));
});

describe('data', () => {
  const state: State = { ...START, values: { A: '[1, 2; 3]', b: '2', gone: 'nan', x: ' ' } };
  const named = (...names: string[]) => names.map((name) => ({ name }));
  test('are those that can be read, of variables that are there', () =>
    expect(data({ ...state, values: { ...state.values, gone: '1' } }, named('A', 'b', 'x'))).toEqual({ b: 2 }));
  test('that cannot be read are named', () =>
    expect(unread(state, named('A', 'b', 'x'))?.message).toBe('The value of A cannot be read.'));
  test('that nobody reads do no harm', () => expect(unread(state, named('b', 'x'))).toBeNull());
});
