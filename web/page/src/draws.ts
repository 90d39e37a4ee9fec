/** Data for a function: what was typed, and random numbers of a size for the rest. */

import { ask, type Failure, type Nested, type Variable } from './api.ts';
import type { Context } from './context.ts';
import { about, data } from './requests.ts';

const LETTERS = /\p{L}[\p{L}\p{N}_]*/gu;
const USUAL = [4, 3, 5, 2];

/** The names of sizes that variables without data have, in their order. */
export function sizeNames(variables: readonly Variable[], given: Readonly<Record<string, Nested>>): string[] {
  const names = new Set<string>();
  for (const variable of variables) {
    if (variable.name in given) continue;
    for (const size of variable.shape) for (const name of String(size).match(LETTERS) ?? []) names.add(name);
  }
  return [...names];
}

export function usualSizes(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, k) => [name, USUAL[k % USUAL.length] ?? 3]));
}

/** All variables with values; what is wrong with those that were given is said. */
export async function dataFor(
  context: Context,
  sizes: Readonly<Record<string, number>>,
  seed: number,
): Promise<Record<string, Nested> | Failure> {
  const given = data(context.state);
  const answer = await ask('evaluate', { ...about(context.state), at: given, size: sizes, seed, value: true });
  return answer.ok ? { ...given, ...answer.drawn } : answer.error;
}

export function isFailure(value: Record<string, Nested> | Failure): value is Failure {
  return typeof (value as Failure).code === 'string' && typeof (value as Failure).message === 'string';
}
