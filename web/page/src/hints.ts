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
  return choices
    .split(/, or |, | or /)
    .map((choice) => {
      const labelled = /^(.+?) \(([a-z ]+)\)$/.exec(choice.trim());
      return labelled
        ? { text: labelled[1] ?? '', meaning: labelled[2] ?? '' }
        : { text: choice.trim(), meaning: '' };
    })
    .filter((choice) => /\S/.test(choice.text) && !/^[a-z]+ [a-z]+/i.test(choice.text));
}
