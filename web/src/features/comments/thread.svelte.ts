// The comments under one post, live. Owns their order and sending one's own; a comment that was removed does not come back by an older answer.
import { onceKey } from '@/api/client';
import { isNotHere } from '@/api/problem';
import type { Comment, Page } from '@/api/types';
import { Coalesce } from '@/realtime/coalesce';
import { createComment, getComment, getComments } from './api';

/** Pages of 50 that are loaded without being asked for. */
const PAGES_AT_ONCE = 4;

export class Thread {
  items = $state.raw<Comment[]>([]);
  next = $state<string | null>(null);
  loaded = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  /** Called for each comment that somebody else has just written. */
  onArrival: (comment: Comment) => void = () => {};
  readonly #fetching = new Coalesce();
  readonly #gone = new Set<string>();
  /** The text that is on its way and its key: sent again under the same key, it is written once. */
  #sending: { text: string; once: string } | null = null;
  #inFlight = false;
  #loadingMore: Promise<void> | null = null;
  /** My own new comments that events told of while the answer to sending one was still on its way. */
  #held = new Set<string>();

  constructor(
    private readonly postId: string,
    private readonly myId: string,
  ) {}

  /** Loads from the oldest on; rejects on failure. */
  async load(): Promise<void> {
    try {
      const items: Comment[] = [];
      let page = await this.#page();
      items.push(...page.items);
      for (
        let pages = 1;
        page.next_cursor !== null && (pages < PAGES_AT_ONCE || items.length < this.items.length);
        pages++
      ) {
        page = await this.#page(page.next_cursor);
        items.push(...page.items);
      }
      this.#gone.clear();
      this.items = items;
      this.next = page.next_cursor;
      this.loaded = true;
      this.error = null;
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  /** Loads the next page; callers during a load wait for the same one. Never rejects. */
  more(): Promise<void> {
    this.#loadingMore ??= this.#more().finally(() => (this.#loadingMore = null));
    return this.#loadingMore;
  }

  async #more(): Promise<void> {
    if (this.next === null) return;
    this.busy = true;
    this.error = null;
    try {
      const page = await this.#page(this.next);
      page.items.forEach((comment) => this.#put(comment));
      this.next = page.next_cursor;
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  /** Writes a comment; rejects on failure, and the same text tried again is still written once. */
  async send(text: string): Promise<void> {
    if (this.#sending?.text !== text) this.#sending = { text, once: onceKey() };
    this.#inFlight = true;
    try {
      const comment = await createComment(this.postId, text, this.#sending.once);
      this.#sending = null;
      while (this.next !== null && this.error === null) await this.more();
      this.#put(comment);
    } finally {
      this.#inFlight = false;
      const held = [...this.#held].filter((id) => !this.items.some((item) => item.comment_id === id));
      this.#held.clear();
      held.forEach((id) => void this.fetch(id, this.myId));
    }
  }

  /** An event told of this comment: gets it, if one may see it. */
  async fetch(id: string, authorId: string): Promise<void> {
    if (this.#inFlight && authorId === this.myId) return void this.#held.add(id);
    this.#gone.delete(id);
    try {
      await this.#fetching.run(id, async () => {
        const { data } = await getComment(id);
        const isNew = !this.items.some((item) => item.comment_id === id);
        // Beyond the pages loaded so far: it comes with its page.
        if (isNew && this.next !== null) return;
        this.#put(data);
        if (isNew && data.author.user_id !== this.myId) this.onArrival(data);
      });
    } catch (error) {
      if (isNotHere(error)) this.drop(id);
      else await this.load().catch(() => {});
    }
  }

  drop(id: string): void {
    this.#gone.add(id);
    this.items = this.items.filter((item) => item.comment_id !== id);
  }

  /** Takes the answer of an edit. */
  take(comment: Comment): void {
    this.#put(comment);
  }

  #page(cursor?: string): Promise<Page<Comment>> {
    return getComments(this.postId, cursor);
  }

  #put(comment: Comment): void {
    if (this.#gone.has(comment.comment_id)) return;
    const known = this.items.find((item) => item.comment_id === comment.comment_id);
    if (known && known.version > comment.version) return;
    const others = this.items.filter((item) => item !== known);
    this.items = [...others, comment].sort(
      (a, b) => Date.parse(a.commented_at) - Date.parse(b.commented_at) || (a.comment_id < b.comment_id ? -1 : 1),
    );
  }
}
