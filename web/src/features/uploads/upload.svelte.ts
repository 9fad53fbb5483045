// One photo on its way to the store. Owns the whole way (hash, announce, send with progress, complete) and going on after a loss: a large
// photo goes in parts, and so does the rest of any that was cut off. Never holds more than the file itself.
import { ApiProblem, Unreachable, Unsuitable } from '@/api/problem';
import type { Upload, UploadPart } from '@/api/types';
import { backoff } from '@/realtime/backoff';
import { type Announcement, completeUpload, getUpload, startUpload } from './api';
import { hex, pictureType } from './kind';
import { forget, keyOf } from './once';
import { isThereAlready, send, type Target } from './transfer';

/** Tries in a row without a byte gained. */
const TRIES = 6;
/** What a lost connection costs at most. On a slow network it takes a few seconds; each costs one round trip. */
const PART_BYTES = 512 * 1024;
/** Above this a photo goes in parts from the start; below, only once it was cut off. */
const AT_ONCE_BYTES = 4 * 1024 * 1024;

const sha256 = async (bytes: BufferSource): Promise<string> => hex(await crypto.subtle.digest('SHA-256', bytes));

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
    const announcement = await this.#announcement();
    for (let round = 0; ; round++) {
      try {
        const id = await this.#bring(announcement);
        forget(announcement.sha256);
        return id;
      } catch (error) {
        const isFinal = error instanceof ApiProblem && error.status < 500;
        if (isFinal) forget(announcement.sha256);
        // The upload may be gone, or used up by a try whose answer was lost: one fresh one.
        if (round > 0 || !isFinal) throw error;
      }
    }
  }

  async #announcement(): Promise<Announcement> {
    const bytes = await this.file.arrayBuffer();
    const content_type = pictureType(new Uint8Array(bytes, 0, Math.min(32, bytes.byteLength)));
    if (content_type === null)
      throw new Unsuitable('This file is not a photo that Kith can read (JPEG, PNG, WebP, AVIF, HEIC or GIF).');
    if (!('subtle' in crypto)) throw new Unsuitable('Photos can be sent only over a secure connection (https).');
    const byte_size = bytes.byteLength;
    const whole = { content_type, byte_size, sha256: await sha256(bytes) };
    if (byte_size <= PART_BYTES) return whole;
    const sums: string[] = [];
    for (let at = 0; at < byte_size; at += PART_BYTES)
      sums.push(await sha256(new Uint8Array(bytes, at, Math.min(PART_BYTES, byte_size - at))));
    return { ...whole, parts: { byte_size: PART_BYTES, sha256: sums } };
  }

  /** Brings the photo to the store, or what is missing of it. */
  async #bring(announcement: Announcement): Promise<string> {
    const upload = await this.#patiently(() => startUpload(announcement, keyOf(announcement.sha256)));
    const id = upload.upload_id;
    if (upload.parts) await this.#sendInParts(upload, upload.parts);
    else await this.#patiently(() => this.#send(upload, this.file, 0).catch(unlessThere));
    await this.#patiently(() => completeUpload(id));
    return id;
  }

  /** Sends what is missing, and asks what that is after every loss. */
  async #sendInParts(upload: Upload, parts: UploadPart[]): Promise<void> {
    const isNew = parts.every((part) => !part.stored);
    if (isNew && this.file.size <= AT_ONCE_BYTES) {
      try {
        return await this.#send(upload, this.file, 0);
      } catch (error) {
        this.#check(error, 0);
        await this.#wait(0);
        parts = await this.#parts(upload.upload_id);
      }
    }
    for (let lost = 0; ; lost++) {
      try {
        for (const part of parts.filter((part) => !part.stored)) {
          await this.#sendPart(part, gained(parts));
          part.stored = true;
          lost = 0;
        }
        return;
      } catch (error) {
        this.#check(error, lost);
        await this.#wait(lost);
        parts = await this.#parts(upload.upload_id);
      }
    }
  }

  #sendPart(part: UploadPart, before: number): Promise<void> {
    const bytes = this.file.slice(part.offset, part.offset + part.byte_size);
    return this.#send({ url: part.url ?? '', headers: part.headers ?? {} }, bytes, before);
  }

  async #parts(id: string): Promise<UploadPart[]> {
    return (await this.#patiently(() => getUpload(id))).parts ?? [];
  }

  /** Passes on what another try cannot change. An address may have run out, or have been used: that is asked about. */
  #check(error: unknown, lost: number): void {
    const isHopeless =
      error instanceof ApiProblem && error.status < 500 && error.status !== 403 && !isThereAlready(error);
    if (isHopeless || lost + 1 >= TRIES || this.#abort.signal.aborted) throw error;
  }

  /** Tries again after a lost connection or a busy server; any other problem is final. */
  async #patiently<T>(step: () => Promise<T>): Promise<T> {
    for (let lost = 0; ; lost++) {
      try {
        return await step();
      } catch (error) {
        const passing = error instanceof Unreachable || (error instanceof ApiProblem && error.status >= 500);
        if (!passing || lost + 1 >= TRIES || this.#abort.signal.aborted) throw error;
        await this.#wait(lost);
      }
    }
  }

  /** Waits, but not longer than until the network is back. */
  #wait(lost: number): Promise<void> {
    this.phase = 'waiting';
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, backoff(lost, Math.random()));
      addEventListener('online', done);
    });
  }

  /** Sends bytes of which so many are there already. */
  #send(target: Target, bytes: Blob, before: number): Promise<void> {
    this.phase = 'sending';
    const { size } = this.file;
    return send(target, bytes, this.#abort.signal, (sent) => (this.progress = (before + sent) / size));
  }
}

function unlessThere(error: unknown): void {
  if (!isThereAlready(error)) throw error;
}

/** Bytes that the store has. */
const gained = (parts: UploadPart[]): number =>
  parts.reduce((sum, part) => sum + (part.stored ? part.byte_size : 0), 0);

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
