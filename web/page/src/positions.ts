/** The server counts in code points, the editor in UTF-16 units. */

export function unitsBefore(text: string, codePoints: number): number {
  let units = 0;
  let seen = 0;
  for (const character of text) {
    if (seen >= codePoints) break;
    units += character.length;
    seen += 1;
  }
  return units;
}

/** Where an error is, in UTF-16 units; at least one character, also at the end of the text. */
export function spanOf(text: string, column: number, length: number): { from: number; to: number } {
  const from = unitsBefore(text, column - 1);
  const to = unitsBefore(text, column - 1 + Math.max(1, length));
  if (from < to) return { from, to };
  return { from: Math.max(0, text.length - 1), to: text.length };
}
