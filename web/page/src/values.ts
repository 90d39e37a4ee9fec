/** Numbers as people paste them: MATLAB, NumPy, CSV, or one number. */

import type { Nested } from './api.ts';

/** Null if it is none of these. */
export function readValue(text: string): Nested | null {
  const trimmed = text.trim().replace(/^(?:np|numpy|torch|jnp)?\.?(?:array|tensor|matrix)\s*\(/, '(');
  const inner = trimmed.startsWith('(') ? trimmed.replace(/^\((.*?)(?:,\s*dtype\s*=[^)]*)?\)$/s, '$1').trim() : trimmed;
  if (inner === '') return null;
  if (/^\[\s*\[/.test(inner)) return readNested(inner);
  const bracketed = /^\[(.*)\]$/s.exec(inner);
  const rows = (bracketed?.[1] ?? inner)
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.split(/[\s,\t]+/).filter((cell) => cell !== ''));
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

function readNested(text: string): Nested | null {
  const commas = text
    // NumPy prints without commas
    .replace(/([\d.])\s+(?=[-+\d.])/g, '$1, ')
    .replace(/\]\s*(?=\[)/g, '], ')
    .replace(/([\d])\.(?=[,\]\s])/g, '$1.0')
    .replace(/,\s*,/g, ',');
  try {
    const read: unknown = JSON.parse(commas);
    return nested(read) ? read : null;
  } catch {
    return null;
  }
}

function nested(value: unknown): value is Nested {
  return typeof value === 'number' || (Array.isArray(value) && value.every(nested));
}

function number(text: string): number | null {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : null;
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
