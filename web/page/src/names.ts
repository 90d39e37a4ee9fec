/** Names as formulas show them. */

const GREEK = new Set(
  ('alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi ' +
    'psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega').split(' '),
);

/** An entry `X[1,2]` has its indices below. Only letters, digits and `_` pass: a name cannot become a command. */
export function nameLatex(name: string): string {
  const entry = /^(.+)\[([\p{L}\p{N}:,\s]*)\]$/u.exec(name);
  if (entry) {
    const whole = nameLatex(entry[1] ?? '');
    return `${hasIndex(whole) ? `(${whole})` : whole}_{${entry[2] ?? ''}}`;
  }
  const safe = name.replace(/[^\p{L}\p{N}_]/gu, '');
  const parts = /^(\p{L}+?)_?(\p{N}+|(?<=_)[\p{L}\p{N}]+)?$/u.exec(safe);
  if (!parts) return `\\mathrm{${safe.replace(/_/g, '\\_')}}`;
  const letters = parts[1] ?? '';
  const base = GREEK.has(letters)
    ? `\\${letters}`
    : [...letters].length === 1
      ? letters
      : `\\mathrm{${letters}}`;
  return parts[2] ? `${base}_{${parts[2]}}` : base;
}

/** Below such a name nothing more can stand. */
function hasIndex(latex: string): boolean {
  return latex.includes('_{');
}

/** What the server calls an entry or a form, such as `∂²f/∂x_i∂x_j` or `∂vec(Y)'/∂vec(X)`, as a formula. */
export function labelLatex(label: string, inline = false): string {
  const parts = /^(\S+?·)?(∂[^/]*|d\S*)(?:\/(∂[^·]*))?(·\S+)?$/.exec(label);
  if (!parts) return symbols(label);
  const [, before = '', top = '', bottom, after = ''] = parts;
  return symbols(before) + fraction(symbols(top), bottom, inline) + symbols(after);
}

function fraction(top: string, bottom: string | undefined, inline: boolean): string {
  if (bottom === undefined) return top;
  return inline ? `${top} / ${symbols(bottom)}` : `\\frac{${top}}{${symbols(bottom)}}`;
}

function symbols(text: string): string {
  let latex = '';
  /** Where the last name begins, and whether indices of its own stand below it. */
  let base = 0;
  let entryOf = false;
  const token = /([∂d])(²|³)?(?=\p{L}|$)|(vec)\(|\[([^\]]*)\]|_\{([^}]*)\}|_(\p{L})|(\p{L}[\p{L}\p{N}]*)|(\d)|(.)/gu;
  for (const [, d, power, vec, entry, below, index, name, digit, other] of text.matchAll(token)) {
    if (d !== undefined) latex += (d === '∂' ? '\\partial' : '\\mathrm{d}') + (power === undefined ? ' ' : power === '²' ? '^2 ' : '^3 ');
    else if (vec !== undefined) latex += '\\operatorname{vec}(';
    else if (entry !== undefined || below !== undefined || index !== undefined) {
      // an entry of a part, such as X[:,1]_i, or of x1
      if (entryOf) latex = `${latex.slice(0, base)}(${latex.slice(base)})`;
      latex += `_{${(entry ?? below ?? index ?? '').replace(/[^\p{L}\p{N},:]/gu, '')}}`;
      entryOf = entry !== undefined;
    } else if (name !== undefined) {
      base = latex.length;
      entryOf = hasIndex(nameLatex(name));
      latex += nameLatex(name);
    }
    else if (digit !== undefined) latex += digit;
    else if (other === '·') latex += ' \\cdot ';
    else if (other === "'") latex += '^{\\top}';
    else if (other === '²') latex += '^2';
    else if (other !== undefined && /[()+,=/ -]/.test(other)) latex += other;
  }
  return latex;
}
