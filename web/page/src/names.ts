/** Names as formulas show them. */

const GREEK = new Set(
  ('alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi ' +
    'psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega').split(' '),
);

/** Only letters, digits and `_` pass: a name cannot become a command. */
export function nameLatex(name: string): string {
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
