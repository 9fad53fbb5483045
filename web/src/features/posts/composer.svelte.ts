// The post being made. Lives outside the screen, so that looking at something else loses neither the photo nor the words.
import { onceKey } from '@/api/client';
import { uploadMaxBytes } from '@/api/config';
import { PhotoUpload } from '@/features/uploads/upload.svelte';
import { live } from '@/realtime/live';
import { Action } from '@/ui/action.svelte';
import { keepDraft, readDraft } from '@/ui/draft';
import { type Audience, createPost, type Draft } from './api';
import { feed } from './feed.svelte';
import { pending } from './pending.svelte';
import { posts } from './posts.svelte';

const EVERYBODY: Audience = { visibility: 'friends-only', people: [] };

class Composer {
  upload = $state.raw<PhotoUpload | null>(null);
  /** A picture of the chosen file; null where this browser cannot show it (HEIC). */
  preview = $state<string | null>(null);
  caption = $state(readDraft('caption'));
  alt = $state(readDraft('alt'));
  /** All friends, each time anew: a narrower or wider choice of yesterday must not decide today's. */
  audience = $state.raw<Audience>(EVERYBODY);
  readonly posting = new Action();
  #sent: Promise<string> | null = null;
  /** The last request sent and its key: the same request again posts once. */
  #attempt: { draft: string; once: string } | null = null;

  /** Takes a photo and starts sending it while the rest is being written. */
  async choose(file: File): Promise<void> {
    this.clearPhoto();
    this.posting.error = null;
    this.preview = URL.createObjectURL(file);
    const upload = new PhotoUpload(file, await uploadMaxBytes());
    this.upload = upload;
    this.#send(upload);
  }

  cannotPreview(): void {
    if (this.preview) URL.revokeObjectURL(this.preview);
    this.preview = null;
  }

  retryUpload(): void {
    if (this.upload) this.#send(this.upload);
  }

  keepWords(): void {
    keepDraft('caption', this.caption);
    keepDraft('alt', this.alt);
  }

  /** Posts once the photo has been sent; true when it is done and the composer is empty again. */
  post(): Promise<boolean> {
    return this.posting.run(async () => {
      if (!this.upload) return;
      if (this.upload.phase === 'failed') this.#send(this.upload);
      const upload_id = await this.#sent!;
      const draft: Draft = { upload_id, caption: this.caption, alt: this.alt, audience: this.audience };
      const text = JSON.stringify(draft);
      if (this.#attempt?.draft !== text) this.#attempt = { draft: text, once: onceKey() };
      const cursor = live.cursor;
      const post = await createPost(draft, this.#attempt.once);
      if (post.processing) {
        pending.add({ post_id: post.post_id, upload_id, caption: this.caption, preview: this.preview, failure: null });
        this.preview = null; // the card owns it now
      } else {
        posts.put(post, cursor);
        feed.insert(post.post_id);
      }
      this.#empty();
    });
  }

  clearPhoto(): void {
    this.upload?.cancel();
    this.upload = null;
    this.#sent = null;
    this.#attempt = null;
    this.cannotPreview();
  }

  #send(upload: PhotoUpload): void {
    this.#sent = upload.run();
    this.#sent.catch(() => {}); // shown by the upload itself, and again by `post`
  }

  #empty(): void {
    this.clearPhoto();
    this.caption = '';
    this.alt = '';
    this.audience = EVERYBODY;
    this.keepWords();
  }
}

export const composer = new Composer();
