/** Answers while one types: asked after a pause, and only the last question's answer counts. */

const PAUSE = 150;
/** Until then nothing says that an answer is awaited: most are there before. */
const PATIENCE = 300;

export interface Live {
  /** Asks when nothing has changed for a while. */
  soon(): void;
  now(): void;
}

export function live(
  answer: (signal: AbortSignal) => Promise<void>,
  waiting: (slow: boolean) => void,
): Live {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();

  function now(): void {
    clearTimeout(timer);
    asked.abort();
    const own = new AbortController();
    asked = own;
    const patience = setTimeout(() => waiting(true), PATIENCE);
    answer(own.signal)
      .catch((problem: unknown) => {
        if (!own.signal.aborted) throw problem;
      })
      .finally(() => {
        clearTimeout(patience);
        if (asked === own) waiting(false);
      });
  }

  return {
    now,
    soon() {
      clearTimeout(timer);
      // an answer to a text that is no longer there is of no use
      asked.abort();
      timer = setTimeout(now, PAUSE);
    },
  };
}
