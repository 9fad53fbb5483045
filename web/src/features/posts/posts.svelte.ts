// Every post that this tab holds, by id. Owns the rule that a removed post stays removed whatever older answers still arrive.
import { SvelteMap } from 'svelte/reactivity';
import { isNotHere } from '@/api/problem';
import type { Post } from '@/api/types';
import { Coalesce } from '@/realtime/coalesce';
import { live } from '@/realtime/live';
import { getPost } from './api';

class Posts {
  readonly #byId = new SvelteMap<string, Post>();
  /** The cursor seen before a post was fetched: its later comments come after that. */
  readonly #since = new Map<string, string>();
  readonly #removals = new Map<string, number>();
  readonly #refreshing = new Coalesce();

  get(id: string): Post | undefined {
    return this.#byId.get(id);
  }

  since(id: string): string | null {
    return this.#since.get(id) ?? null;
  }

  /** Takes an answer that was asked for when `cursor` was the newest; an older version is ignored. */
  put(post: Post, cursor: string | null): void {
    const known = this.#byId.get(post.post_id);
    if (known && known.version > post.version) return;
    this.#byId.set(post.post_id, post);
    if (cursor !== null) this.#since.set(post.post_id, cursor);
  }

  drop(id: string): void {
    this.#removals.set(id, (this.#removals.get(id) ?? 0) + 1);
    this.#byId.delete(id);
  }

  dropAuthor(userId: string): void {
    for (const post of [...this.#byId.values()]) if (post.author.user_id === userId) this.drop(post.post_id);
  }

  /** Gets a post anew; one that is not here any more is dropped. */
  refresh(id: string): Promise<void> {
    return this.#refreshing.run(id, async () => {
      const removals = this.#removals.get(id);
      const cursor = live.cursor;
      try {
        const post = await getPost(id);
        if (this.#removals.get(id) === removals) this.put(post, cursor);
      } catch (error) {
        if (!isNotHere(error)) throw error;
        this.drop(id);
      }
    });
  }
}

export const posts = new Posts();
