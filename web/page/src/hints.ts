/** Hints that say what to write instead become buttons that write it. */

export interface Replacement {
  readonly text: string;
  /** What it would mean, such as “a number”. */
  readonly meaning: string;
}

export function replacements(hint: string | undefined): Replacement[] {
  if (!hint) return [];
  const meant = /^did you mean (.+)\?$/.exec(hint)?.[1];
  if (meant !== undefined) return [{ text: meant, meaning: '' }];
  const choices = /^write (.+)$/.exec(hint)?.[1];
  if (choices === undefined) return [];
  const alternatives = / or declare them$/.test(choices);
  return choices
    .split(/, or |, | or /)
    .map((choice) => {
      const labelled = /^(.+?) \(([a-z ]+)\)$/.exec(choice.trim());
      return { text: labelled?.[1] ?? choice.trim(), meaning: labelled?.[2] ?? '' };
    })
    // other hints give an example, which does not fit the place as it is
    .filter(({ text, meaning }) => meaning !== '' || (alternatives && !text.startsWith('declare')));
}
