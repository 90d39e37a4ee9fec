/** The questions that the server answers, and what their answers hold. */

export type Size = string | number;
export type Nested = number | string | readonly Nested[];

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly column?: number;
  readonly length?: number;
  readonly field?: 'expr' | 'where';
  readonly hint?: string;
}

export interface Refused {
  readonly ok: false;
  readonly error: Failure;
}

export type Answer<T> = (T & { readonly ok: true }) | Refused;

export interface Formula {
  readonly text: string;
  readonly latex: string;
  readonly kind: string;
  readonly shape: readonly Size[];
}

export interface Variable {
  readonly name: string;
  readonly kind: string;
  readonly shape: readonly Size[];
  readonly properties: readonly string[];
  readonly declared: boolean;
}

export interface Form {
  readonly form: string;
  readonly label: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
  readonly shape: readonly Size[];
  readonly meaning: string;
}

export interface Derivative extends Formula {
  readonly unicode: string;
  readonly axes: string;
  readonly conditions: readonly string[];
  readonly notes?: readonly string[];
  readonly layouts?: readonly (Formula & { readonly layout: string })[];
  readonly forms?: readonly Form[];
  readonly whyIndexed?: string;
}

export interface Check {
  readonly passed: boolean | null;
  readonly points: number;
  readonly maxRelativeError?: number | string;
  /** Those of each point. */
  readonly sizes?: readonly Readonly<Record<string, number>>[];
  readonly reason?: string;
}

export interface Certificate {
  readonly certified: boolean;
  readonly refuted?: boolean;
  readonly reason?: string;
  readonly primes?: readonly number[];
  readonly points?: number;
  readonly sizes?: readonly Readonly<Record<string, number>>[];
  readonly degree?: number;
  readonly errorProbability?: number;
}

export interface Rule {
  readonly name: string;
  readonly statement?: string;
}

export interface Step {
  readonly left: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
  readonly changed: readonly { readonly start: number; readonly length: number }[];
  readonly rules: readonly Rule[];
  readonly conditions: readonly string[];
  readonly kind: string;
  readonly shape: readonly Size[];
}

export interface Explanation {
  readonly method: string;
  readonly steps: readonly Step[];
}

export interface Verdict {
  readonly right: boolean;
  readonly kind: string;
  readonly message: string;
  readonly correct: string;
  readonly evidence?: string;
  readonly label?: string;
  readonly difference?: string;
  readonly witness?: {
    readonly at: Readonly<Record<string, Nested>>;
    readonly index: readonly number[];
    readonly correct: number | string;
    readonly claim: number | string;
  };
}

/** What belongs to one derivative. */
export interface Evidence {
  readonly check?: Check;
  readonly certificate?: Certificate;
  readonly explanation?: Explanation;
  readonly verdict?: Verdict;
}

export interface ParseAnswer {
  readonly function: Formula;
  readonly variables: readonly Variable[];
}

export interface DerivativeAnswer extends ParseAnswer, Evidence {
  readonly derivative?: Derivative;
  readonly derivatives?: readonly (Derivative & Evidence & { readonly wrt: string | string[] })[];
}

export interface VerdictAnswer {
  readonly verdict: Verdict;
}

export interface DerivationAnswer {
  readonly right: boolean;
  readonly steps: readonly {
    readonly line: number;
    readonly text: string;
    readonly against?: string;
    readonly verdict?: Verdict;
  }[];
}

export interface Evaluated {
  readonly operator: string;
  readonly wrt: readonly string[];
  readonly layout: string;
  readonly shape: readonly number[];
  readonly structure: string;
  readonly numeric: Nested;
}

export interface EvaluateAnswer {
  /** Unless the cost was asked for. */
  readonly results: readonly Evaluated[];
  readonly cost?: { readonly flops: number; readonly bytes: number };
  readonly drawn?: Readonly<Record<string, Nested>>;
}

export interface MinimumAnswer {
  readonly status: string;
  readonly reason: string;
  readonly value: number | string;
  readonly point: Readonly<Record<string, Nested>>;
  readonly gradientNorm: number | string;
  readonly violation: number | string;
  readonly multipliers: Readonly<Record<string, Nested>>;
  readonly iterations: number;
  readonly curvature: { readonly kind: string; readonly smallest?: number; readonly largest?: number };
  readonly global: boolean;
  readonly formula: Readonly<Record<string, string>>;
  readonly explanation?: readonly { readonly left: string; readonly text: string; readonly remark: string }[];
  /** Instead of all others where several starts were asked for, the least first. */
  readonly stationaryPoints?: readonly MinimumAnswer[];
}

export interface ConvexAnswer {
  readonly kind: string;
  readonly over: readonly string[];
  readonly modulus?: string | number;
  readonly where: string | readonly string[];
  readonly reason: readonly string[];
  readonly notConvex?: CounterExample;
  readonly notConcave?: CounterExample;
}

export interface CounterExample {
  readonly point: Readonly<Record<string, Nested>>;
  readonly direction: Readonly<Record<string, Nested>>;
  readonly difference: number | string;
}

export interface PlotAnswer {
  readonly title: string;
  readonly findings: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

export interface Answers {
  parse: ParseAnswer;
  derivative: DerivativeAnswer;
  explain: DerivativeAnswer;
  check: VerdictAnswer | DerivationAnswer;
  evaluate: EvaluateAnswer;
  minimize: MinimumAnswer;
  convex: ConvexAnswer;
  plot: PlotAnswer;
}

export interface FunctionEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly signatures: readonly string[];
  readonly summary: string;
}

/** The code of an error that is the connection's, not the question's. */
export const OFFLINE = 'offline';

const MOST_TRIES = 3;

/**
 * Asks; a server that is busy is asked again when it says so. An abort is passed on as it is, and
 * whatever else goes wrong is an answer.
 */
export async function ask<Q extends keyof Answers>(
  question: Q,
  body: object,
  signal?: AbortSignal,
): Promise<Answer<Answers[Q]>> {
  for (let tried = 1; ; tried++) {
    let response: Response;
    try {
      response = await fetch(`api/${question}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        ...(signal ? { signal } : {}),
      });
      const busy = response.status === 429 || response.status === 503;
      if (!busy || tried === MOST_TRIES) {
        return (await response.json()) as Answer<Answers[Q]>;
      }
    } catch (problem) {
      if (signal?.aborted) throw problem;
      return refused(OFFLINE, 'The server does not answer. Editing and links work; results wait for it.');
    }
    await pause(1000 * Number(response.headers.get('Retry-After') ?? 1), signal);
  }
}

function refused(code: string, message: string): Refused {
  return { ok: false, error: { code, message } };
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(milliseconds, 10_000));
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

export async function functions(): Promise<readonly FunctionEntry[]> {
  try {
    const response = await fetch('functions.json');
    return response.ok ? ((await response.json()) as FunctionEntry[]) : [];
  } catch {
    return [];
  }
}

export async function version(): Promise<string> {
  try {
    const health = (await (await fetch('health')).json()) as { version?: string };
    return health.version ?? '';
  } catch {
    return '';
  }
}
