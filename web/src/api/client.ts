// The one way to the API. Owns the typed client and the session keeper of this tab; features call it through their own `api.ts`.
import createClient from 'openapi-fetch';
import { problemFrom, Unreachable } from './problem';
import { SessionKeeper, type Shared, throwProblem } from './session';
import { StepUp } from './step-up';
import type { paths } from './types';

/** Storage of this browser, or of this tab only where the browser refuses it. */
function sharedStorage(): Shared {
  try {
    localStorage.getItem('kith');
    return localStorage;
  } catch {
    const values = new Map<string, string>();
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    };
  }
}

export const shared = sharedStorage();

export const session = new SessionKeeper({
  // A minute is enough for an address book of 10 MB on a slow line; a request without an answer must not hang a form for ever.
  fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(60_000)]) }),
  locks: navigator.locks,
  shared,
  now: () => Date.now(),
  refreshUrl: `${location.origin}/v1/auth/refresh`,
});

export const stepUp = new StepUp((request) => session.send(request));

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => stepUp.send(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function settle<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await call.catch((cause: unknown) => {
    // A body cut off in the middle surfaces as a SyntaxError or TypeError of the body reader.
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw new Unreachable('cut off', { cause });
    throw cause;
  });
  if (!answer.response.ok) throw problemFrom(answer.error, answer.response);
  return answer;
}

/** The answer's data, or the problem thrown. */
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await settle(call)).data as T;
}

export interface Tagged<T> {
  data: T;
  /** Goes into `If-Match` when this is changed. */
  etag: string;
}

/** Like `ok`, with the entity tag. */
export async function okTagged<T>(call: Promise<Answer<T>>): Promise<Tagged<T>> {
  const { data, response } = await settle(call);
  return { data: data as T, etag: response.headers.get('etag') ?? '*' };
}

/** Sends a body that is not JSON, such as an address book. */
export async function sendRaw<T>(path: string, contentType: string, body: Blob): Promise<T> {
  const headers = { 'Content-Type': contentType };
  const response = await session.send(new Request(location.origin + path, { method: 'POST', headers, body }));
  if (!response.ok) await throwProblem(response);
  return (await response.json()) as T;
}

/**
 * Asks for an address that leads elsewhere, without going there: what it would refuse is asked for or told here, not on a page of its own.
 */
export async function knock(path: string): Promise<void> {
  const response = await stepUp.send(new Request(location.origin + path, { redirect: 'manual' }));
  if (response.type !== 'opaqueredirect' && !response.ok) await throwProblem(response);
}

/** A key for one thing that is created once, however often the request is sent. */
export function onceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
