/** Arrays of numbers to look at: as they are while they are small, then as a map of colours. */

import type { Nested } from './api.ts';
import { copyButton } from './copy.ts';
import { element } from './dom.ts';
import { writeNested, writeNumber } from './values.ts';

const MOST_ROWS = 6;
const CELL = 14;
const MOST_CELLS = 160;

type Numbers = readonly (number | string)[];

export function arrayView(name: string, value: Nested): HTMLElement {
  if (!Array.isArray(value)) return element('code', { class: 'number' }, writeNested(value));
  const rows = rowsOf(value);
  if (!rows) return slices(name, value as readonly Nested[]);
  const small = rows.length <= MOST_ROWS && (rows[0]?.length ?? 0) <= MOST_ROWS;
  return element(
    'div',
    { class: 'array' },
    small ? table(name, rows) : heatMap(name, rows),
    element(
      'div',
      { class: 'copies' },
      copyButton('CSV', () => rows.map((row) => row.join(',')).join('\n')),
      copyButton('NumPy', () => `np.array(${JSON.stringify(value)})`),
      copyButton('MATLAB', () => `[${rows.map((row) => row.join(' ')).join('; ')}]`),
    ),
  );
}

/** A vector is a column. */
function rowsOf(value: readonly Nested[]): Numbers[] | null {
  const flat = (row: readonly Nested[]): row is Numbers => row.every((entry) => !Array.isArray(entry));
  if (flat(value)) return value.map((entry) => [entry]);
  const rows = value as readonly (readonly Nested[])[];
  return rows.every(flat) ? [...(rows as unknown as Numbers[])] : null;
}

function slices(name: string, value: readonly Nested[]): HTMLElement {
  return element(
    'div',
    { class: 'array' },
    ...value.slice(0, MOST_ROWS).map((slice, k) =>
      element('div', {}, element('code', {}, `${name}[${k + 1}, …]`), arrayView(`${name}[${k + 1}]`, slice)),
    ),
    value.length > MOST_ROWS && element('p', { class: 'muted' }, `and ${value.length - MOST_ROWS} more`),
    copyButton('JSON', () => JSON.stringify(value)),
  );
}

function table(name: string, rows: readonly Numbers[]): HTMLElement {
  return element(
    'div',
    { class: 'numbers' },
    element(
      'table',
      { 'aria-label': name },
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((entry) => element('td', {}, writeNumber(entry, 4)))))),
    ),
  );
}

/** Blue below zero, red above; the legend says which numbers these are. */
function heatMap(name: string, rows: readonly Numbers[]): HTMLElement {
  const columns = rows[0]?.length ?? 0;
  const all = rows.flat().map(Number).filter(Number.isFinite);
  const least = all.reduce((a, b) => Math.min(a, b), 0);
  const largest = all.reduce((a, b) => Math.max(a, b), 0);
  const scale = Math.max(-least, largest) || 1;
  const canvas = element('canvas', {
    width: Math.min(columns, MOST_CELLS) * CELL,
    height: Math.min(rows.length, MOST_CELLS) * CELL,
    role: 'img',
    'aria-label': `${name}: ${rows.length} by ${columns} numbers from ${writeNumber(least)} to ${writeNumber(largest)}`,
  });
  const pen = canvas.getContext('2d');
  if (pen) {
    rows.slice(0, MOST_CELLS).forEach((row, i) =>
      row.slice(0, MOST_CELLS).forEach((entry, j) => {
        const strength = Math.min(1, Math.abs(Number(entry)) / scale);
        const hue = Number(entry) < 0 ? '36, 71, 168' : '176, 42, 32';
        pen.fillStyle = Number.isFinite(Number(entry)) ? `rgba(${hue}, ${strength})` : '#888';
        pen.fillRect(j * CELL, i * CELL, CELL, CELL);
      }),
    );
  }
  const reading = element('span', { class: 'muted' }, 'Point at an entry to read it.');
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    const i = Math.floor(((event.clientY - box.top) / box.height) * Math.min(rows.length, MOST_CELLS));
    const j = Math.floor(((event.clientX - box.left) / box.width) * Math.min(columns, MOST_CELLS));
    const entry = rows[i]?.[j];
    if (entry !== undefined) reading.textContent = `${i + 1}, ${j + 1}: ${writeNumber(entry)}`;
  });
  return element(
    'div',
    { class: 'numbers' },
    canvas,
    element('p', { class: 'muted' }, `blue ${writeNumber(least, 3)} · white 0 · red ${writeNumber(largest, 3)}. `, reading),
  );
}
