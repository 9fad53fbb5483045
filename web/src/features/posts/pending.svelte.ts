// My own posts whose photo is still being made ready. Owns finding out how each ends, also after the page was loaded again.
import { isNotHere } from '@/api/problem';
import { getUpload } from '@/features/uploads/api';
import { getPost } from './api';

export interface Pending {
  post_id: string;
  upload_id: string;
  caption: string;
  /** A picture of this tab's own, shown until the real one is there; gone after a reload. */
  preview: string | null;
  /** Why it failed, once it has. */
  failure: string | null;
}

const KEY = 'kith.pending';
/** Events tell sooner; this is for when they do not come. */
const POLL_MS = 5_000;

class PendingPosts {
  items = $state.raw<Pending[]>(restore());
  /** Called with the id of each post that has become visible; brings it into the feed and removes its card. */
  onReady: (id: string) => Promise<void> = () => Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  add(pending: Pending): void {
    this.#set([pending, ...this.items]);
    void this.check(pending.post_id);
  }

  has(id: string): boolean {
    return this.items.some((item) => item.post_id === id);
  }

  remove(id: string): void {
    const gone = this.items.find((item) => item.post_id === id);
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    this.#set(this.items.filter((item) => item.post_id !== id));
  }

  /** Asks how far a post is. */
  async check(id: string): Promise<void> {
    if (!this.has(id)) return;
    try {
      const post = await getPost(id);
      if (!post.processing) await this.onReady(id);
    } catch (error) {
      if (isNotHere(error)) await this.fail(id);
    }
    this.#pollLater();
  }

  /** The photo could not be used: keeps the card with the reason, so that the words are not lost. */
  async fail(id: string): Promise<void> {
    const pending = this.items.find((item) => item.post_id === id);
    if (!pending || pending.failure !== null) return;
    const failure = await getUpload(pending.upload_id)
      .then((upload) => upload.failure?.detail ?? '')
      .catch(() => '');
    this.#set(
      this.items.map((item) =>
        item.post_id === id ? { ...item, failure: failure || 'this photo could not be read' } : item,
      ),
    );
  }

  start(): void {
    this.items.forEach((item) => void this.check(item.post_id));
  }

  #pollLater(): void {
    clearTimeout(this.#timer);
    const waiting = this.items.filter((item) => item.failure === null);
    if (waiting.length > 0)
      this.#timer = setTimeout(() => waiting.forEach((item) => void this.check(item.post_id)), POLL_MS);
  }

  #set(items: Pending[]): void {
    this.items = items;
    const kept = items.filter((item) => item.failure === null).map((item) => ({ ...item, preview: null }));
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Without storage the post still appears; only the card does not survive a reload.
    }
  }
}

function restore(): Pending[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Pending[];
  } catch {
    return [];
  }
}

export const pending = new PendingPosts();
