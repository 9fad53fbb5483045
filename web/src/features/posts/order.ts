// The feed's order: newest first, ties by id.
import type { Post } from '@/api/types';

type Key = Pick<Post, 'posted_at' | 'post_id'>;

/** A post that nobody else sees yet has no time; it will be the newest. */
const time = ({ posted_at }: Key): number => (posted_at === null ? Number.MAX_VALUE : Date.parse(posted_at));

/** Negative if `a` stands above `b`. */
export function compare(a: Key, b: Key): number {
  const byTime = time(b) - time(a);
  if (byTime !== 0) return byTime;
  return a.post_id < b.post_id ? 1 : a.post_id > b.post_id ? -1 : 0;
}

/**
 * Where a post goes into an ordered list that may have more pages behind it: its index, or -1 if it belongs to a page not loaded yet.
 */
export function placeFor(post: Key, shown: Key[], complete: boolean): number {
  const index = shown.findIndex((other) => compare(post, other) < 0);
  if (index >= 0) return index;
  return complete ? shown.length : -1;
}
