/** Questions as the server, the command line and curl put them. */

import type { Failure, Nested } from './api.ts';
import type { State } from './state.ts';
import { readValue } from './values.ts';

export interface Request {
  readonly [field: string]: unknown;
}

/** What every question about the expression begins with. */
export function about(state: State): Request {
  return state.where.trim() === ''
    ? { expr: state.expression }
    : { expr: state.expression, where: state.where };
}

/** The derivative by some names; several are each by themselves unless they go together. */
export function derivativeRequest(state: State, by: readonly string[]): Request {
  const several = by.length > 1 && !state.together;
  const request: Record<string, unknown> = {
    ...about(state),
    ...(several ? { each: by } : { wrt: by.length === 1 ? by[0] : by }),
  };
  const single = by.length === 1 || several;
  if (state.operator === 'laplacian' || state.operator === 'divergence') request.operator = state.operator;
  else if (single && state.operator === 'third') request.order = 3;
  else if (single && state.operator !== 'first') request.order = 2;
  if (state.operator === 'product') request.forms = true;
  if (state.layout !== 'denominator') request.layout = state.layout;
  if (state.structure !== 'ambient') request.structure = state.structure;
  if (state.repeats) request.nameRepeats = true;
  return request;
}

/** The same as a call of the command line, for each name by itself. */
export function commandLine(state: State, by: readonly string[]): string {
  const words = ['nabla'];
  if (state.operator === 'laplacian' || state.operator === 'divergence') words.push(state.operator);
  words.push(quoted(state.expression), ...by.map((name) => (/^[\p{L}\p{N}_]+$/u.test(name) ? name : quoted(name))));
  if (by.length === 1 && state.operator === 'third') words.push('--order', '3');
  else if (by.length === 1 && (state.operator === 'second' || state.operator === 'product')) {
    words.push('--order', '2');
  }
  if (state.operator === 'product') words.push('--forms');
  if (state.where.trim() !== '') words.push('--where', quoted(state.where));
  if (state.layout !== 'denominator') words.push('--layout', state.layout);
  if (state.structure !== 'ambient') words.push('--structure', state.structure);
  if (state.repeats) words.push('--name-repeats');
  return words.join(' ');
}

export function curlCall(origin: string, state: State, by: readonly string[]): string {
  const body = JSON.stringify(derivativeRequest(state, by)).replace(/'/g, `'\\''`);
  return `curl -s ${origin}/api/derivative -H 'Content-Type: application/json' -d '${body}'`;
}

/** In single quotes a shell changes nothing; where the text has some, double ones need escapes. */
function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
}

/** The data of these variables that were given and can be read. */
export function data(state: State, variables: readonly Named[]): Record<string, Nested> {
  const read: Record<string, Nested> = {};
  for (const [name, text] of given(state, variables)) {
    const value = readValue(text);
    if (value !== null) read[name] = value;
  }
  return read;
}

/** What to say of data that cannot be read: to take other numbers in their place would mislead. */
export function unread(state: State, variables: readonly Named[]): Failure | null {
  const names = given(state, variables).filter(([, text]) => readValue(text) === null).map(([name]) => name);
  if (names.length === 0) return null;
  return {
    code: 'value',
    message: `The value of ${names.join(', ')} cannot be read.`,
    hint: 'Write a number, [1, 2; 3, 4], [[1, 2], [3, 4]] or lines of CSV.',
  };
}

interface Named {
  readonly name: string;
}

/** What was typed for other names is kept for when they return, and is no datum. */
function given(state: State, variables: readonly Named[]): [string, string][] {
  const names = new Set(variables.map(({ name }) => name));
  return Object.entries(state.values).filter(([name, text]) => names.has(name) && text.trim() !== '');
}
