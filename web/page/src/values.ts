/** Numbers as people paste them: MATLAB, NumPy, CSV, or one number. */

import type { Nested } from './api.ts';

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';
const NUMBER_OR_FRACTION = new RegExp(`^${NUMBER}(?:/${NUMBER})?$`);

/** Null if it is none of these: what cannot be read whole is not read at all. */
export function readValue(text: string): Nested | null {
  const inner = unwrapped(text);
  if (/^\[\s*\[/.test(inner)) return readNested(inner);
  const bracketed = /^\[(.*)\]$/s.exec(inner);
  const rows = (bracketed?.[1] ?? inner)
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.replace(/,$/, '').trimEnd().split(/\s*,\s*|\s+/));
  const numbers = rows.map((row) => row.map(number));
  if (numbers.length === 0 || numbers.some((row) => row.includes(null))) return null;
  const table = numbers as number[][];
  if (table.length === 1) {
    const only = table[0] ?? [];
    return only.length === 1 && !bracketed ? (only[0] ?? null) : only;
  }
  // one number a line, or with semicolons between them, is a column
  if (table.every((row) => row.length === 1)) return table.map((row) => row[0] ?? 0);
  return table.every((row) => row.length === table[0]?.length) ? table : null;
}

/** Without what stands around numbers: a name, a call that makes an array and how, blanks in fractions. */
function unwrapped(text: string): string {
  const value = text
    .trim()
    .replace(/^\p{L}[\p{L}\p{N}_]*\s*=\s*/u, '')
    .replace(/;$/, '')
    .replace(/\s*\/\s*/g, '/')
    .replace(/−/g, '-');
  const call = /^(?:(?:np|numpy|torch|jnp)\.)?(?:array|tensor|matrix|float\d+)?\s*\((.*)\)$/s.exec(value);
  return call ? (call[1] ?? '').replace(/,\s*[a-z_]+\s*=[^\]]*$/s, '').replace(/,\s*$/, '').trim() : value.trim();
}

/** Brackets within brackets; NumPy prints them without commas. */
function readNested(text: string): Nested | null {
  const tokens = text.match(/[[\],]|[^[\],\s]+/g) ?? [];
  let next = 0;

  function list(): Nested[] | null {
    const entries: Nested[] = [];
    for (;;) {
      const token = tokens[next++];
      if (token === undefined || token === ',') return null;
      if (token === ']') return entries;
      const entry = token === '[' ? list() : number(token);
      if (entry === null) return null;
      entries.push(entry);
      if (tokens[next] === ',') next += 1;
    }
  }

  next += 1;
  const read = list();
  return read !== null && next === tokens.length && shapeOf(read) !== null ? read : null;
}

/** How many entries there are each way; null if rows differ in that. */
export function shapeOf(value: Nested): readonly number[] | null {
  if (!Array.isArray(value)) return [];
  const rows = (value as readonly Nested[]).map(shapeOf);
  const [first] = rows;
  if (!first || rows.some((row) => row?.join() !== first.join())) return null;
  return [rows.length, ...first];
}

function number(text: string): number | null {
  if (!NUMBER_OR_FRACTION.test(text)) return null;
  const [above = '', below] = text.split('/');
  const read = Number(above) / Number(below ?? 1);
  return Number.isFinite(read) ? read : null;
}

export function writeNumber(value: number | string, digits = 5): string {
  if (typeof value === 'string') return value === 'Infinity' ? '∞' : value === '-Infinity' ? '−∞' : value;
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(digits)));
}

export function writeNested(value: Nested): string {
  if (typeof value === 'number' || typeof value === 'string') return writeNumber(value);
  return '[' + value.map(writeNested).join(', ') + ']';
}
