// What an address tells the person who arrives there: that a session has ended, or what went wrong on the way through another service.
import { ApiProblem } from '@/api/problem';

export interface Arrival {
  ended: boolean;
  problem: ApiProblem | null;
}

const SLUG = /^[a-z][a-z-]{0,39}$/;

/** Reads the part of an address behind the question mark; anybody can write one, so only the names of problems count. */
export function arrivalOf(search: string): Arrival {
  const told = new URLSearchParams(search);
  const slug = told.get('problem') ?? '';
  const wait = Number(told.get('retry_after') ?? NaN);
  const problem = SLUG.test(slug) ? new ApiProblem(0, slug, '', [], wait > 0 ? wait : null) : null;
  return { ended: told.has('ended'), problem };
}
