// How long to wait before connecting again. Doubles from one second to thirty; half of it is chance, so that a restarted server is not
// met by everybody at once.

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Milliseconds before try number `attempt` (from 0); `random` is in 0..1. */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random;
}
