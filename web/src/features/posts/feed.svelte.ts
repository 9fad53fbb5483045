// The feed as this tab shows it. Owns its order, its pages and what arrived by itself; the posts themselves are in `posts`.
import type { Post } from '@/api/types';
import { live } from '@/realtime/live';
import { getFeed } from './api';
import { placeFor } from './order';
import { posts } from './posts.svelte';

const PAGE = 20;
/** A reload after a gap covers what is shown, up to this many posts; the rest comes by scrolling again. */
const RELOAD_MOST = 200;
const PAGE_MOST = 50;

class Feed {
  #ids = $state.raw<string[]>([]);
  next = $state<string | null>(null);
  loaded = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  /** Ids that arrived by themselves above what the person was looking at. */
  arrived = $state.raw<string[]>([]);
  #turn = 0;

  items: Post[] = $derived(
    this.#ids.map((id) => posts.get(id)).filter((post): post is Post => post !== undefined && !post.processing),
  );

  /** Loads from the top, as far as is shown now; what was shown stays until the answer is there. Rejects on failure. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const wanted = Math.min(Math.max(this.#ids.length, PAGE), RELOAD_MOST);
    this.busy = true;
    try {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await this.#fetch(Math.min(wanted - ids.length, PAGE_MOST), cursor);
        if (turn !== this.#turn) return;
        ids.push(...page.ids);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && ids.length < wanted);
      this.#ids = [...new Set(ids)];
      this.next = cursor ?? null;
      this.loaded = true;
      this.error = null;
    } catch (error) {
      if (turn === this.#turn) this.error = error;
      throw error;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  async more(): Promise<void> {
    if (this.busy || this.next === null) return;
    const turn = ++this.#turn;
    this.busy = true;
    this.error = null;
    try {
      const page = await this.#fetch(PAGE, this.next);
      if (turn !== this.#turn) return;
      this.#ids = [...new Set([...this.#ids, ...page.ids])];
      this.next = page.next;
    } catch (error) {
      if (turn === this.#turn) this.error = error;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  /** Puts a post that `posts` holds into its place; true if it was not shown before. */
  insert(id: string): boolean {
    const post = posts.get(id);
    if (!post || post.processing || !this.loaded || this.items.some((item) => item.post_id === id)) return false;
    const ids = this.#ids.filter((other) => other !== id);
    const shown = this.items;
    const index = placeFor(post, shown, this.next === null);
    if (index < 0) return false;
    const before = shown[index]?.post_id;
    const at = before === undefined ? ids.length : ids.indexOf(before);
    this.#ids = [...ids.slice(0, at), id, ...ids.slice(at)];
    return true;
  }

  async #fetch(limit: number, cursor?: string): Promise<{ ids: string[]; next: string | null }> {
    const seen = live.cursor;
    const page = await getFeed(limit, cursor);
    page.items.forEach((post) => posts.put(post, seen));
    return { ids: page.items.map((post) => post.post_id), next: page.next_cursor };
  }
}

export const feed = new Feed();
