/** What the tools below the answer work on. */

import type { ParseAnswer } from './api.ts';
import type { State } from './state.ts';

export interface Context {
  readonly state: State;
  readonly understood: ParseAnswer;
  readonly by: readonly string[];
  /** Makes these texts the values of variables. */
  keepValues(values: Record<string, string>): void;
}

/** A tool is drawn once; a new answer tells it, so that what was typed there stays. */
export interface Tool {
  update(context: Context): void;
}
