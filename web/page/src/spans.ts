/**
 * The parts of an expression, by their places. The server alone knows what an expression means; this
 * only finds where parts begin and end, so that one can be pointed at and asked about.
 */

export interface Part {
  readonly from: number;
  readonly to: number;
  readonly children: readonly Part[];
  /** The function that is called there. */
  readonly calls?: string;
}

interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const TOKEN = /\s+|[\p{L}][\p{L}\p{N}_]*|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\.[*/^\\']|[^\s]/uy;

const BINDING: Readonly<Record<string, number>> = {
  '=': 1, ':': 2, '+': 3, '-': 3, '−': 3, '*': 4, '·': 4, '/': 4, '\\': 4, '.*': 4, './': 4, '⊙': 4, '⊘': 4, '⊗': 4,
};
const PREFIX = 5;
const POWER = 6;

function tokens(text: string): Token[] {
  const all: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) break;
    if (found[0].trim() !== '') all.push({ text: found[0], from, to: from + found[0].length });
  }
  return all;
}

/** The statements of a text, each with its parts; what cannot be understood has none. */
export function parts(text: string): Part[] {
  const all = tokens(text);
  let next = 0;
  const at = (k: number) => all[k]?.text;

  function primary(): Part {
    const token = all[next];
    if (!token) throw new Error('something is missing');
    next += 1;
    if (token.text === '-' || token.text === '+' || token.text === '−') {
      const operand = expression(PREFIX);
      return { from: token.from, to: operand.to, children: [operand] };
    }
    if (token.text === '(' || token.text === '[') {
      const [children, end] = list(token.text === '(' ? ')' : ']');
      return { from: token.from, to: end, children };
    }
    if (!/^[\p{L}\p{N}.:]/u.test(token.text)) throw new Error('no operand');
    if (/^\p{L}/u.test(token.text) && at(next) === '(') {
      next += 1;
      const [children, end] = list(')');
      return { from: token.from, to: end, children, calls: token.text };
    }
    return { from: token.from, to: token.to, children: [] };
  }

  function list(close: string): [Part[], number] {
    const children: Part[] = [];
    while (at(next) !== close) {
      if (at(next) === ',' || at(next) === ';') next += 1;
      else children.push(expression(1));
    }
    const end = all[next]?.to ?? 0;
    next += 1;
    return [children, end];
  }

  function postfix(operand: Part): Part {
    let whole = operand;
    for (;;) {
      const token = all[next];
      if (!token) return whole;
      if (token.text === "'" || token.text === 'ᵀ' || token.text === ".'") {
        next += 1;
        whole = { from: whole.from, to: token.to, children: [whole] };
      } else if (token.text === '[') {
        next += 1;
        const [, end] = list(']');
        whole = { from: whole.from, to: end, children: [whole] };
      } else if (token.text === '^' || token.text === '.^') {
        next += 1;
        const power = at(next) === '-' ? primary() : postfixless();
        whole = { from: whole.from, to: power.to, children: [whole, power] };
      } else return whole;
    }
  }

  function postfixless(): Part {
    return expression(POWER);
  }

  function expression(least: number): Part {
    const first = primary();
    let left = least === POWER ? first : postfix(first);
    for (;;) {
      const binding = BINDING[at(next) ?? ''] ?? 0;
      if (binding < least || binding === 0) return left;
      next += 1;
      const right = expression(binding + 1);
      left = { from: left.from, to: right.to, children: [left, right] };
    }
  }

  const statements: Part[] = [];
  try {
    while (next < all.length) {
      if (at(next) === ';') next += 1;
      else statements.push(expression(1));
    }
  } catch {
    // a text that is being typed
  }
  return statements;
}

/** The smallest part around a place, with those around it, the smallest first. */
export function partsAround(text: string, from: number, to = from): Part[] {
  const around: Part[] = [];
  const visit = (part: Part): void => {
    if (part.from > from || part.to < to) return;
    around.unshift(part);
    part.children.forEach(visit);
  };
  parts(text).forEach(visit);
  return around;
}
