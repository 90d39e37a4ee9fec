/** A formula as one would read it out, for those who listen to the page. */

const WORDS: Readonly<Record<string, string>> = {
  '+': 'plus', '-': 'minus', '−': 'minus', '*': 'times', '.*': 'entrywise times', '/': 'over', './': 'entrywise over',
  '=': 'equals', "'": 'transpose', '(': 'open bracket', ')': 'close bracket', ',': 'comma', ';': 'then',
  '⊗': 'Kronecker', '·': 'times', '[': 'sub', ']': '', '^': 'to the power', '.^': 'entrywise to the power',
};

const FUNCTIONS: Readonly<Record<string, string>> = {
  inv: 'the inverse of', tr: 'the trace of', det: 'the determinant of', logdet: 'the log determinant of',
  log: 'the logarithm of', exp: 'e to the', norm2: 'the norm of', norm1: 'the one-norm of', sum: 'the sum of',
  sqrt: 'the square root of', diag: 'the diagonal of', vec: 'vec of', eye: 'the identity of size',
  ones: 'ones of size', lse: 'log-sum-exp of', transpose: 'the transpose of', sign: 'the sign of',
};

const TOKEN = /\p{L}[\p{L}\p{N}_]*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|\.[*/^]|[^\s]/gu;

export function spoken(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  const words: string[] = [];
  for (let k = 0; k < tokens.length; k++) {
    const token = tokens[k] ?? '';
    const following = tokens[k + 1];
    if (following === '(' && /^\p{L}/u.test(token)) {
      words.push(FUNCTIONS[token] ?? `${token} of`);
      // one name in brackets needs none
      if (tokens[k + 3] === ')' && /^[\p{L}\d]/u.test(tokens[k + 2] ?? '')) {
        words.push(tokens[k + 2] ?? '');
        k += 3;
      }
    } else if ((token === '^' || token === '.^') && following === '2') {
      words.push(token === '^' ? 'squared' : 'entrywise squared');
      k += 1;
    } else words.push(WORDS[token] ?? token);
  }
  return words.filter((word) => word !== '').join(' ');
}
