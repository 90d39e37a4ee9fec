/** What the page is about: everything a link holds. Whatever is shown follows from it. */

export const LAYOUTS = ['denominator', 'numerator', 'mixed'] as const;
export type Layout = (typeof LAYOUTS)[number];

export const STRUCTURES = ['ambient', 'projected', 'independent'] as const;
export type Structure = (typeof STRUCTURES)[number];

/** `product` is the second derivative times a direction, never formed. */
export const OPERATORS = ['first', 'second', 'third', 'product', 'laplacian', 'divergence'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface State {
  readonly expression: string;
  /** The names that are differentiated by; none lets the page choose. */
  readonly by: readonly string[];
  /** Whether several names are taken one after the other, not each by itself. */
  readonly together: boolean;
  readonly operator: Operator;
  readonly where: string;
  readonly layout: Layout;
  readonly structure: Structure;
  /** Whether long parts that are repeated get names. */
  readonly repeats: boolean;
  /** Data of variables, as they were typed. */
  readonly values: Readonly<Record<string, string>>;
}

export const START: State = {
  expression: '',
  by: [],
  together: false,
  operator: 'first',
  where: '',
  layout: 'denominator',
  structure: 'ambient',
  repeats: false,
  values: {},
};

/**
 * The names to differentiate by: those wanted that are there, or else the one that a reader would
 * expect, which is `x` or the first vector.
 */
export function chosenNames(
  wanted: readonly string[],
  variables: readonly { name: string; kind: string }[],
): string[] {
  // an entry, such as X[1,2], is there if its variable is
  const there = wanted.filter((name) => variables.some((v) => v.name === name.replace(/\[.*$/s, '')));
  if (there.length > 0) return there;
  const order = ['x', 'w', 'X', 'W'];
  const familiar = order.find((name) => variables.some((v) => v.name === name));
  const fallback =
    familiar ??
    (variables.find((v) => v.kind === 'vector') ??
      variables.find((v) => v.kind === 'matrix') ??
      variables[0])?.name;
  return fallback === undefined ? [] : [fallback];
}

export function sameState(a: State, b: State): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
