// One photo on its way to the store. Owns the whole way (hash, presigned PUT with progress, complete) and trying again after a loss;
// never holds more than the file itself.
import { onceKey } from '@/api/client';
import { ApiProblem, Unreachable, Unsuitable } from '@/api/problem';
import type { Upload } from '@/api/types';
import { backoff } from '@/realtime/backoff';
import { completeUpload, getUpload, startUpload } from './api';
import { hex, pictureType } from './kind';

const TRIES = 6;
/** Names that scripts may not set; the browser sends them by itself. */
const BROWSERS_OWN = new Set(['content-length', 'host', 'connection']);

export class PhotoUpload {
  /** 0..1 of the bytes sent. */
  progress = $state(0);
  phase = $state<'reading' | 'sending' | 'waiting' | 'sent' | 'failed'>('reading');
  error = $state.raw<unknown>(null);
  #abort = new AbortController();

  constructor(
    readonly file: File,
    private readonly mostBytes: number,
  ) {}

  /** Brings the photo to the store; resolves with the upload's id, ready for a post. May be called again after a failure. */
  async run(): Promise<string> {
    this.error = null;
    this.phase = 'reading';
    try {
      const id = await this.#run();
      this.phase = 'sent';
      return id;
    } catch (error) {
      this.phase = 'failed';
      this.error = error;
      throw error;
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(): Promise<string> {
    const { file } = this;
    if (file.size > this.mostBytes)
      throw new Unsuitable(`This photo is larger than ${Math.floor(this.mostBytes / 1e6)} MB.`);
    const bytes = await file.arrayBuffer();
    const type = pictureType(new Uint8Array(bytes, 0, Math.min(32, bytes.byteLength)));
    if (type === null)
      throw new Unsuitable('This file is not a photo that Kith can read (JPEG, PNG, WebP, AVIF, HEIC or GIF).');
    if (!('subtle' in crypto)) throw new Unsuitable('Photos can be sent only over a secure connection (https).');
    const digest = hex(await crypto.subtle.digest('SHA-256', bytes));

    for (let round = 0; ; round++) {
      const once = onceKey();
      const upload = await this.#patiently(() => startUpload(type, file.size, digest, once));
      try {
        await this.#patiently(() => this.#put(upload));
        await this.#patiently(() => completeUpload(upload.upload_id));
        return upload.upload_id;
      } catch (error) {
        // The address may have been used up by a try whose answer was lost, or have run out: one fresh one.
        if (round > 0 || !(error instanceof ApiProblem) || error.status >= 500) throw error;
      }
    }
  }

  /** Tries again after a lost connection or a busy server; any other problem is final. */
  async #patiently<T>(step: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await step();
      } catch (error) {
        const passing = error instanceof Unreachable || (error instanceof ApiProblem && error.status >= 500);
        if (!passing || attempt + 1 >= TRIES || this.#abort.signal.aborted) throw error;
        this.phase = 'waiting';
        await this.#pause(backoff(attempt, Math.random()));
      }
    }
  }

  /** Waits, but not longer than until the network is back. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      addEventListener('online', done);
    });
  }

  /** XMLHttpRequest, since `fetch` tells no upload progress. */
  #put(upload: Upload): Promise<void> {
    this.phase = 'sending';
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(upload.method, upload.url);
      for (const [name, value] of Object.entries(upload.headers)) {
        if (!BROWSERS_OWN.has(name.toLowerCase())) request.setRequestHeader(name, value);
      }
      request.upload.onprogress = ({ loaded, total }) => (this.progress = total > 0 ? loaded / total : 0);
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(new ApiProblem(request.status, '', 'the photo store did not take this photo'));
      };
      request.onerror = request.ontimeout = () => reject(new Unreachable('the upload was cut off'));
      request.onabort = () => reject(new Unreachable('the upload was stopped'));
      this.#abort.signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(this.file);
    });
  }
}

const READY_TRIES = 60;

/** Waits until every eager rendition exists; needed before a picture becomes the profile picture. */
export async function untilReady(uploadId: string): Promise<void> {
  for (let attempt = 0; attempt < READY_TRIES; attempt++) {
    const { state, failure } = await getUpload(uploadId);
    if (state === 'ready') return;
    if (state === 'failed') throw new ApiProblem(422, '', failure?.detail ?? 'this photo could not be read');
    await new Promise((resolve) => setTimeout(resolve, 300 + attempt * 50));
  }
  throw new Unreachable('the photo is not ready yet');
}
