/** Several constraints in one field, one a line or with signs between them. */

/** Parts at `,` and `;` that stand in no brackets, and at line ends. */
export function constraints(text: string): string[] {
  return text.split('\n').flatMap(partsOf).map((part) => part.trim()).filter((part) => part !== '');
}

function partsOf(line: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  [...line.matchAll(/[()[\]{},;]/g)].forEach(({ 0: sign, index }) => {
    if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    else if (depth <= 0) {
      parts.push(line.slice(start, index));
      start = index + 1;
    }
  });
  return [...parts, line.slice(start)];
}
