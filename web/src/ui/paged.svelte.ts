// A keyset list as screens show it. Owns loading pages in order without doubles; the order itself is the server's.
import type { Page } from '@/api/types';

export class Paged<T> {
  items = $state.raw<T[]>([]);
  next = $state<string | null>(null);
  busy = $state(false);
  loaded = $state(false);
  error = $state.raw<unknown>(null);
  #turn = 0;

  constructor(
    private readonly fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
    private readonly keyOf: (item: T) => string,
  ) {}

  /** Loads from the start and replaces what is shown once the answer is there. */
  async load(): Promise<void> {
    await this.#page(undefined, (items) => items);
  }

  async more(): Promise<void> {
    if (this.busy || this.next === null) return;
    await this.#page(this.next, (items) => {
      const known = new Set(this.items.map(this.keyOf));
      return [...this.items, ...items.filter((item) => !known.has(this.keyOf(item)))];
    });
  }

  remove(key: string): void {
    this.items = this.items.filter((item) => this.keyOf(item) !== key);
  }

  replace(item: T): void {
    this.items = this.items.map((old) => (this.keyOf(old) === this.keyOf(item) ? item : old));
  }

  async #page(cursor: string | undefined, merge: (items: T[]) => T[]): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    this.error = null;
    try {
      const page = await this.fetchPage(cursor);
      if (turn !== this.#turn) return;
      this.items = merge(page.items);
      this.next = page.next_cursor;
      this.loaded = true;
    } catch (error) {
      if (turn === this.#turn) this.error = error;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
}
