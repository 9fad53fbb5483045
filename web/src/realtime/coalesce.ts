// Runs one job at a time per key. Owns the rule that a wish voiced during a run leads to exactly one more run after it, so that the last
// answer always began after the last wish.

export class Coalesce {
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>();

  /** Resolves when a run that began after this call has ended; a failed run rejects. */
  run(key: string, job: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key);
    if (running) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    this.#running.set(key, entry);
    entry.done = this.#loop(key, entry, job);
    return entry.done;
  }

  busy(key: string): boolean {
    return this.#running.has(key);
  }

  async #loop(key: string, entry: { again: boolean }, job: () => Promise<void>): Promise<void> {
    try {
      do {
        entry.again = false;
        await job();
      } while (entry.again);
    } finally {
      this.#running.delete(key);
    }
  }
}
