/**
 * Declarations as rows of a table. The text stays the truth: what a row does not understand, such as
 * the arrow of a function, is kept as it was written.
 */

import type { ParseAnswer, Size, Variable } from './api.ts';

export const KINDS = ['scalar', 'vector', 'matrix', 'tensor'] as const;
export type Kind = (typeof KINDS)[number];

export interface Declaration {
  readonly names: readonly string[];
  readonly type: string;
  /** Where it stands, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export interface Type {
  readonly kind: Kind;
  readonly sizes: readonly string[];
  readonly properties: readonly string[];
}

export function declarations(where: string): Declaration[] {
  const all: Declaration[] = [];
  let start = 0;
  for (const part of where.split(/[;\n]/)) {
    const colon = part.indexOf(':');
    if (part.trim() !== '') {
      const names = (colon < 0 ? part : part.slice(0, colon)).split(',').map((name) => name.trim());
      const type = colon < 0 ? '' : part.slice(colon + 1).trim();
      all.push({ names: names.filter((name) => name !== ''), type, start, end: start + part.length });
    }
    start += part.length + 1;
  }
  return all;
}

export function declaredType(where: string, name: string): string | undefined {
  return declarations(where).find((d) => d.names.includes(name))?.type;
}

/** The same declarations with another type for a name; none takes its declaration away. */
export function declare(where: string, name: string, type: string | null): string {
  const kept: string[] = [];
  let placed = type === null;
  for (const d of declarations(where)) {
    const others = d.names.filter((other) => other !== name);
    if (others.length === d.names.length) {
      kept.push(write(d.names, d.type));
      continue;
    }
    if (others.length > 0) kept.push(write(others, d.type));
    if (!placed) kept.push(write([name], type ?? ''));
    placed = true;
  }
  if (!placed) kept.push(write([name], type ?? ''));
  return kept.join('; ');
}

function write(names: readonly string[], type: string): string {
  return type === '' ? names.join(', ') : `${names.join(', ')}: ${type}`;
}

/** Null for what is no plain type, such as that of a function. */
export function readType(type: string): Type | null {
  const parts = /^(scalar|vector|matrix|tensor)\s*(?:\[([^\]]*)\])?\s*([a-z\s,]*)$/.exec(type.trim());
  if (!parts) return null;
  return {
    kind: parts[1] as Kind,
    sizes: (parts[2] ?? '').split(',').map((size) => size.trim()).filter((size) => size !== ''),
    properties: (parts[3] ?? '').split(/[\s,]+/).filter((property) => property !== ''),
  };
}

export function writeType(type: Type): string {
  const sizes = type.kind === 'scalar' || type.sizes.length === 0 ? '' : `[${type.sizes.join(',')}]`;
  return [type.kind + sizes, ...type.properties].join(' ');
}

export function typeOf(variable: Variable): string {
  return writeType({
    kind: variable.kind as Kind,
    sizes: variable.shape.map(String),
    properties: variable.properties,
  });
}

/** Declarations of variables as they were understood, and those of functions as they were written. */
export function asUnderstood(variables: readonly Variable[], where: string): string {
  const functions = declarations(where).filter((d) => d.type.includes('->'));
  return [
    ...variables.map((v) => `${v.name}: ${typeOf(v)}`),
    ...functions.map((d) => `${d.names.join(', ')}: ${d.type}`),
  ].join('; ');
}

/** `vector[n]`, as a reader says it. */
export function shapeText(kind: string, shape: readonly Size[]): string {
  return shape.length === 0 ? kind : `${kind}[${shape.join(',')}]`;
}

export function kindOf(shape: readonly Size[]): Kind {
  return KINDS[Math.min(shape.length, 3)] ?? 'tensor';
}

/** What the next kind needs of sizes: those there are, then new letters. */
export function sizesFor(kind: Kind, sizes: readonly string[]): string[] {
  const count = { scalar: 0, vector: 1, matrix: 2, tensor: 3 }[kind];
  if (kind === 'tensor' && sizes.length > 3) return [...sizes];
  const free = ['n', 'm', 'k', 'p'].filter((letter) => !sizes.includes(letter));
  const own = sizes.slice(0, count);
  while (own.length < count) own.push(free.shift() ?? 'q');
  return own;
}

/**
 * The type of a variable whose value has more axes than it was taken for; null if its value fits.
 * A row or a column of numbers fits a vector.
 */
export function typeOfValue(shape: readonly number[], variable: Variable): string | null {
  const axes = KINDS.indexOf(variable.kind as Kind);
  const long = shape.filter((size) => size !== 1).length;
  if (axes < 0 || long <= axes) return null;
  const kind = kindOf(shape);
  return writeType({ kind, sizes: kind === 'tensor' ? sizesFor(kind, []) : [], properties: [] });
}

const OF_SQUARES = [
  'symmetric', 'pd', 'psd', 'diagonal', 'orthogonal', 'invertible', 'skew', 'lower', 'upper', 'idempotent',
];
const OF_ANY = ['positive', 'nonnegative', 'integer', 'constant'];

export function propertiesFor(kind: string, shape: readonly Size[]): string[] {
  const square = shape.length === 2 && String(shape[0]) === String(shape[1]);
  if (kind === 'matrix') return square ? [...OF_SQUARES, 'toeplitz', ...OF_ANY] : ['toeplitz', ...OF_ANY];
  if (kind === 'vector') return ['simplex', 'unit', ...OF_ANY];
  return OF_ANY;
}

/** What was declared and does not stand in the expression is no variable of it. */
export function standing(parsed: ParseAnswer): ParseAnswer {
  const names = new Set(parsed.function.text.match(/\p{L}[\p{L}\p{N}_]*/gu));
  return { function: parsed.function, variables: parsed.variables.filter((v) => names.has(v.name)) };
}

const MEANINGLESS = new Set(['syntax', 'name', 'arity', 'limit', 'request', 'offline']);
const CONSTANTS = new Set(['pi', 'e', 'eye', 'end', 'delta']);

/**
 * The variables of an expression that does not fit together, so that one can say what they are: as
 * declared, as they were, or as their letters have it.
 */
export function presumed(
  expression: string,
  where: string,
  code: string,
  before: readonly Variable[],
  isFunction: (name: string) => boolean,
): readonly Variable[] {
  if (MEANINGLESS.has(code) || expression.includes('\\')) return before;
  const names = new Set(expression.match(/\p{L}[\p{L}\p{N}_]*(?!\s*\(|[\p{L}\p{N}_])/gu));
  const defined = new Set([...expression.matchAll(/(?:^|;)\s*(\p{L}[\p{L}\p{N}_]*)\s*(?:\[[^\]]*\]\s*)?=/gu)].map((match) => match[1]));
  return [...names]
    .filter((name) => !isFunction(name) && !CONSTANTS.has(name) && !defined.has(name))
    .map((name) => {
      const declared = declaredType(where, name);
      const type = declared === undefined ? null : readType(declared);
      if (type) return { name, kind: type.kind, shape: type.sizes, properties: type.properties, declared: true };
      return before.find((v) => v.name === name) ?? { name, kind: kindOfLetter(name), shape: [], properties: [], declared: false };
    });
}

function kindOfLetter(name: string): Kind {
  if (/^\p{Lu}/u.test(name)) return 'matrix';
  return /^[h-z]$|^[h-z][\d_]/.test(name) ? 'vector' : 'scalar';
}
