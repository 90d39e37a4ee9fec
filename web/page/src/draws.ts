/** Data for a function: what was typed, and random numbers of a size for the rest. */

import { ask, type Answer, type Nested, type Variable } from './api.ts';
import type { Context } from './context.ts';
import { about, data, unread } from './requests.ts';

export type Data = Readonly<Record<string, Nested>>;

const LETTERS = /\p{L}[\p{L}\p{N}_]*/gu;
const USUAL = [4, 3, 5, 2];

/** The names of sizes that variables without data have, in their order. */
export function sizeNames(variables: readonly Variable[], given: Data): string[] {
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

/** Values of all variables, and which of them are random; what is wrong with those that were given is said. */
export async function dataFor(
  context: Context,
  sizes: Readonly<Record<string, number>>,
  seed: number,
): Promise<Answer<{ readonly values: Data; readonly drawn: Data }>> {
  const { state, understood } = context;
  const error = unread(state, understood.variables);
  if (error) return { ok: false, error };
  const given = data(state, understood.variables);
  const answer = await ask('evaluate', { ...about(state), at: given, size: sizes, seed, value: true });
  if (!answer.ok) return answer;
  const drawn = answer.drawn ?? {};
  return { ok: true, values: { ...given, ...drawn }, drawn };
}
