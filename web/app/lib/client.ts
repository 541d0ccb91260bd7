// One request at a time per question; a newer question aborts the older one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type AnyDoc, type Doc, documentText, operationName } from '../gql';
import { url } from './router';

export interface GraphqlProblem {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
}

export type FailureKind = 'unreachable' | 'refused' | 'partial';

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly problems: GraphqlProblem[] = [],
    readonly status = 0,
  ) {
    super(message);
  }
}

/** Whether the network is gone that leads to the server. A server on this machine needs none. */
export function offline(): boolean {
  return navigator.onLine === false && !/^(localhost|127\..*|\[::1\])$/.test(location.hostname);
}

/** What the server says it does not know: a field, argument or type that a page needs. */
export function isMissingField(failure: Failure): boolean {
  return failure.problems.some((p) => p.extensions?.code === 'GRAPHQL_VALIDATION_FAILED');
}

export async function request<R, V>(document: Doc<R, V>, variables: V, signal?: AbortSignal): Promise<R> {
  let response: Response;
  try {
    response = await fetch(url('graphql'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query: documentText(document), variables, operationName: operationName(document) }),
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Failure('unreachable', String((cause as Error).message ?? cause));
  }
  let body: { data?: R | null; errors?: GraphqlProblem[] };
  try {
    body = await response.json();
  } catch {
    if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
    throw new Failure(response.status >= 500 ? 'unreachable' : 'refused', `HTTP ${response.status}`, [], response.status);
  }
  if (body.errors?.length || !body.data) {
    const problems = body.errors ?? [{ message: `HTTP ${response.status}` }];
    throw new Failure(body.data ? 'partial' : 'refused', problems[0]!.message, problems, response.status);
  }
  return body.data;
}

export interface Asked<R> {
  data: R | null;
  /** The answer shown belongs to an earlier question; the new one is under way. */
  stale: boolean;
  loading: boolean;
  failure: Failure | null;
  retry: () => void;
}

const REMEMBERED = 40;
const answers = new Map<string, unknown>();

function remember(key: string, answer: unknown): void {
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value as string);
}

/** Asks while the component lives. The last answer stays in view until the next one is there. */
export function useQuery<R, V>(document: Doc<R, V>, variables: V, skip = false): Asked<R> {
  const key = `${operationName(document as AnyDoc)} ${JSON.stringify(variables)}`;
  const [, redraw] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const state = useRef<{ key: string; data: R | null; failure: Failure | null; done: boolean }>({
    key: '',
    data: null,
    failure: null,
    done: false,
  });
  const s = state.current;
  if (!skip && s.key !== key) {
    const known = answers.get(key) as R | undefined;
    s.key = key;
    s.done = known !== undefined;
    s.failure = null;
    if (known !== undefined) s.data = known;
  }
  useEffect(() => {
    if (skip || (s.done && !s.failure)) return;
    const controller = new AbortController();
    request(document, variables, controller.signal).then(
      (data) => {
        remember(key, data);
        if (s.key !== key || controller.signal.aborted) return;
        Object.assign(s, { data, failure: null, done: true });
        redraw((n) => n + 1);
      },
      (cause) => {
        if (s.key !== key || controller.signal.aborted) return;
        const failure = cause instanceof Failure ? cause : new Failure('refused', String(cause));
        Object.assign(s, { failure, done: true });
        redraw((n) => n + 1);
      },
    );
    return () => controller.abort();
  }, [key, attempt, skip]);

  const retry = () => {
    s.failure = null;
    s.done = false;
    setAttempt((n) => n + 1);
  };
  // Gone for a moment: ask again when the network is back.
  useEffect(() => {
    if (s.failure?.kind !== 'unreachable') return;
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [s.failure]);
  return { data: s.data, stale: !s.done && s.data !== null, loading: !skip && !s.done, failure: s.failure, retry };
}
