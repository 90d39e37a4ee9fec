import { expect, test } from 'vitest';
import { drawnText } from '../src/drawn.ts';

test.each([
  [['A', 'b'], [], 'Random: A, b (seed 7)'],
  [['A', 'x'], ['x'], 'Random: A, where x begins (seed 7)'],
  [['x', 'y'], ['x', 'y'], 'Random: where x, y begin (seed 7)'],
])('%j, of which %j move', (names, moving, text) => expect(drawnText(names, moving, 7)).toBe(text));
