// Errors of the API as values that screens can show. Owns reading problem documents (RFC 9457); never talks to the network.

export interface FieldError {
  pointer: string;
  detail: string;
}

/** An answer of the API that is not a success. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    /** The stable name: the last part of `type`, such as `code-wrong`. */
    readonly slug: string,
    readonly detail: string,
    readonly fields: FieldError[] = [],
    /** Seconds to wait before trying again, where waiting helps. */
    readonly retryAfter: number | null = null,
    /** Other members of the document, such as `attempts_left`. */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(`${status} ${slug}`);
  }

  is(slug: string): boolean {
    return this.slug === slug;
  }
}

/** The server could not be reached, or its answer was cut off. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Refused by this client before anything was sent; the message is the sentence to show. */
export class Unsuitable extends Error {
  override readonly name = 'Unsuitable';
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads a problem document; any other body still becomes a problem of the answer's status. */
export function problemFrom(body: unknown, response: Pick<Response, 'status' | 'headers'>): ApiProblem {
  const { type, title, status: _status, detail, instance: _instance, errors, retry_after, ...extra } = record(body);
  const fields = (Array.isArray(errors) ? errors : []).map((error) => {
    const { pointer, detail } = record(error);
    return { pointer: text(pointer), detail: text(detail) };
  });
  const wait = Number(retry_after ?? response.headers.get('retry-after') ?? NaN);
  return new ApiProblem(
    response.status,
    text(type).split('/').pop() ?? '',
    text(detail) || text(title),
    fields,
    Number.isFinite(wait) ? wait : null,
    extra,
  );
}

/** True for answers that say: unknown, or not visible to you. */
export const isNotHere = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;
