/** Data for a function: what was typed, and random numbers of a size for the rest. */

import { ask, type Answer, type Nested, type ParseAnswer, type Variable } from './api.ts';
import type { Context } from './context.ts';
import { about, data, unread } from './requests.ts';
import { shapeOf } from './values.ts';

export type Data = Readonly<Record<string, Nested>>;

const LETTERS = /\p{L}[\p{L}\p{N}_]*/gu;
const NAME = /^\p{L}[\p{L}\p{N}_]*$/u;
const USUAL = [4, 3, 5, 2];

/** The names of sizes that no data tell and that variables without data have, in their order. */
export function sizeNames(variables: readonly Variable[], given: Data): string[] {
  const told = new Set(variables.flatMap((variable) => sizesTold(variable, given[variable.name])));
  const names = new Set<string>();
  for (const variable of variables) {
    if (variable.name in given) continue;
    for (const size of variable.shape) for (const name of String(size).match(LETTERS) ?? []) names.add(name);
  }
  return [...names].filter((name) => !told.has(name));
}

function sizesTold(variable: Variable, value: Nested | undefined): string[] {
  if (value === undefined || shapeOf(value)?.length !== variable.shape.length) return [];
  return variable.shape.map(String).filter((size) => NAME.test(size));
}

/** Sizes to begin with: small, all different, but for those of variables whose entries are named one by one. */
export function usualSizes(names: readonly string[], { function: { text }, variables }: ParseAnswer): Record<string, number> {
  const named = largestIndices(variables, text);
  return Object.fromEntries(names.map((name, k) => [name, named[name] ?? USUAL[k % USUAL.length] ?? 3]));
}

/** By the name of a size: the largest constant index, where `x[2]` or `X[1,2:3]` stand in a text. */
function largestIndices(variables: readonly Variable[], text: string): Record<string, number> {
  const largest: Record<string, number> = {};
  for (const [, name, within = ''] of text.matchAll(/(\p{L}[\p{L}\p{N}_]*)\[([^[\]]*)\]/gu)) {
    const shape = variables.find((variable) => variable.name === name)?.shape ?? [];
    within.split(',').forEach((index, axis) => {
      const last = /^\s*(?:\d+\s*:\s*)?(\d+)\s*$/.exec(index)?.[1];
      const size = String(shape[axis]);
      if (last !== undefined && NAME.test(size)) largest[size] = Math.max(largest[size] ?? 1, Number(last));
    });
  }
  return largest;
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
